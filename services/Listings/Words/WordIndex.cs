using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Listings.Words;

/// <summary>Keeps the words true by which practitioners are found.</summary>
public static class WordIndex
{
    /// <summary>Raise it when texts are read differently, so that a published practitioner's words are written anew.</summary>
    internal const string Layout = "2";

    /// <summary>Makes the practitioner found by the words now published; answers their number. Call it in the transaction that has saved them.</summary>
    public static async Task<int> Write(NpgsqlConnection connection, Practitioner practitioner, CancellationToken ct)
    {
        var print = PrintOf(practitioner);
        await using (var same = new NpgsqlCommand("SELECT number FROM search_words WHERE practitioner_id = $1 AND print = $2", connection) { Parameters = { new() { Value = practitioner.Id }, new() { Value = print } } })
        {
            if (await same.ExecuteScalarAsync(ct) is int unchanged)
                return unchanged;
        }

        await Forget(connection, practitioner.Id, ct);
        var number = NumberOf(await connection.Scalar<int>("SELECT nextval('search_word_numbers')::int", ct));
        var postings = new Postings();
        if (!postings.Knows(practitioner.Published!))
            await postings.Learn(connection, ct);
        postings.TryAdd(practitioner.Published!, number);
        await Append(connection, number / Postings.Block, postings.Take(), ct);
        await using var known = new NpgsqlCommand("INSERT INTO search_words (practitioner_id, number, print) VALUES ($1, $2, $3)", connection)
        { Parameters = { new() { Value = practitioner.Id }, new() { Value = number }, new() { Value = print } } };
        await known.ExecuteNonQueryAsync(ct);
        return number;
    }

    /// <summary>No words find the practitioner any more.</summary>
    public static async Task Forget(NpgsqlConnection connection, Guid practitionerId, CancellationToken ct)
    {
        await using var forget = new NpgsqlCommand("DELETE FROM search_words WHERE practitioner_id = $1", connection) { Parameters = { new() { Value = practitionerId } } };
        await forget.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The even blocks are filled one by one, the odd ones by <see cref="WordLoad"/>, so that neither writes into the other's rows.</summary>
    internal static int NumberOf(int next) => (next / Postings.Block * 2 * Postings.Block) + (next % Postings.Block);

    internal static Guid PrintOf(Practitioner practitioner)
    {
        var (listing, taxonomy) = (practitioner.Published!, Taxonomy.Current);
        return new(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
            new { Layout, taxonomy.Version, listing.Name, listing.Headline, listing.Biography, listing.Specialties, listing.Languages })).AsSpan(0, 16));
    }

    /// <summary>Words that are meant when somebody mistypes them.</summary>
    internal static async Task AddVocabulary(NpgsqlConnection connection, IEnumerable<string> words, CancellationToken ct)
    {
        await using var add = new NpgsqlCommand("INSERT INTO search_vocabulary SELECT DISTINCT unnest($1::text[]) ORDER BY 1 ON CONFLICT DO NOTHING", connection)
        { Parameters = { new() { Value = words.ToArray() } } };
        await add.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Adds to the vocabulary whatever stands anywhere and is not in it.</summary>
    internal static Task FillVocabulary(NpgsqlConnection connection, CancellationToken ct) => connection.Execute(
        "INSERT INTO search_vocabulary SELECT word FROM search_postings WHERE field = ANY ('{0, 1, 2, 3}') EXCEPT SELECT word FROM search_vocabulary ON CONFLICT DO NOTHING", ct);

    /// <summary>Two who publish at once meet in the same rows: both take them in the order of the key.</summary>
    private static async Task Append(NpgsqlConnection connection, int block, IReadOnlyList<Postings.Row> rows, CancellationToken ct)
    {
        await using (var append = new NpgsqlCommand(
            """
            INSERT INTO search_postings AS p (field, word, block, few)
            SELECT field, word, $3, few FROM unnest($1::smallint[], $2::text[], $4::bytea[]) AS w (field, word, few) ORDER BY field, word COLLATE "C"
            ON CONFLICT (field, word, block) DO UPDATE SET
                few = CASE WHEN p.many IS NULL THEN p.few || excluded.few ELSE p.few END,
                many = set_bit(p.many, get_byte(excluded.few, 0) + 256::bigint * get_byte(excluded.few, 1), 1)
            """, connection)
        {
            Parameters =
            {
                new() { Value = rows.Select(row => (short)row.Field).ToArray() }, new() { Value = rows.Select(row => row.Word).ToArray() }, new() { Value = block },
                new() { Value = rows.Select(row => row.Few).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea },
            },
        })
        {
            await append.ExecuteNonQueryAsync(ct);
        }

        await AddVocabulary(connection, rows.Where(row => row.Field < WordField.Beginning).Select(row => row.Word), ct);
    }
}
