using System.Numerics;

namespace Listings.Words;

/// <summary>Who was found by words, as sets of the numbers of <c>search_words</c>, one for each rank.</summary>
public sealed class Matches
{
    private const int Longs = Postings.Block / 64;

    /// <summary>By block: sets by rank, and the union of them.</summary>
    private readonly (ulong[]?[] Ranks, ulong[] Any)?[] blocks;

    private Matches((ulong[]?[], ulong[])?[] blocks) => this.blocks = blocks;

    public static Matches None { get; } = new([]);

    /// <summary>0 for the best; -1 when not found.</summary>
    public int RankOf(int number)
    {
        if (number < 0 || number / Postings.Block >= blocks.Length || blocks[number / Postings.Block] is not var (ranks, any))
            return -1;
        var (at, bit) = (number % Postings.Block / 64, 1UL << (number % 64));
        if ((any[at] & bit) == 0)
            return -1;
        for (var rank = 0; rank < ranks.Length; rank++)
        {
            if (ranks[rank] is { } set && (set[at] & bit) != 0)
                return rank;
        }

        return -1;
    }

    /// <summary>All numbers that were found, by rank, then by number. Some may stand for nobody any more.</summary>
    public IEnumerable<(int Rank, int Number)> Ordered()
    {
        var ranks = blocks.Max(block => block?.Ranks.Length) ?? 0;
        for (var rank = 0; rank < ranks; rank++)
        {
            for (var block = 0; block < blocks.Length; block++)
            {
                if (blocks[block] is not var (sets, _) || rank >= sets.Length || sets[rank] is not { } set)
                    continue;
                for (var i = 0; i < Longs; i++)
                {
                    for (var left = set[i]; left != 0; left &= left - 1)
                        yield return (rank, (block * Postings.Block) + (i * 64) + BitOperations.TrailingZeroCount(left));
                }
            }
        }
    }

    /// <summary>
    /// Whoever has all words; what the words cost is added up. A word that may be missing (<see cref="Word.Spare"/>) costs one when it is no
    /// part of the name.
    /// </summary>
    internal static Matches All(IReadOnlyList<Word> words)
    {
        var needed = words.Where(w => !w.Spare).ToList();
        if (needed.Count == 0)
            return None;
        var found = new (ulong[]?[] Ranks, ulong[] Any)?[needed[0].Blocks.Keys.DefaultIfEmpty(-1).Max() + 1];
        foreach (var block in needed[0].Blocks.Keys.Where(block => needed.TrueForAll(w => w.Blocks.ContainsKey(block))))
        {
            ulong[]?[] sums = [Everybody()];
            foreach (var word in needed)
                sums = Add(sums, Cheapest(word.Blocks[block]));
            foreach (var word in words.Where(w => w.Spare))
                sums = Add(sums, Cheapest([word.Blocks.GetValueOrDefault(block)?[0], Everybody()]));
            var any = new ulong[Longs];
            foreach (var set in sums.OfType<ulong[]>())
            {
                for (var i = 0; i < Longs; i++)
                    any[i] |= set[i];
            }

            found[block] = (sums, any);
        }

        return new(found);
    }

    /// <summary>Each number in the cheapest of the sets that it is in.</summary>
    private static ulong[]?[] Cheapest(ulong[]?[] costs)
    {
        var seen = new ulong[Longs];
        var only = new ulong[]?[costs.Length];
        for (var cost = 0; cost < costs.Length; cost++)
        {
            if (costs[cost] is not { } set)
                continue;
            var rest = new ulong[Longs];
            var any = 0UL;
            for (var i = 0; i < Longs; i++)
            {
                any |= rest[i] = set[i] & ~seen[i];
                seen[i] |= set[i];
            }

            only[cost] = any == 0 ? null : rest;
        }

        return only;
    }

    private static ulong[]?[] Add(ulong[]?[] sums, ulong[]?[] costs)
    {
        var result = new ulong[]?[sums.Length + costs.Length - 1];
        for (var sum = 0; sum < sums.Length; sum++)
        {
            for (var cost = 0; cost < costs.Length; cost++)
            {
                if (sums[sum] is not { } before || costs[cost] is not { } word)
                    continue;
                var both = result[sum + cost] ?? new ulong[Longs];
                var any = 0UL;
                for (var i = 0; i < Longs; i++)
                    any |= both[i] |= before[i] & word[i];
                if (any != 0)
                    result[sum + cost] = both;
            }
        }

        return result;
    }

    private static ulong[] Everybody()
    {
        var all = new ulong[Longs];
        Array.Fill(all, ulong.MaxValue);
        return all;
    }

    /// <summary>Where a word of the search was found: by block, and by what it costs to have it there.</summary>
    internal sealed class Word(bool spare)
    {
        public bool Spare => spare;

        public Dictionary<int, ulong[]?[]> Blocks { get; } = [];

        public void Add(int block, int cost, byte[] few, byte[]? many)
        {
            if (!Blocks.TryGetValue(block, out var costs))
                Blocks[block] = costs = new ulong[]?[WordSearch.Costs];
            Union(costs[cost] ??= new ulong[Longs], few, many);
        }
    }

    /// <summary>Adds a row of <c>search_postings</c> to a set.</summary>
    internal static void Union(ulong[] set, byte[] few, byte[]? many)
    {
        for (var i = 0; i < few.Length; i += 2)
        {
            var place = few[i] | (few[i + 1] << 8);
            set[place / 64] |= 1UL << (place % 64);
        }

        for (var i = 0; many is not null && i < Longs; i++)
            set[i] |= BitConverter.ToUInt64(many, i * 8);
    }
}
