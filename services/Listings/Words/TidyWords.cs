using Listings.Search;
using Npgsql;
using Platform;

namespace Listings.Words;

/// <summary>
/// Numbers that were given up take room, and time of every search. Blocks of which few are left are put together, and what nobody has any more
/// is taken away an hour later: a search may be a moment behind.
/// </summary>
public sealed class TidyWords : Worker
{
    private const int Few = Postings.Block / 2;

    /// <summary>The blocks that were in use an hour ago.</summary>
    private int[]? before;

    protected override TimeSpan Period => TimeSpan.FromHours(1);

    protected override async Task<bool> RunOnce(IServiceProvider services, CancellationToken ct)
    {
        var db = services.GetRequiredService<ListingsDb>();
        before = await Tidy(db, before, ct);
        return false;
    }

    /// <summary>Takes away the blocks that are not in use and were not <paramref name="before"/>, none when that is null; answers those in use.</summary>
    public static async Task<int[]> Tidy(ListingsDb db, int[]? before, CancellationToken ct)
    {
        var connection = await db.Connection(ct);
        // Of the even blocks, into the last one, perhaps still the one before, somebody publishes in this moment.
        var filling = WordIndex.NumberOf(await connection.Scalar<int>("SELECT last_value::int FROM search_word_numbers", ct)) / Postings.Block;
        if (before is not null)
            await TakeAway(connection, before, filling, ct);
        var few = await connection.Scalar<int[]>(
            $"SELECT array(SELECT number / {Postings.Block} FROM search_words GROUP BY 1 HAVING number / {Postings.Block} <> {filling} AND count(*) < {Few})", ct);
        if (few is { Length: > 1 })
            await Projection.Make(db, await connection.Scalar<Guid[]>($"SELECT array(SELECT practitioner_id FROM search_words WHERE number / {Postings.Block} = ANY ('{{{string.Join(',', few)}}}') ORDER BY practitioner_id)", ct), ct);
        return await connection.Scalar<int[]>($"SELECT array(SELECT DISTINCT number / {Postings.Block} FROM search_words)", ct) ?? [];
    }

    private static async Task TakeAway(NpgsqlConnection connection, int[] before, int filling, CancellationToken ct)
    {
        await using var delete = new NpgsqlCommand(
            $"""
            DELETE FROM search_postings
            WHERE block <> ALL ($1) AND block <> ALL (ARRAY(SELECT DISTINCT number / {Postings.Block} FROM search_words)) AND (block % 2 = 1 OR block < {filling - 2})
            """, connection)
        { CommandTimeout = 600, Parameters = { new() { Value = before } } };
        if (await delete.ExecuteNonQueryAsync(ct) == 0)
            return;
        await connection.Execute("DELETE FROM search_blocks b WHERE NOT EXISTS (SELECT FROM search_postings p WHERE p.block = b.block)", ct);
        await connection.Execute("DELETE FROM search_vocabulary v WHERE NOT EXISTS (SELECT FROM search_postings p WHERE p.field = ANY ('{0, 1, 2, 3}') AND p.word = v.word)", ct);
        await connection.Execute("VACUUM (ANALYZE) search_postings, search_words, search_vocabulary", ct);
    }
}
