using System.Diagnostics;
using System.Globalization;
using Listings.Search;
using Npgsql;
using NpgsqlTypes;

namespace Benchmarks;

/// <summary>
/// The nearest twenty by PostgreSQL alone, as fast as we could make it: a table of its own, one row for each location and lineage (0: whichever),
/// points on Mercator's map, which near a place is true but for its scale, in an index that walks outwards and answers alone, codes as bit sets.
/// </summary>
internal sealed class BestSql(Running product)
{
    private const double RadiusKm = 40;
    private const double KmOfDegree = 111.32;

    /// <summary>Makes the table from what the search knows, unless it is there for as many; answers how many practitioners there are.</summary>
    public async Task<long> Prepare()
    {
        await using var listings = product.Database("LISTINGS");
        await using var from = await listings.OpenConnectionAsync();
        var practitioners = await Number(from, "SELECT count(*) FROM search_cards WHERE card IS NOT NULL");
        await using var into = await listings.OpenConnectionAsync();
        await Execute(into, "CREATE EXTENSION IF NOT EXISTS btree_gist");
        await Execute(into, "CREATE TABLE IF NOT EXISTS best_sql_spots (practitioner_id uuid, lineage smallint, spot point, specialties bigint, languages bigint)");
        if (await Number(into, "SELECT count(DISTINCT practitioner_id) FROM best_sql_spots") == practitioners)
            return practitioners;

        await Execute(into, "TRUNCATE best_sql_spots; DROP INDEX IF EXISTS best_sql_spots_near");
        await using (var cards = await from.BeginBinaryExportAsync("COPY (SELECT practitioner_id, card FROM search_cards WHERE card IS NOT NULL) TO STDOUT (FORMAT binary)"))
        await using (var rows = await into.BeginTextImportAsync("COPY best_sql_spots FROM STDIN"))
        {
            cards.Timeout = TimeSpan.FromMinutes(10);
            while (await cards.StartRowAsync() != -1)
            {
                var id = await cards.ReadAsync<Guid>(NpgsqlDbType.Uuid);
                foreach (var row in Rows(id, Card.FromJson(await cards.ReadAsync<byte[]>(NpgsqlDbType.Text))))
                    await rows.WriteAsync(row);
            }
        }

        await Execute(into, "CREATE INDEX best_sql_spots_near ON best_sql_spots USING gist (lineage, spot) INCLUDE (practitioner_id, specialties, languages)");
        await Execute(into, "VACUUM ANALYZE best_sql_spots");
        return practitioners;
    }

    /// <summary>One pgbench script a search: the page with its cards, and the total up to a thousand; or nothing but who is on the page.</summary>
    public static void WriteScripts(IReadOnlyList<string> searches, string folder, bool pageAlone)
    {
        for (var i = 0; i < searches.Count; i++)
        {
            var parts = searches[i].Split('&').Select(p => p.Split('=')).ToLookup(p => p[0], p => p[1]);
            double Number(string name) => double.Parse(parts[name].Single(), CultureInfo.InvariantCulture);
            var (x, y) = Mercator(Number("lat"), Number("lon"));
            var radius = RadiusKm / KmOfDegree / Math.Cos(Number("lat") * Math.PI / 180);
            var distance = string.Create(CultureInfo.InvariantCulture, $"spot <-> '({x:R},{y:R})'::point");
            var lineage = parts["lineage"].Select(code => Kinds.Lineage.NumberOf(code)!.Value + 1).FirstOrDefault();
            var fits = string.Create(CultureInfo.InvariantCulture,
                $"""
                lineage = {lineage}::smallint AND spot <@ '({x - radius:R},{y - radius:R}),({x + radius:R},{y + radius:R})'::box
                AND ({distance}) <= {radius:R} AND (~specialties & {Shifted(Kinds.Specialty, parts["specialty"])}::bigint) < 1
                {(parts["language"].Any() ? $"AND languages & {Shifted(Kinds.Language, parts["language"])}::bigint <> 0" : "")}
                """);
            var page = $"SELECT practitioner_id, {distance} AS distance FROM best_sql_spots WHERE {fits} ORDER BY {distance} LIMIT 21";
            var script = pageAlone ? page :
                $"""
                SELECT p.practitioner_id, p.distance, c.card FROM ({page}) p JOIN search_cards c USING (practitioner_id) ORDER BY p.distance, p.practitioner_id;
                SELECT count(*) FROM (SELECT FROM best_sql_spots WHERE {fits} LIMIT 1001) counted;
                """;
            File.WriteAllLines(Path.Combine(folder, $"{i:00}.sql"), script.ReplaceLineEndings(" ").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(s => s + ";"));
        }
    }

    /// <summary>Searches a second, and the processor time of PostgreSQL for one.</summary>
    public async Task<double> Run(string folder, int clients, TimeSpan turn)
    {
        var start = new ProcessStartInfo(Directory.GetFiles("/usr/lib/postgresql", "pgbench", SearchOption.AllDirectories)[^1]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-n", "-M", "prepared", "-c", $"{clients}", "-j", "2", "-T", $"{turn.TotalSeconds:0}", .. Directory.GetFiles(folder).SelectMany(f => (string[])["-f", f]), product["DATABASE_URL_LISTINGS"]])
            start.ArgumentList.Add(argument);
        using var pgbench = Process.Start(start)!;
        var errors = pgbench.StandardError.ReadToEndAsync();
        var told = await pgbench.StandardOutput.ReadToEndAsync();
        await pgbench.WaitForExitAsync();
        var line = told.Split('\n').FirstOrDefault(l => l.StartsWith("tps = ", StringComparison.Ordinal)) ?? throw new InvalidOperationException(await errors);
        return double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture);
    }

    private static IEnumerable<string> Rows(Guid id, Card card)
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var lineages = card.Holdings.Where(h => h.HoldsOn(today)).Select(h => Kinds.Lineage.NumberOf(h.Lineage)! + 1).Distinct().Prepend(0).ToList();
        var (specialties, languages) = (Shifted(Kinds.Specialty, card.Specialties), Shifted(Kinds.Language, card.Languages));
        foreach (var place in card.Places)
        {
            var (x, y) = Mercator(place.Location.Lat, place.Location.Lon);
            foreach (var lineage in lineages)
                yield return string.Create(CultureInfo.InvariantCulture, $"{id}\t{lineage}\t({x:R},{y:R})\t{specialties}\t{languages}\n");
        }
    }

    /// <summary>In degrees of the equator.</summary>
    private static (double X, double Y) Mercator(double lat, double lon) => (lon, Math.Atanh(Math.Sin(lat * Math.PI / 180)) * 180 / Math.PI);

    private static ulong Shifted(Kind kind, IEnumerable<string> codes) => kind.Mask(codes) >> kind.Shift;

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 1800 };
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> Number(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
