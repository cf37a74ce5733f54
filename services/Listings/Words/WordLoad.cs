using Npgsql;
using NpgsqlTypes;

namespace Listings.Words;

/// <summary>Writes the words of very many practitioners, a block of numbers in each transaction.</summary>
public sealed class WordLoad(NpgsqlConnection connection)
{
    /// <summary>The most that fit into a block.</summary>
    public const int Most = Postings.Block;

    private readonly Postings postings = new();
    private readonly HashSet<string> vocabulary = [];
    private int? block;
    private int count;

    /// <summary>
    /// Makes the practitioners found by the words now published; answers their numbers in the same order. Call it in a transaction that has locked
    /// their rows, so that whoever publishes meanwhile has the last word, and end that with <see cref="Complete"/>.
    /// </summary>
    public async Task<int[]> Add(IReadOnlyList<Practitioner> practitioners, CancellationToken ct)
    {
        block ??= (await connection.Scalar<int>("SELECT nextval('search_word_blocks')::int", ct) * 2) + 1;
        int[] numbers = [.. Enumerable.Range((block.Value * Postings.Block) + count, practitioners.Count)];
        await postings.Add(connection, practitioners, numbers, ct);
        count += practitioners.Count;
        await using var known = new NpgsqlCommand(
            """
            INSERT INTO search_words (practitioner_id, number, print) SELECT * FROM unnest($1::uuid[], $2::int[], $3::uuid[])
            ON CONFLICT (practitioner_id) DO UPDATE SET number = excluded.number, print = excluded.print
            """, connection)
        {
            Parameters = { new() { Value = practitioners.Select(p => p.Id).ToArray() }, new() { Value = numbers }, new() { Value = practitioners.Select(WordIndex.PrintOf).ToArray() } },
        };
        await known.ExecuteNonQueryAsync(ct);
        return numbers;
    }

    /// <summary>Writes the block, commits, and begins another one.</summary>
    public async Task Complete(Func<CancellationToken, Task> commit, CancellationToken ct)
    {
        var rows = postings.Take();
        await using (var copy = await connection.BeginBinaryImportAsync("COPY search_postings (field, word, block, few, many) FROM STDIN (FORMAT binary)", ct))
        {
            foreach (var row in rows)
            {
                await copy.StartRowAsync(ct);
                await copy.WriteAsync((short)row.Field, NpgsqlDbType.Smallint, ct);
                await copy.WriteAsync(row.Word, NpgsqlDbType.Text, ct);
                await copy.WriteAsync(block!.Value, NpgsqlDbType.Integer, ct);
                await copy.WriteAsync(row.Few, NpgsqlDbType.Bytea, ct);
                await copy.WriteAsync(row.Many, NpgsqlDbType.Bytea, ct);
            }

            await copy.CompleteAsync(ct);
        }

        await BlockCheck.SealNew(connection, block!.Value, ct);
        await commit(ct);
        (block, count) = (null, 0);
        // Only now: two loads that wrote the same words would wait for each other's end.
        await WordIndex.AddVocabulary(connection, rows.Where(row => row.Field < WordField.Beginning).Select(row => row.Word).Where(vocabulary.Add), ct);
    }
}
