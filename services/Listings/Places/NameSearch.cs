using Npgsql;
using NpgsqlTypes;

namespace Listings.Places;

/// <summary>Places by name: whole, begun, or mistyped.</summary>
internal static class NameSearch
{
    private const int ShortestMistyped = 4;
    private const int LongestVague = 3;
    private const int LongestTyped = 80;

    /// <summary>An alias counts less than a name, so that "York" is York before it is Toronto, which once was called so.</summary>
    private const string AliasWeight = "CASE WHEN n.alias THEN 0.75 ELSE 1 END";

    /// <summary>A few letters begin thousands of names: larger places, and those called just so, are answer enough.</summary>
    private const string LargeOrExact =
        "(SELECT * FROM place_names WHERE population >= 50000 UNION ALL SELECT * FROM place_names WHERE population < 50000 AND name = $1)";

    /// <param name="name">In plain spelling.</param>
    /// <param name="within">Regions or countries that narrow it, in plain spelling, whole or begun.</param>
    public static async Task<IReadOnlyList<Found>> Find(NpgsqlConnection connection, string name, IReadOnlyList<string> within, int limit, CancellationToken ct)
    {
        if (name.Length > LongestTyped)
            return [];
        var areas = new List<string[]>();
        foreach (var qualifier in within.Take(3))
        {
            if (await Areas(connection, qualifier, ct) is not { Length: > 0 } named)
                return [];
            areas.Add(named);
        }

        var begun = await Begun(connection, name, areas, limit, ct);
        if (begun.Count >= limit || name.Length < ShortestMistyped || begun.Any(f => f.Exact))
            return begun;
        var mistyped = await Mistyped(connection, name, areas, limit, ct);
        return [.. begun.Concat(mistyped).DistinctBy(f => f.Place.Id).Take(limit)];
    }

    /// <summary>Regions (<c>US.CO</c>) and countries (<c>CH</c>) of that name; of those that begin so when none is called exactly so.</summary>
    private static async Task<string[]> Areas(NpgsqlConnection connection, string name, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            WITH called AS (SELECT area FROM regions WHERE name = $1),
            begun AS (SELECT area FROM regions WHERE name >= $1 AND name < $2 AND NOT EXISTS (SELECT FROM called) LIMIT 100)
            SELECT array(SELECT area FROM called UNION SELECT area FROM begun)
            """, connection)
        { Parameters = { new() { Value = name }, new() { Value = After(name) } } };
        return (string[])(await command.ExecuteScalarAsync(ct))!;
    }

    private static Task<IReadOnlyList<Found>> Begun(NpgsqlConnection connection, string name, List<string[]> areas, int limit, CancellationToken ct) =>
        Places(
            connection,
            $"""
            SELECT n.place_id, bool_or(n.name = $1) AS exact,
                max(CASE WHEN n.name = $1 THEN 1 ELSE 0.7 + 0.3 * length($1) / length(n.name) END * {AliasWeight} * ln(n.population + 10)) AS score
            FROM {(name.Length > LongestVague ? "place_names" : LargeOrExact)} n
            WHERE n.name >= $1 AND n.name < $2 {Narrowed(areas)}
            GROUP BY n.place_id
            """,
            name, areas, limit, ct);

    private static Task<IReadOnlyList<Found>> Mistyped(NpgsqlConnection connection, string name, List<string[]> areas, int limit, CancellationToken ct) =>
        Places(
            connection,
            $"""
            SELECT n.place_id, false AS exact, max(similarity(n.name, $1) * {AliasWeight} * ln(n.population + 10)) AS score
            FROM place_names n
            WHERE n.name % $1 AND NOT (n.name >= $1 AND n.name < $2) {Narrowed(areas)}
            GROUP BY n.place_id
            """,
            name, areas, limit, ct);

    private static string Narrowed(List<string[]> areas) =>
        string.Concat(areas.Select((_, i) => $" AND (n.area = ANY (${i + 4}) OR n.country = ANY (${i + 4}))"));

    private static async Task<IReadOnlyList<Found>> Places(
        NpgsqlConnection connection, string candidates, string name, List<string[]> areas, int limit, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        // Two typing errors in six letters, about: more would fetch half the world.
        batch.BatchCommands.Add(new("SELECT set_config('pg_trgm.similarity_threshold', '0.4', false)"));
        var command = new NpgsqlBatchCommand(
            $"""
            SELECT p.id, p.name, p.region, p.region_code, p.country, ST_Y(p.position::geometry), ST_X(p.position::geometry), p.time_zone, p.population, c.exact
            FROM ({candidates} ORDER BY score DESC, n.place_id LIMIT $3) c
            JOIN places p ON p.id = c.place_id
            ORDER BY c.score DESC, p.id
            """);
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = After(name) });
        command.Parameters.Add(new() { Value = limit });
        foreach (var area in areas)
            command.Parameters.Add(new() { Value = area, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        batch.BatchCommands.Add(command);

        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        var found = new List<Found>();
        while (await reader.ReadAsync(ct))
        {
            found.Add(new(
                new(
                    reader.GetInt32(0).ToString(System.Globalization.CultureInfo.InvariantCulture), reader.GetString(1), reader.OrNull<string>(2), reader.OrNull<string>(3), reader.GetString(4), null,
                    reader.GetDouble(5), reader.GetDouble(6), reader.GetString(7), reader.GetInt32(8)),
                reader.GetBoolean(9)));
        }

        return found;
    }

    /// <summary>The end, exclusive, of what begins with <paramref name="name"/> in byte order.</summary>
    private static string After(string name) => name + "\U0010FFFF";
}
