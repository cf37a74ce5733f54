using System.Security.Cryptography;
using System.Text;
using Listings.Words;
using Npgsql;

namespace Listings.Search;

/// <summary>
/// A practitioner's seal is one number for the versions of all rows that are made of them and of the one that these are made from: by which transactions PostgreSQL says
/// they were written last (<c>xmin</c>). A change to any of them, by whomever, breaks it. Whoever loads rows, or has found them right, sets it. The upper half is of the
/// words alone, so that these are not looked at again when only a card may be another one.
/// </summary>
internal static class Seals
{
    /// <summary>Raise it when a card, or what landing pages count, is made differently: it breaks all seals.</summary>
    public const string Layout = "2";

    /// <summary>For SQL: practitioners <c>p</c> that have words <c>w</c>, with the other rows made of them.</summary>
    public const string Rows =
        """
        search_words w
        JOIN practitioners p ON p.id = w.practitioner_id AND p.published IS NOT NULL
        LEFT JOIN search_cards c ON c.practitioner_id = w.practitioner_id
        LEFT JOIN landing_people l ON l.practitioner_id = w.practitioner_id
        """;

    /// <summary>For SQL: the seal that fits <see cref="Rows"/> as they are. Towns are those of the gazetteer, and stems those of the server.</summary>
    public static string OfRows { get; } =
        $"""
        (hash_record_extended(ROW (w.number, w.xmin), hashtextextended((current_setting('server_version_num')::int / 10000)::text, {MadeBy(WordIndex.Layout)})) >> 32 << 32
        | (hash_record_extended(ROW (p.xmin, c.xmin, l.xmin), (SELECT hashtextextended(concat(max(print)), {MadeBy(Layout)}) FROM gazetteer_loads WHERE source = 'places')) & 4294967295))
        """;

    /// <summary>Whether two seals are the same as far as words go.</summary>
    public static bool FitWords(long one, long other) => (one ^ other) >>> 32 == 0;

    /// <summary>The seals of a block, by number within it; 0 where there is none.</summary>
    public static async Task<long[]> Of(NpgsqlConnection connection, int block, CancellationToken ct) =>
        await connection.Scalar<long[]>($"SELECT seals FROM search_blocks WHERE block = {block}", ct) ?? new long[Postings.Block];

    /// <summary>Writes into a block's seals those that fit the rows of these numbers as they are now.</summary>
    public static async Task Renew(NpgsqlConnection connection, long[] seals, int[] numbers, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"SELECT w.number, {OfRows} FROM {Rows} WHERE w.number = ANY ($1)", connection) { CommandTimeout = 600, Parameters = { new() { Value = numbers } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            seals[reader.GetInt32(0) % Postings.Block] = reader.GetInt64(1);
    }

    /// <summary>Seals a block: its practitioners, and its words by a number that <see cref="BlockCheck"/> knows, as SQL.</summary>
    public static async Task Set(NpgsqlConnection connection, int block, string words, long[] seals, CancellationToken ct)
    {
        await using var set = new NpgsqlCommand(
            $"INSERT INTO search_blocks (block, seal, seals) VALUES ($1, ({words}), $2) ON CONFLICT (block) DO UPDATE SET seal = excluded.seal, seals = excluded.seals", connection)
        { Parameters = { new() { Value = block }, new() { Value = seals } } };
        await set.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Seals the practitioners of a block whose words are as they were.</summary>
    public static Task SetPractitioners(NpgsqlConnection connection, int block, long[] seals, CancellationToken ct) => Set(connection, block, $"SELECT seal FROM search_blocks WHERE block = {block}", seals, ct);

    private static long MadeBy(string layout) => BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"{layout} {Taxonomy.Current.Tag}")));
}
