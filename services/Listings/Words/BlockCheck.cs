using System.Numerics;
using Npgsql;

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

    private long seal;

    /// <summary>Whether the block's postings are what they were when they were last found right.</summary>
    public Task<bool> IsSealed(int block, CancellationToken ct) =>
        connection.Scalar<bool>($"SELECT seal = ({OfRows(block)}) FROM search_blocks WHERE block = {block}", ct);

    /// <summary>Seals the block as <see cref="Wrong"/> has read it. Call it when all its practitioners stand there as they should.</summary>
    public Task Seal(int block, CancellationToken ct) => Seal(connection, block, $"{seal}", ct);

    /// <summary>Seals a block that has just been written.</summary>
    public static Task SealNew(NpgsqlConnection connection, int block, CancellationToken ct) => Seal(connection, block, OfRows(block), ct);

    private static Task Seal(NpgsqlConnection connection, int block, string seal, CancellationToken ct) =>
        connection.Execute($"INSERT INTO search_blocks VALUES ({block}, ({seal})) ON CONFLICT (block) DO UPDATE SET seal = excluded.seal", ct);

    private static string OfRows(int block) => $"SELECT coalesce(bit_xor({OfRow}), 0) FROM search_postings p WHERE block = {block}";

    /// <param name="numbers">Of these practitioners, all of one block.</param>
    public async Task Add(IReadOnlyList<Practitioner> practitioners, IReadOnlyList<int> numbers, CancellationToken ct)
    {
        await postings.Add(connection, practitioners, numbers, ct);
        foreach (var number in numbers)
            added[number % Postings.Block / 64] |= 1UL << (number % 64);
    }

    /// <summary>The numbers of those added whose words do not stand just where they should; what stands there of others is not looked at. Then begins the next block.</summary>
    public async Task<IReadOnlyList<int>> Wrong(int block, CancellationToken ct)
    {
        var right = postings.Take().ToDictionary(row => (row.Field, row.Word));
        var wrong = new ulong[Longs];
        seal = 0;
        await using (var command = new NpgsqlCommand($"SELECT field, word, few, many, {OfRow} FROM search_postings p WHERE block = $1", connection) { Parameters = { new() { Value = block } } })
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                right.Remove(((WordField)reader.GetInt16(0), reader.GetString(1)), out var row);
                Compare(row, reader.GetFieldValue<byte[]>(2), reader.OrNull<byte[]>(3), wrong);
                seal ^= reader.GetInt64(4);
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

    private void Compare(Postings.Row? row, byte[] few, byte[]? many, ulong[] wrong)
    {
        Array.Clear(stands);
        Array.Clear(should);
        Matches.Union(stands, few, many);
        if (row is not null)
            Matches.Union(should, row.Few, row.Many);
        for (var i = 0; i < Longs; i++)
            wrong[i] |= stands[i] ^ should[i];
    }
}
