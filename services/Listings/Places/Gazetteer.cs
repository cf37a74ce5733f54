using Npgsql;

namespace Listings.Places;

/// <summary>Finds places as people type them.</summary>
public sealed class Gazetteer(PlaceIndex index, ListingsDb db)
{
    private const int MostWords = 6;

    /// <summary>The places that <paramref name="text"/> may mean, best first: complete names before beginnings before typing errors, large before small.</summary>
    public async Task<IReadOnlyList<Place>> Suggest(string text, int limit, CancellationToken ct) =>
        [.. (await Search(text, limit, wholeFirst: false, ct)).Select(found => found.Place)];

    /// <summary>
    /// The one place that <paramref name="text"/> names, by its whole name (with region or country if given) or postal code; the largest when
    /// several do. Otherwise null, with what might have been meant.
    /// </summary>
    public async Task<(Place? Place, IReadOnlyList<Place> Suggestions)> Find(string text, CancellationToken ct)
    {
        var found = await Search(text, 5, wholeFirst: true, ct);
        return (found.FirstOrDefault(f => f.Exact)?.Place, [.. found.Select(f => f.Place)]);
    }

    /// <summary>The zone of the nearest place in the same country, or null when the gazetteer knows none. WGS 84 degrees.</summary>
    public async Task<string?> ZoneAt(double lat, double lon, string country, CancellationToken ct)
    {
        var connection = await db.Connection(ct);
        await using var command = new NpgsqlCommand(
            "SELECT time_zone FROM places WHERE country = $1 ORDER BY position <-> ST_SetSRID(ST_MakePoint($2, $3), 4326)::geography LIMIT 1", connection)
        { Parameters = { new() { Value = country }, new() { Value = lon }, new() { Value = lat } } };
        return (string?)await command.ExecuteScalarAsync(ct);
    }

    private async Task<IReadOnlyList<Found>> Search(string text, int limit, bool wholeFirst, CancellationToken ct)
    {
        // What is no text in any encoding is left as it was escaped.
        if (text.Contains('%', StringComparison.Ordinal))
            return [];
        var parts = text.Split(',').Select(Spelling.Plain).Where(p => p.Length > 0).ToList();
        if (!text.Any(char.IsAsciiDigit))
            return ByName(await index.Current(ct), parts, limit, wholeFirst);

        var (codes, fits) = await PostalSearch.Find(await db.Connection(ct), text, limit, ct);
        if (fits && codes.Count > 0)
            return codes;
        if (codes.Count == 0 && PostalCodes.BritishArea(text) is { } area && BritishTowns.Of(area) is { } town)
            return ByName(await index.Current(ct), [Spelling.Plain(town), "gb"], limit, wholeFirst);
        // "10115 Berlin" or "SW1A 1AA London" where only codes of other countries are loaded: the words still name a place.
        var named = ByName(await index.Current(ct), [.. parts.Select(WithoutCodes).Where(p => p.Length > 0)], limit, wholeFirst);
        return named.Count == 0 ? codes : [.. named.Concat(codes.Select(code => code with { Exact = false })).Take(limit)];
    }

    private static IReadOnlyList<Found> ByName(KnownPlaces places, List<string> parts, int limit, bool wholeFirst)
    {
        if (parts.Count == 0)
            return [];
        var begun = NameSearch.Begun(places, parts[0], parts[1..], limit, wholeFirst);
        if (begun.Any(f => f.Exact))
            return begun;

        // "Denver CO" or "Denver CO USA" without commas: the last words may be a region or country, or both.
        var words = parts[0].Split(' ');
        for (var kept = words.Length - 1; parts.Count == 1 && kept >= Math.Max(1, words.Length - 3) && words.Length <= MostWords; kept--)
        {
            foreach (var within in Qualifiers(words[kept..]))
            {
                var narrowed = NameSearch.Begun(places, string.Join(' ', words[..kept]), within, limit, wholeFirst);
                if (narrowed.Any(f => f.Exact))
                    return narrowed;
            }
        }

        if (begun.Count >= limit)
            return begun;
        return [.. begun.Concat(NameSearch.Alike(places, parts[0], parts[1..], limit)).DistinctBy(f => f.Place.Id).Take(limit)];
    }

    /// <summary>The words as one qualifier, and as one with its country after it.</summary>
    private static IEnumerable<string[]> Qualifiers(string[] words)
    {
        yield return [string.Join(' ', words)];
        if (words.Length > 1)
            yield return [string.Join(' ', words[..^1]), words[^1]];
    }

    private static string WithoutCodes(string part) => string.Join(' ', part.Split(' ').Where(word => !word.Any(char.IsAsciiDigit)));
}

/// <param name="Exact">Whether what was typed is its whole name or code.</param>
internal sealed record Found(Place Place, bool Exact);
