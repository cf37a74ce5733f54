using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform;

namespace Availability;

/// <summary>
/// <c>import-holidays FILE</c> (or <c>-</c> for standard input): takes in the public holidays of countries and their regions, one of them a line,
/// instead of all that were known before.
/// </summary>
public static class ImportHolidays
{
    /// <param name="Region">Null for what holds all over the country.</param>
    /// <param name="Names">What the region is called, its code among them.</param>
    public sealed record Area(string Country, IReadOnlyList<string> Names, IReadOnlyList<Holiday> Holidays, string? Region = null);

    /// <param name="On">The first of its <paramref name="Days"/>.</param>
    public sealed record Holiday(DateOnly On, int Days, string Name);

    public static async Task<int> Run(IServiceProvider services, string[] args, CancellationToken ct)
    {
        if (args is not [var source])
        {
            await Console.Error.WriteLineAsync("Say which file to import, or - for standard input.");
            return 2;
        }

        using var input = source == "-" ? new StreamReader(Console.OpenStandardInput()) : new StreamReader(source);
        var count = await Import(services.GetRequiredService<AvailabilityDb>(), input, ct);
        await Console.Error.WriteLineAsync($"{count} public holidays");
        return count > 0 ? 0 : 1;
    }

    /// <returns>The number of holidays; 0 when there was none to read, and nothing has changed.</returns>
    /// <exception cref="JsonException">A line is not such an area, and nothing has changed.</exception>
    public static async Task<int> Import(AvailabilityDb db, TextReader input, CancellationToken ct)
    {
        var areas = new List<Area>();
        while (await input.ReadLineAsync(ct) is { } line)
            areas.Add(JsonSerializer.Deserialize<Area>(line, Json.Strict) ?? throw new JsonException("A line says null."));
        var holidays = areas.SelectMany(a => a.Holidays.Select(h => (a.Country, Region: a.Region ?? "", h.On, Until: h.On.AddDays(h.Days - 1), h.Name))).Distinct().ToList();
        if (holidays.Count == 0)
            return 0;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM public_holidays", ct);
        await db.Database.ExecuteSqlAsync($"DELETE FROM holiday_regions", ct);
        await using (var copy = await ((NpgsqlConnection)db.Database.GetDbConnection()).BeginBinaryImportAsync("COPY public_holidays FROM STDIN (FORMAT binary)", ct))
        {
            foreach (var (country, region, on, until, name) in holidays)
                await copy.WriteRowAsync(ct, country, region, on, until, name);
            await copy.CompleteAsync(ct);
        }

        var names = areas.Where(a => a.Region is not null).SelectMany(a => a.Names.Select(n => (a.Country, Name: n, Region: a.Region!))).ToList();
        // Where two regions share a name, the one that comes first has it.
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO holiday_regions (country, name, region)
            SELECT country, plain_region(name), region
            FROM unnest({names.Select(n => n.Country).ToArray()}, {names.Select(n => n.Name).ToArray()}, {names.Select(n => n.Region).ToArray()}) AS named (country, name, region)
            ON CONFLICT DO NOTHING
            """, ct);
        await transaction.CommitAsync(ct);
        return holidays.Count;
    }
}
