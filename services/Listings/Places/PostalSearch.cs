using Npgsql;

namespace Listings.Places;

/// <summary>Places by postal code: whole, in part, or as far as the gazetteer's codes go.</summary>
internal static class PostalSearch
{
    private const int ShortestBegun = 3;

    /// <summary>Of the name of a town.</summary>
    private const int MostWords = 4;

    /// <summary>Whoever lives on the edge of a town writes its name beside a code that is called otherwise.</summary>
    private const double TownMetres = 25_000;

    private const string Columns =
        """
        c.country || ':' || c.code, c.name, c.region, c.region_code, c.country, c.code, ST_Y(c.position::geometry), ST_X(c.position::geometry), z.time_zone, c.population
        """;

    private const string WithZone =
        "CROSS JOIN LATERAL (SELECT time_zone FROM places p WHERE p.country = c.country ORDER BY p.position <-> c.position LIMIT 1) z";

    /// <param name="text">As typed, perhaps with a place, region or country around the code.</param>
    /// <returns>With whether what else was typed names the place, region or country of one, or a town close by; it does where nothing else was typed.</returns>
    public static async Task<(IReadOnlyList<Found> Found, bool Fits)> Find(NpgsqlConnection connection, string text, int limit, CancellationToken ct)
    {
        var codes = PostalCodes.Meant(text);
        if (codes.Count == 0)
            return ([], false);

        // What else was typed decides between countries that share a code.
        var words = text.Split(',', ' ').Where(w => !w.Any(char.IsAsciiDigit)).Select(Spelling.Plain).Where(w => w.Length > 0).ToArray();
        await using var whole = new NpgsqlCommand(
            $"""
            SELECT {Columns}, true, c.named
            FROM (
                SELECT c.*, EXISTS (SELECT FROM regions r WHERE r.name = ANY ($2) AND r.area IN (c.area, c.country)) OR EXISTS (
                    SELECT FROM place_names n JOIN places p ON p.id = n.place_id
                    WHERE n.name = ANY ($2) AND n.country = c.country AND ST_DWithin(p.position, c.position, {TownMetres})) AS named
                FROM postal_codes c
                WHERE c.code = ANY ($1)) c {WithZone}
            ORDER BY length(c.code) DESC, c.population DESC, c.country
            """, connection)
        { Parameters = { new() { Value = codes.ToArray() }, new() { Value = RunsOf(words) } } };
        var found = (await Read(whole, ct))
            .Select(f => (f.Found, IsNamed: f.IsNamed || Spelling.Plain($"{f.Found.Place.Name} {f.Found.Place.Region}").Split(' ').Intersect(words).Any()))
            .OrderByDescending(f => f.IsNamed).ToList();
        if (found.Count > 0)
            return ([.. found.Take(limit).Select(f => f.Found)], words.Length == 0 || found[0].IsNamed);

        if (PostalCodes.BritishArea(text) is { } area && await Around(connection, area, ct) is { Count: > 0 } around)
            return (around, true);
        return (codes[0].Length >= ShortestBegun ? await Begun(connection, codes[0], limit, ct) : [], words.Length == 0);
    }

    /// <summary>All that may be one name: "san", "san francisco", "francisco".</summary>
    private static string[] RunsOf(string[] words) =>
    [
        .. Enumerable.Range(0, words.Length)
            .SelectMany(from => Enumerable.Range(1, Math.Min(MostWords, words.Length - from)).Select(count => string.Join(' ', words[from..(from + count)]))),
    ];

    private static async Task<IReadOnlyList<Found>> Begun(NpgsqlConnection connection, string code, int limit, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"""
            SELECT {Columns}, false, false
            FROM (SELECT * FROM postal_codes WHERE code >= $1 AND code < $2 ORDER BY population DESC, code LIMIT $3) c {WithZone}
            ORDER BY c.population DESC, c.code
            """, connection)
        { Parameters = { new() { Value = code }, new() { Value = code + "~" }, new() { Value = limit } } };
        return [.. (await Read(command, ct)).Select(f => f.Found)];
    }

    /// <summary>A British district that is not known by itself: the middle of its area, named by the area's largest place.</summary>
    private static async Task<IReadOnlyList<Found>> Around(NpgsqlConnection connection, string area, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"""
            SELECT {Columns}, true, true
            FROM (
                SELECT 'GB' AS country, $1 AS code, (array_agg(name ORDER BY population DESC))[1] AS name, min(region) AS region, min(region_code) AS region_code,
                    max(population) AS population, ST_Centroid(ST_Collect(position::geometry))::geography AS position
                FROM postal_codes
                WHERE country = 'GB' AND code >= $1 || '0' AND code < $1 || ':'
                HAVING count(*) > 0) c {WithZone}
            """, connection)
        { Parameters = { new() { Value = area } } };
        return [.. (await Read(command, ct)).Select(f => f.Found)];
    }

    private static async Task<IReadOnlyList<(Found Found, bool IsNamed)>> Read(NpgsqlCommand command, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<(Found, bool)>();
        while (await reader.ReadAsync(ct))
        {
            found.Add((new(
                new(
                    reader.GetString(0), reader.GetString(1), reader.OrNull<string>(2), reader.OrNull<string>(3), reader.GetString(4), reader.GetString(5),
                    reader.GetDouble(6), reader.GetDouble(7), reader.GetString(8), reader.GetInt32(9)),
                reader.GetBoolean(10)), reader.GetBoolean(11)));
        }

        return found;
    }
}
