using System.Numerics;
using Npgsql;
using NpgsqlTypes;

namespace Listings.Words;

/// <summary>Compares where the words of a block's practitioners stand with where they should. A block whose seal fits has been compared and is as it was then.</summary>
internal sealed class BlockCheck(NpgsqlConnection connection)
{
    private const int Longs = Postings.Block / 64;

    /// <summary>For SQL: what a row of <c>search_postings p</c> adds to its block's seal.</summary>
    private const string OfRow = "hash_record_extended(p, 0)";

    private readonly Postings postings = new();
    private readonly ulong[] added = new ulong[Longs];
    private readonly ulong[] stands = new ulong[Longs];
    private readonly ulong[] should = new ulong[Longs];
    private IReadOnlyList<Postings.Row> rows = [];

    /// <summary>Of the block's postings as <see cref="Wrong"/> has read them.</summary>
    public long Seal { get; private set; }

    /// <summary>How many practitioners have a number of the block.</summary>
    public Task<long> Count(int block, CancellationToken ct) =>
        connection.Scalar<long>($"SELECT count(*) FROM search_words WHERE number >= {block * Postings.Block} AND number < {(block + 1) * Postings.Block}", ct);

    /// <summary>Whether the block's postings are what they were when they were last found right.</summary>
    public Task<bool> IsSealed(int block, CancellationToken ct) =>
        connection.Scalar<bool>($"SELECT seal = ({OfRows(block)}) FROM search_blocks WHERE block = {block}", ct);

    /// <summary>For SQL: the seal of a block's postings as they are.</summary>
    public static string OfRows(int block) => $"SELECT coalesce(bit_xor({OfRow}), 0) FROM search_postings p WHERE block = {block}";

    /// <summary>False, and nothing is added, when <see cref="Learn"/> has to come first.</summary>
    /// <param name="number">All are of one block.</param>
    public bool TryAdd(Practitioner practitioner, int number)
    {
        if (!postings.TryAdd(practitioner.Published!, number))
            return false;
        added[number % Postings.Block / 64] |= 1UL << (number % 64);
        return true;
    }

    /// <summary>Notes what <see cref="Learn"/> has to learn for somebody.</summary>
    public void Ask(Practitioner practitioner) => postings.Knows(practitioner.Published!);

    public Task Learn(CancellationToken ct) => postings.Learn(connection, ct);

    /// <summary>Forgets who was added.</summary>
    public void Clear()
    {
        postings.Take();
        Array.Clear(added);
    }

    /// <summary>The numbers of those added whose words do not stand just where they should; what stands there of others is not looked at. Then begins the next block.</summary>
    public async Task<IReadOnlyList<int>> Wrong(int block, CancellationToken ct)
    {
        rows = postings.Take();
        var right = rows.ToDictionary(row => (row.Field, row.Word));
        var wrong = new ulong[Longs];
        Seal = 0;
        await using (var command = new NpgsqlCommand($"SELECT field, word, few, many, {OfRow} FROM search_postings p WHERE block = $1", connection) { Parameters = { new() { Value = block } } })
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                right.Remove(((WordField)reader.GetInt16(0), reader.GetString(1)), out var row);
                Compare(row, reader.GetFieldValue<byte[]>(2), reader.OrNull<byte[]>(3), wrong);
                Seal ^= reader.GetInt64(4);
            }
        }

        foreach (var missing in right.Values)
            Compare(missing, [], null, wrong);
        var numbers = new List<int>();
        for (var i = 0; i < Longs; i++)
        {
            for (var left = wrong[i] & added[i]; left != 0; left &= left - 1)
                numbers.Add((block * Postings.Block) + (i * 64) + BitOperations.TrailingZeroCount(left));
        }

        Array.Clear(added);
        return numbers;
    }

    /// <summary>Lets the words of the block stand as they should, when all its practitioners were added before <see cref="Wrong"/>; they keep their numbers.</summary>
    /// <param name="prints">The new ones of whoever has another.</param>
    public async Task WriteAnew(int block, IReadOnlyDictionary<Guid, Guid> prints, CancellationToken ct)
    {
        await using (var known = new NpgsqlCommand("UPDATE search_words w SET print = s.print FROM unnest($1::uuid[], $2::uuid[]) AS s (id, print) WHERE w.practitioner_id = s.id", connection)
        { Parameters = { new() { Value = prints.Keys.ToArray() }, new() { Value = prints.Values.ToArray() } } })
            await known.ExecuteNonQueryAsync(ct);
        // In the order of the key, in which those who publish take them too.
        await connection.Execute($"SELECT FROM search_postings WHERE block = {block} ORDER BY field, word FOR UPDATE", ct);
        await connection.Execute($"DELETE FROM search_postings WHERE block = {block}", ct);
        await Write(connection, block, rows, ct);
    }

    /// <summary>Writes the words of a block that has none.</summary>
    public static async Task Write(NpgsqlConnection connection, int block, IReadOnlyList<Postings.Row> rows, CancellationToken ct)
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

    private void Compare(Postings.Row? row, byte[] few, byte[]? many, ulong[] wrong)
    {
        if (row is not null && few.AsSpan().SequenceEqual(row.Few) && many.AsSpan().SequenceEqual(row.Many))
            return;
        Array.Clear(stands);
        Array.Clear(should);
        Matches.Union(stands, few, many);
        if (row is not null)
            Matches.Union(should, row.Few, row.Many);
        for (var i = 0; i < Longs; i++)
            wrong[i] |= stands[i] ^ should[i];
    }
}
