using Npgsql;
using NpgsqlTypes;

namespace Listings.Words;

/// <summary>
/// Writes the words of very many practitioners, block by block, in the caller's transaction. Until it commits, searches go on with the words
/// before, and whoever publishes meanwhile waits only for the end of <see cref="Complete"/>.
/// </summary>
public sealed class WordLoad
{
    private readonly NpgsqlConnection connection;
    private readonly bool anew;

    /// <summary>The next number when the load began: whoever has a later one, and not from a load, was published meanwhile and keeps it.</summary>
    private readonly int next;
    private readonly Postings postings = new();
    private readonly List<int> blocks = [];
    private readonly List<(Guid Id, int Number, Guid Print)> loaded = [];
    private int place = Postings.Block;

    private WordLoad(NpgsqlConnection connection, bool anew, int next) => (this.connection, this.anew, this.next) = (connection, anew, next);

    /// <param name="anew">All words known before are forgotten; otherwise only practitioners come who have none.</param>
    public static async Task<WordLoad> Begin(NpgsqlConnection connection, bool anew, CancellationToken ct)
    {
        await connection.Execute("CREATE TEMPORARY TABLE loaded_words (LIKE search_words) ON COMMIT DROP", ct);
        return new(connection, anew, WordIndex.NumberOf(await connection.Scalar<int>("SELECT nextval('search_word_numbers')::int", ct)));
    }

    public async Task Add(IReadOnlyList<Practitioner> practitioners, CancellationToken ct)
    {
        await postings.Learn(connection, practitioners, ct);
        foreach (var practitioner in practitioners)
        {
            if (place == Postings.Block)
            {
                await Flush(ct);
                blocks.Add((await connection.Scalar<int>("SELECT nextval('search_word_blocks')::int", ct) * 2) + 1);
                place = 0;
            }

            postings.Add(practitioner, (ushort)place);
            loaded.Add((practitioner.Id, (blocks[^1] * Postings.Block) + place, WordIndex.PrintOf(practitioner)));
            place++;
        }
    }

    public async Task Complete(CancellationToken ct)
    {
        await Flush(ct);
        if (anew)
        {
            await connection.Execute(
                $$"""
                DELETE FROM search_words WHERE number < {{next}} OR number / {{Postings.Block}} % 2 = 1;
                DELETE FROM search_postings WHERE (block < {{next / Postings.Block}} OR block % 2 = 1) AND block <> ALL ('{{{string.Join(", ", blocks)}}}');
                DELETE FROM search_vocabulary v WHERE NOT EXISTS (SELECT FROM search_postings p WHERE p.field = ANY ('{0, 1, 2, 3}') AND p.word = v.word);
                """, ct);
        }

        await connection.Execute(
            """
            INSERT INTO search_words SELECT * FROM loaded_words l WHERE NOT EXISTS (SELECT FROM search_words w WHERE w.practitioner_id = l.practitioner_id);
            ANALYZE search_postings, search_words, search_vocabulary
            """, ct);
    }

    private async Task Flush(CancellationToken ct)
    {
        if (loaded.Count == 0)
            return;
        var rows = postings.Take();
        await using (var copy = await connection.BeginBinaryImportAsync("COPY search_postings (field, word, block, few, many) FROM STDIN (FORMAT binary)", ct))
        {
            foreach (var row in rows)
            {
                await copy.StartRowAsync(ct);
                await copy.WriteAsync((short)row.Field, NpgsqlDbType.Smallint, ct);
                await copy.WriteAsync(row.Word, NpgsqlDbType.Text, ct);
                await copy.WriteAsync(blocks[^1], NpgsqlDbType.Integer, ct);
                await copy.WriteAsync(row.Few, NpgsqlDbType.Bytea, ct);
                await copy.WriteAsync(row.Many, NpgsqlDbType.Bytea, ct);
            }

            await copy.CompleteAsync(ct);
        }

        await WordIndex.AddVocabulary(connection, rows, ct);
        await using (var copy = await connection.BeginBinaryImportAsync("COPY loaded_words (practitioner_id, number, print) FROM STDIN (FORMAT binary)", ct))
        {
            foreach (var (id, number, print) in loaded)
                await copy.WriteRowAsync(ct, id, number, print);
            await copy.CompleteAsync(ct);
        }

        loaded.Clear();
    }
}
