using Listings.Words;
using Npgsql;

namespace Listings.Search;

/// <summary>Whom the words of a search have found.</summary>
/// <param name="Few">Their ids, when they are so few that it is quicker to look them up than to look at everybody.</param>
internal sealed record FoundByWords(Matches Matches, IReadOnlyList<Guid>? Few)
{
    private const int MostToLookUp = 2_000;

    /// <param name="hasArea">Whether only those in a place are looked at anyway.</param>
    public static async Task<FoundByWords> Read(ListingsDb db, string words, bool hasArea, CancellationToken ct)
    {
        var connection = await db.Connection(ct);
        var matches = await WordSearch.Find(connection, words, ct);
        int[] numbers = hasArea ? [] : [.. matches.Ordered().Take(MostToLookUp + 1).Select(m => m.Number)];
        if (hasArea || numbers.Length > MostToLookUp)
            return new(matches, null);

        await using var command = new NpgsqlCommand("SELECT practitioner_id FROM search_words WHERE number = ANY ($1)", connection)
        { Parameters = { new() { Value = numbers } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var ids = new List<Guid>(numbers.Length);
        while (await reader.ReadAsync(ct))
            ids.Add(reader.GetGuid(0));
        return new(matches, ids);
    }
}
