using System.Numerics;
using Npgsql;

namespace Listings.Words;

/// <summary>Compares where the words of a block's practitioners stand with where they should.</summary>
internal sealed class BlockCheck(NpgsqlConnection connection)
{
    private const int Longs = Postings.Block / 64;

    private readonly Postings postings = new();
    private readonly ulong[] added = new ulong[Longs];
    private readonly ulong[] stands = new ulong[Longs];
    private readonly ulong[] should = new ulong[Longs];

    /// <summary>All words met so far that are meant when somebody mistypes them.</summary>
    public HashSet<string> Vocabulary { get; } = [];

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
        Vocabulary.UnionWith(right.Keys.Where(key => key.Field < WordField.Beginning).Select(key => key.Word));
        var wrong = new ulong[Longs];
        await using (var command = new NpgsqlCommand("SELECT field, word, few, many FROM search_postings WHERE block = $1", connection) { Parameters = { new() { Value = block } } })
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                right.Remove(((WordField)reader.GetInt16(0), reader.GetString(1)), out var row);
                Compare(row, reader.GetFieldValue<byte[]>(2), reader.OrNull<byte[]>(3), wrong);
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
