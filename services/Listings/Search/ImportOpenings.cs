using System.Text.Json;
using Contracts;
using Npgsql;
using NpgsqlTypes;
using Platform;

namespace Listings.Search;

/// <summary>An operator copies the free times of a whole directory at once, instead of a message for each practitioner: one <c>OpeningsChanged</c> a line.</summary>
public static class ImportOpenings
{
    private const int Batch = 10_000;

    /// <summary><c>import-openings FILE</c>; <c>-</c> is standard input. Lines of a lower version than is known change nothing.</summary>
    public static async Task<int> Run(IServiceProvider services, string[] args, CancellationToken ct)
    {
        if (args is not [var file])
        {
            await Console.Error.WriteLineAsync("Usage: import-openings FILE|-");
            return 2;
        }

        using var lines = file == "-" ? new StreamReader(Console.OpenStandardInput()) : new StreamReader(file);
        var count = await Import(services.GetRequiredService<ListingsDb>(), lines, ct);
        await Console.Error.WriteLineAsync($"The free times of {count} practitioners are known now.");
        return 0;
    }

    /// <summary>Answers whose free times changed. What was read before a line that cannot be read stays.</summary>
    /// <exception cref="JsonException">A line is not an <c>OpeningsChanged</c>.</exception>
    public static async Task<int> Import(ListingsDb db, TextReader lines, CancellationToken ct)
    {
        var connection = await db.Connection(ct);
        await connection.Execute(
            "CREATE TEMPORARY TABLE IF NOT EXISTS lines (practitioner_id uuid, version bigint, notice_minutes int, visits bytea, days bytea); TRUNCATE lines", ct);
        var count = 0;
        while (await Copy(connection, lines, ct) > 0)
        {
            await using var take = new NpgsqlCommand(
                $"WITH told AS (SELECT DISTINCT ON (practitioner_id) * FROM lines ORDER BY practitioner_id, version DESC) {Openings.Upsert}", connection)
            { CommandTimeout = 600 };
            count += await take.ExecuteNonQueryAsync(ct);
            await connection.Execute("TRUNCATE lines", ct);
        }

        await connection.Execute("ANALYZE search_openings", ct);
        return count;
    }

    private static async Task<int> Copy(NpgsqlConnection connection, TextReader lines, CancellationToken ct)
    {
        await using var copy = await connection.BeginBinaryImportAsync("COPY lines FROM STDIN (FORMAT binary)", ct);
        var count = 0;
        while (count < Batch && await lines.ReadLineAsync(ct) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            var said = JsonSerializer.Deserialize<OpeningsChanged>(line, Json.Tolerant)!;
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(said.PractitionerId, NpgsqlDbType.Uuid, ct);
            await copy.WriteAsync(said.Version, NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(said.NoticeMinutes, NpgsqlDbType.Integer, ct);
            await copy.WriteAsync(Openings.ToBytes([.. said.Visits]), NpgsqlDbType.Bytea, ct);
            await copy.WriteAsync(Openings.DaysToBytes([.. said.Visits]), NpgsqlDbType.Bytea, ct);
            count++;
        }

        await copy.CompleteAsync(ct);
        return count;
    }
}
