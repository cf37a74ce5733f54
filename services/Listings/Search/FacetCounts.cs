using System.Numerics;

namespace Listings.Search;

/// <summary>How many practitioners are counted for which code. Who could be met at several locations is counted once.</summary>
internal sealed class FacetCounts
{
    private const uint Counted = 1;

    private readonly int[] counts = new int[Bits.Words * 64];

    /// <summary>For what those were counted whose locations lie apart; of who has several at one point, which lie beside each other in their leaf, the last.</summary>
    private readonly Met met = Met.Take();
    private (int Number, uint Marks) last = (-1, 0);

    /// <summary>The most frequent first; values that find nobody are left out.</summary>
    public IReadOnlyDictionary<string, int> Of(Kind kind) => kind.Codes.Index()
        .Select(c => (c.Item, Count: counts[(kind.Word * 64) + kind.Shift + c.Index])).Where(c => c.Count > 0)
        .OrderByDescending(c => c.Count).ThenBy(c => c.Item, StringComparer.Ordinal).ToDictionary(c => c.Item, c => c.Count);

    /// <summary>Nothing is added any more.</summary>
    public void End() => met.GiveBack();

    /// <summary>Adds spots to each code of a kind that they have.</summary>
    public void Add(Kind kind, in Block codes, ulong spots)
    {
        var at = codes.At(kind, kind.Bit(0));
        for (var left = codes.CodesOf(kind); left != 0; left &= left - 1, at++)
            counts[(kind.Word * 64) + BitOperations.TrailingZeroCount(left)] += BitOperations.PopCount(codes.Sets[at] & spots);
    }

    public void Add(Kind kind, int code, ulong spots) => counts[(kind.Word * 64) + kind.Shift + code] += BitOperations.PopCount(spots);

    /// <summary>Adds spots to each lineage in which a training is evidenced.</summary>
    public void AddEvidenced(in Block codes, ulong spots)
    {
        for (var i = 0; i < Kinds.Lineage.Codes.Count; i++)
            Add(Kinds.Lineage, i, codes.WithAny(Kinds.Lineage, Kinds.Lineage.Bit(i)) & codes.WithAny(Kinds.Evidenced, Kinds.Evidenced.Bit(i)) & spots);
    }

    /// <summary>Adds what depends on the location. Answers at which spots practitioners are met who were not met before.</summary>
    /// <param name="spots">Where they are met.</param>
    /// <param name="access">Where they are counted for each access feature.</param>
    /// <param name="formats">Where for each format.</param>
    public ulong AddOfLocations(Node leaf, int first, in Block codes, ulong spots, ulong access, ReadOnlySpan<ulong> formats)
    {
        var (apart, together) = (codes.WithAny(Kinds.Several, Kinds.Several.Bit(0)), codes.WithAny(Kinds.Several, Kinds.Several.Bit(1)));
        var several = apart | together;
        Span<uint> marks = stackalloc uint[Block.Size];
        marks.Clear();
        Mark(marks, spots & several, Counted);
        Add(Kinds.Access, codes, access & ~several);
        for (var left = (access & several) == 0 ? 0 : codes.CodesOf(Kinds.Access); left != 0; left &= left - 1)
            Mark(marks, codes.WithAny(Kinds.Access, left & (~left + 1)) & access & several, Counted << 1 << BitOperations.TrailingZeroCount(left >> Kinds.Access.Shift));
        for (var format = 0; format < formats.Length; format++)
        {
            Add(Kinds.Format, format, formats[format] & ~several);
            Mark(marks, formats[format] & several, Counted << 1 << (Kinds.Access.Codes.Count + format));
        }

        var news = ~several;
        for (var left = several; left != 0; left &= left - 1)
        {
            var i = BitOperations.TrailingZeroCount(left);
            if (marks[i] == 0)
                continue;
            var number = leaf.Columns.NumberOf(first + i);
            var fresh = (together >> i & 1) != 0 ? AddTogether(number, marks[i]) : met.Add(number, marks[i]);
            news |= (ulong)(fresh & Counted) << i;
            for (fresh >>= 1; fresh != 0; fresh &= fresh - 1)
            {
                var code = BitOperations.TrailingZeroCount(fresh);
                if (code < Kinds.Access.Codes.Count)
                    Add(Kinds.Access, code, 1);
                else
                    Add(Kinds.Format, code - Kinds.Access.Codes.Count, 1);
            }
        }

        return news;
    }

    private uint AddTogether(int number, uint marks)
    {
        if (last.Number != number)
            last = (number, 0);
        var fresh = marks & ~last.Marks;
        last.Marks |= marks;
        return fresh;
    }

    private static void Mark(Span<uint> marks, ulong spots, uint mark)
    {
        for (; spots != 0; spots &= spots - 1)
            marks[BitOperations.TrailingZeroCount(spots)] |= mark;
    }
}
