using Listings.Search;
using Npgsql;

namespace Listings.Words;

/// <summary>Writes the words of very many practitioners, a block of numbers in each transaction.</summary>
public sealed class WordLoad(NpgsqlConnection connection)
{
    /// <summary>The most that fit into a block.</summary>
    public const int Most = Postings.Block;

    private readonly Postings postings = new();
    private readonly HashSet<string> vocabulary = [];
    private readonly List<(Guid Id, int Number, Guid Print)> added = [];
    private int block;
    private int count;

    /// <summary>Begins a block, in a transaction that ends with <see cref="Complete"/>.</summary>
    public async Task Begin(CancellationToken ct) => (block, count) = ((await connection.Scalar<int>("SELECT nextval('search_word_blocks')::int", ct) * 2) + 1, 0);

    /// <summary>
    /// Makes a practitioner found by the words now published; answers their number, null and nothing is added when <see cref="Learn"/> has to come first. Their row is
    /// locked, so that whoever publishes meanwhile has the last word.
    /// </summary>
    public int? TryAdd(Practitioner practitioner)
    {
        var number = (block * Postings.Block) + count;
        if (!postings.TryAdd(practitioner.Published!, number))
            return null;
        added.Add((practitioner.Id, number, WordIndex.PrintOf(practitioner)));
        count++;
        return number;
    }

    /// <summary>Notes what <see cref="Learn"/> has to learn for somebody.</summary>
    public void Ask(Practitioner practitioner) => postings.Knows(practitioner.Published!);

    public Task Learn(CancellationToken ct) => postings.Learn(connection, ct);

    /// <summary>Writes the numbers of those added.</summary>
    public async Task Write(CancellationToken ct)
    {
        await using var known = new NpgsqlCommand(
            """
            INSERT INTO search_words (practitioner_id, number, print) SELECT * FROM unnest($1::uuid[], $2::int[], $3::uuid[])
            ON CONFLICT (practitioner_id) DO UPDATE SET number = excluded.number, print = excluded.print
            """, connection)
        {
            Parameters = { new() { Value = added.Select(a => a.Id).ToArray() }, new() { Value = added.Select(a => a.Number).ToArray() }, new() { Value = added.Select(a => a.Print).ToArray() } },
        };
        await known.ExecuteNonQueryAsync(ct);
        added.Clear();
    }

    /// <summary>Writes the block's words, seals it, and commits.</summary>
    public async Task Complete(Func<CancellationToken, Task> commit, CancellationToken ct)
    {
        var rows = postings.Take();
        await BlockCheck.Write(connection, block, rows, ct);
        var seals = new long[Postings.Block];
        await Seals.Renew(connection, seals, [.. Enumerable.Range(block * Postings.Block, count)], ct);
        await Seals.Set(connection, block, BlockCheck.OfRows(block), seals, ct);
        await commit(ct);
        // Only now: two loads that wrote the same words would wait for each other's end.
        await WordIndex.AddVocabulary(connection, rows.Where(row => row.Field < WordField.Beginning).Select(row => row.Word).Where(vocabulary.Add), ct);
    }
}
