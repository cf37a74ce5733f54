using Npgsql;
using NpgsqlTypes;

namespace Listings.Words;

/// <summary>Writes the words of very many practitioners, a block of numbers at a time.</summary>
public sealed class WordLoad(NpgsqlConnection connection)
{
    /// <summary>The most that are written at once.</summary>
    public const int Most = Postings.Block;

    private readonly Postings postings = new();

    /// <summary>
    /// Makes the practitioners found by the words now published; answers their numbers. Call it in a transaction that has locked their rows,
    /// so that whoever publishes meanwhile has the last word.
    /// </summary>
    public async Task<IReadOnlyDictionary<Guid, int>> Write(IReadOnlyList<Practitioner> practitioners, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(practitioners.Count, Most);
        await postings.Learn(connection, practitioners, ct);
        var block = (await connection.Scalar<int>("SELECT nextval('search_word_blocks')::int", ct) * 2) + 1;
        for (var place = 0; place < practitioners.Count; place++)
            postings.Add(practitioners[place], (ushort)place);
        var rows = postings.Take();
        await Copy(block, rows, ct);
        await WordIndex.AddVocabulary(connection, rows, ct);

        var numbers = practitioners.Select((p, place) => (p.Id, Number: (block * Postings.Block) + place)).ToDictionary(p => p.Id, p => p.Number);
        await using var known = new NpgsqlCommand(
            """
            INSERT INTO search_words SELECT * FROM unnest($1::uuid[], $2::int[], $3::uuid[])
            ON CONFLICT (practitioner_id) DO UPDATE SET number = excluded.number, print = excluded.print
            """, connection)
        {
            Parameters =
            {
                new() { Value = practitioners.Select(p => p.Id).ToArray() }, new() { Value = practitioners.Select(p => numbers[p.Id]).ToArray() },
                new() { Value = practitioners.Select(WordIndex.PrintOf).ToArray() },
            },
        };
        await known.ExecuteNonQueryAsync(ct);
        return numbers;
    }

    /// <summary>Takes away what was written for numbers that stand for nobody any more, as far as whole blocks of them were given up. Not in a transaction.</summary>
    public async Task Tidy(CancellationToken ct)
    {
        // Whoever publishes in this moment writes into the last of the even blocks.
        var last = WordIndex.NumberOf(await connection.Scalar<int>("SELECT nextval('search_word_numbers')::int", ct)) / Postings.Block;
        await connection.Execute(
            $$"""
            DELETE FROM search_postings WHERE block <> {{last}} AND block <> ALL (ARRAY(SELECT DISTINCT number / {{Postings.Block}} FROM search_words));
            DELETE FROM search_vocabulary v WHERE NOT EXISTS (SELECT FROM search_postings p WHERE p.field = ANY ('{0, 1, 2, 3}') AND p.word = v.word);
            """, ct);
        await connection.Execute("VACUUM (ANALYZE) search_postings, search_words, search_vocabulary", ct);
    }

    private async Task Copy(int block, IReadOnlyList<Postings.Row> rows, CancellationToken ct)
    {
        await using var copy = await connection.BeginBinaryImportAsync("COPY search_postings (field, word, block, few, many) FROM STDIN (FORMAT binary)", ct);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(ct);
            await copy.WriteAsync((short)row.Field, NpgsqlDbType.Smallint, ct);
            await copy.WriteAsync(row.Word, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(block, NpgsqlDbType.Integer, ct);
            await copy.WriteAsync(row.Few, NpgsqlDbType.Bytea, ct);
            await copy.WriteAsync(row.Many, NpgsqlDbType.Bytea, ct);
        }

        await copy.CompleteAsync(ct);
    }
}
