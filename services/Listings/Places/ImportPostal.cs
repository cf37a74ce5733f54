using Npgsql;

namespace Listings.Places;

/// <summary>Loads the postal codes of a country from any GeoNames postal file, in place of those it had.</summary>
public static class ImportPostal
{
    /// <summary><c>import-postal FILE</c>.</summary>
    public static async Task<int> Run(IServiceProvider services, string[] args, CancellationToken ct)
    {
        if (args is not [var file] || !File.Exists(file))
        {
            await Console.Error.WriteLineAsync("Usage: import-postal FILE (a GeoNames postal file)");
            return 2;
        }

        var db = services.GetRequiredService<ListingsDb>();
        var connection = await db.Connection(ct);
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var loaded = await Load(connection, GeoNames.PostalCodes(file), ct);
            await transaction.CommitAsync(ct);
            await Console.Error.WriteLineAsync($"Loaded {loaded} postal codes.");
        }
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }

        await connection.Execute("VACUUM (ANALYZE) postal_codes", ct);
        return 0;
    }

    /// <summary>The number of codes loaded. A code with several places takes its position from all of them and the name of the largest.</summary>
    public static async Task<int> Load(NpgsqlConnection connection, IEnumerable<PostalRow> rows, CancellationToken ct)
    {
        await connection.Execute(
            """
            DROP TABLE IF EXISTS postal_rows;
            CREATE TEMPORARY TABLE postal_rows (
                country text, code text COLLATE "C", name text, plain text COLLATE "C", region text, region_plain text COLLATE "C", region_code text, lat float8, lon float8)
            ON COMMIT DROP
            """, ct);
        await using (var copy = await connection.BeginBinaryImportAsync("COPY postal_rows FROM STDIN (FORMAT binary)", ct))
        {
            foreach (var row in rows)
            {
                var abbreviation = row.RegionCode.Length > 0 && row.RegionCode.All(char.IsAsciiLetter) ? row.RegionCode : null;
                await copy.WriteRowAsync(
                    ct, row.Country, PostalCodes.Compact(row.Code), row.Name, Spelling.Plain(row.Name), row.Region, Spelling.Plain(row.Region ?? ""), abbreviation, row.Lat, row.Lon);
            }

            await copy.CompleteAsync(ct);
        }

        await connection.Execute("DELETE FROM postal_codes WHERE country IN (SELECT DISTINCT country FROM postal_rows)", ct);
        return (int)await connection.Scalar<long>(
            """
            WITH middles AS (
                SELECT country, code, ST_SetSRID(ST_MakePoint(avg(lon), avg(lat)), 4326)::geography AS position FROM postal_rows GROUP BY country, code),
            sizes AS (SELECT country, name, max(population) AS population FROM place_names WHERE NOT alias GROUP BY country, name),
            areas AS (SELECT left(area, 2) AS country, name, min(area) AS area FROM regions WHERE length(area) > 2 GROUP BY left(area, 2), name),
            codes AS (
                SELECT DISTINCT ON (r.country, r.code)
                    r.code, r.country, r.name, r.region, r.region_code, coalesce(by_name.area, by_code.area, r.country) AS area, coalesce(s.population, 0) AS population, m.position
                FROM postal_rows r
                JOIN middles m USING (country, code)
                LEFT JOIN sizes s ON s.country = r.country AND s.name = r.plain
                LEFT JOIN areas by_name ON by_name.country = r.country AND by_name.name = r.region_plain
                LEFT JOIN areas by_code ON by_code.country = r.country AND by_code.name = lower(r.region_code)
                ORDER BY r.country, r.code, coalesce(s.population, 0) DESC, length(r.name), r.name),
            loaded AS (
                INSERT INTO postal_codes SELECT * FROM codes RETURNING 1)
            SELECT count(*) FROM loaded
            """, ct);
    }
}
