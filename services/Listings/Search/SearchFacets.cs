using System.Numerics;

namespace Listings.Search;

/// <summary>Counts, for every value of every filter, whom a search would find with that value instead of those chosen in the same filter.</summary>
internal sealed class SearchFacets(SearchFilter filter)
{
    private static readonly Kind[] Shown =
    [
        Kinds.Lineage, Kinds.Level, Kinds.Specialty, Kinds.Population, Kinds.Technique, Kinds.Modality, Kinds.Licence, Kinds.Language, Kinds.Format, Kinds.Approach,
        Kinds.Gender, Kinds.Access, Kinds.SlidingScale, Kinds.AcceptsNew, Kinds.Verified,
    ];

    private const int MostSpared = 32_768;

    private readonly int[] counts = new int[Bits.Words * 64];
    private readonly CodeFilter[] codes = [.. filter.Codes];
    private readonly bool asksEvidence = filter.Codes.Any(c => c.Kind == Kinds.Evidenced);
    private readonly Bits plain = Plainly(filter);

    /// <summary>What was counted of those who could be met at several locations. One search of a thread after the other uses the same.</summary>
    private Dictionary<Guid, Bits> several = [];

    [ThreadStatic]
    private static Dictionary<Guid, Bits>? spare;

    /// <summary>By filter, then by value, the most frequent first; values that find nobody are left out.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Count(SearchIndex index)
    {
        (several, spare) = (spare ?? [], null);
        var rest = new Stack<Node>(filter.Words?.Few is { } few ? index.LeavesOf(few) : [index.Root]);
        while (rest.TryPop(out var node))
        {
            if (node.Count == 0 || filter.Area.Misses(node.Box))
                continue;
            if (!node.IsLeaf)
            {
                rest.Push(node.High!);
                rest.Push(node.Low!);
                continue;
            }

            for (var i = 0; i < node.Count; i++)
                Look(node, i);
        }

        several.Clear();
        spare = several.Capacity <= MostSpared ? several : null;
        return Shown.ToDictionary(kind => kind.Name, Values);
    }

    private IReadOnlyDictionary<string, int> Values(Kind kind) => kind.Codes.Index()
        .Select(c => (c.Item, Count: counts[(kind.Word * 64) + kind.Shift + c.Index])).Where(c => c.Count > 0)
        .OrderByDescending(c => c.Count).ThenBy(c => c.Item, StringComparer.Ordinal).ToDictionary(c => c.Item, c => c.Count);

    private void Look(Node leaf, int i)
    {
        ref readonly var spot = ref leaf.Spots[i];
        var square = filter.Area.SquareTo(spot);
        if (!filter.Area.Has(spot, square) || !filter.IsFound(spot))
            return;
        var bits = filter.BitsOf(leaf, i);
        if (!Missed(bits, out var missed))
            return;

        var formats = filter.FormatsOf(spot, square);
        if (filter.Visits.IsFilter)
        {
            // As if any format were asked for: which of them can be had is what is counted.
            var any = filter.Visits with { Formats = formats };
            var found = Visits.Find(leaf.PackedOf(i), any, formats, filter.Clocks, false);
            var without = filter.AskedFormats == 0 ? Visits.Find(leaf.PackedOf(i), filter.Visits, ~Packed.IntroductoryMark, filter.Clocks, false).Formats : found.Formats & filter.AskedFormats;
            Judge(spot, bits, missed, found.Formats, without != 0);
            return;
        }

        Judge(spot, bits, missed, formats, filter.AskedFormats == 0 || (formats & filter.AskedFormats) != 0);
    }

    /// <summary>The bits that are counted just as they are: those of all kinds shown, but for what depends on the search.</summary>
    private static Bits Plainly(SearchFilter filter)
    {
        var bits = new Bits();
        foreach (var kind in Shown)
            bits[kind.Word] |= kind.All;
        bits[Kinds.Format.Word] &= ~Kinds.Format.All;
        if (filter.Codes.Any(c => c.Kind == Kinds.Evidenced))
            bits[Kinds.Lineage.Word] &= ~Kinds.Lineage.All;
        return bits;
    }

    /// <summary>Whether at most one kind's filters are missed; the one that is.</summary>
    private bool Missed(in Bits bits, out Kind? missed)
    {
        missed = null;
        foreach (var code in codes)
        {
            // Being evidenced is a matter of the lineage: the two filters are judged together.
            var kind = code.Kind == Kinds.Evidenced ? Kinds.Lineage : code.Kind;
            if (code.Passes(bits) || missed == kind)
                continue;
            if (missed is not null)
                return false;
            missed = kind;
        }

        return true;
    }

    private void Judge(in Spot spot, in Bits bits, Kind? missed, int formats, bool formatFits)
    {
        if (!formatFits && missed is not null)
            return;
        missed ??= formatFits ? null : Kinds.Format;
        var counted = new Bits();
        for (var word = 0; word < Bits.Words; word++)
            counted[word] = bits[word] & plain[word];
        counted[Kinds.Format.Word] |= (ulong)formats << Kinds.Format.Shift;
        if (asksEvidence)
            counted[Kinds.Lineage.Word] |= bits[Kinds.Lineage.Word] & Kinds.Lineage.All & ((bits[Kinds.Evidenced.Word] & Kinds.Evidenced.All) >> Kinds.Evidenced.Shift << Kinds.Lineage.Shift);
        if (missed is not null)
        {
            var only = counted[missed.Word] & missed.All;
            counted = new Bits();
            counted[missed.Word] = only;
        }

        if ((missed is null || (missed == Kinds.Lineage && PassesLineage(bits))) && IsVerified(bits))
            counted[Kinds.Verified.Word] |= Kinds.Verified.All;
        Add(spot, counted);
    }

    private bool PassesLineage(in Bits bits)
    {
        foreach (var code in codes)
        {
            if (code.Kind == Kinds.Lineage && !code.Passes(bits))
                return false;
        }

        return true;
    }

    /// <summary>Whether a training in the lineage asked for, in any when none is, is evidenced.</summary>
    private bool IsVerified(in Bits bits)
    {
        var asked = Kinds.Evidenced.All;
        foreach (var code in codes)
        {
            if (code.Kind == Kinds.Lineage)
                asked = code.Mask >> Kinds.Lineage.Shift << Kinds.Evidenced.Shift;
        }

        return (bits[Kinds.Evidenced.Word] & asked) != 0;
    }

    private void Add(in Spot spot, Bits counted)
    {
        if (spot.HasOthers)
        {
            ref var known = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(several, spot.Id, out _);
            for (var word = 0; word < Bits.Words; word++)
                (known[word], counted[word]) = (known[word] | counted[word], counted[word] & ~known[word]);
        }

        for (var word = 0; word < Bits.Words; word++)
        {
            for (var left = counted[word]; left != 0; left &= left - 1)
                counts[(word * 64) + BitOperations.TrailingZeroCount(left)]++;
        }
    }
}
