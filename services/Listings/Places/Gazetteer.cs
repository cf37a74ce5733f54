using Npgsql;

namespace Listings.Places;

/// <summary>Finds places as people type them.</summary>
public static class Gazetteer
{
    private const int MostWords = 6;

    /// <summary>The places that <paramref name="text"/> may mean, best first: complete names before beginnings before typing errors, large before small.</summary>
    public static async Task<IReadOnlyList<Place>> Suggest(ListingsDb db, string text, int limit, CancellationToken ct) =>
        [.. (await Search(db, text, limit, ct)).Select(found => found.Place)];

    /// <summary>
    /// The one place that <paramref name="text"/> names, by its whole name (with region or country if given) or postal code; the largest when
    /// several do. Otherwise null, with what might have been meant.
    /// </summary>
    public static async Task<(Place? Place, IReadOnlyList<Place> Suggestions)> Find(ListingsDb db, string text, CancellationToken ct)
    {
        var found = await Search(db, text, 5, ct);
        return (found.FirstOrDefault(f => f.Exact)?.Place, [.. found.Select(f => f.Place)]);
    }

    /// <summary>The zone of the nearest place in the same country, or null when the gazetteer knows none. WGS 84 degrees.</summary>
    public static async Task<string?> ZoneAt(ListingsDb db, double lat, double lon, string country, CancellationToken ct)
    {
        var connection = await db.Connection(ct);
        await using var command = new NpgsqlCommand(
            "SELECT time_zone FROM places WHERE country = $1 ORDER BY position <-> ST_SetSRID(ST_MakePoint($2, $3), 4326)::geography LIMIT 1", connection)
        { Parameters = { new() { Value = country }, new() { Value = lon }, new() { Value = lat } } };
        return (string?)await command.ExecuteScalarAsync(ct);
    }

    private static async Task<IReadOnlyList<Found>> Search(ListingsDb db, string text, int limit, CancellationToken ct)
    {
        var connection = await db.Connection(ct);
        var parts = text.Split(',').Select(Spelling.Plain).Where(p => p.Length > 0).ToList();
        if (parts.Count == 0)
            return [];

        if (text.Any(char.IsAsciiDigit))
        {
            var codes = await PostalSearch.Find(connection, text, limit, ct);
            if (codes.Count > 0)
                return codes;
            // "SW1A 1AA London" where no British codes are loaded: the words still name a place.
            parts = [.. parts.Select(WithoutCodes).Where(p => p.Length > 0)];
            if (parts.Count == 0)
                return [];
        }

        var found = await NameSearch.Find(connection, parts[0], parts[1..], limit, ct);
        if (parts.Count > 1 || found.Any(f => f.Exact))
            return found;

        // "Denver CO" without its comma: the last words may be a region or country.
        var words = parts[0].Split(' ');
        for (var kept = words.Length - 1; kept >= Math.Max(1, words.Length - 3) && words.Length <= MostWords; kept--)
        {
            var narrowed = await NameSearch.Find(connection, string.Join(' ', words[..kept]), [string.Join(' ', words[kept..])], limit, ct);
            if (narrowed.Any(f => f.Exact))
                return narrowed;
        }

        return found;
    }

    private static string WithoutCodes(string part) => string.Join(' ', part.Split(' ').Where(word => !word.Any(char.IsAsciiDigit)));
}

/// <param name="Exact">Whether what was typed is its whole name or code.</param>
internal sealed record Found(Place Place, bool Exact);
