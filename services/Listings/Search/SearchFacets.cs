using System.Numerics;

namespace Listings.Search;

/// <summary>
/// Counts, for every value of every filter, whom a search would find with that value instead of those chosen in the same filter: of each block of
/// spots those who miss none of the filters count for all values, those who miss one for its values alone.
/// </summary>
internal sealed class SearchFacets(SearchFilter filter)
{
    private static readonly Kind[] Shown =
    [
        Kinds.Lineage, Kinds.Level, Kinds.Specialty, Kinds.Population, Kinds.Technique, Kinds.Modality, Kinds.Licence, Kinds.Language, Kinds.Format, Kinds.Approach,
        Kinds.Gender, Kinds.Access, Kinds.SlidingScale, Kinds.AcceptsNew, Kinds.Verified,
    ];

    /// <summary>What a practitioner is counted for wherever they are found; the rest depends on the location.</summary>
    private static readonly Kind[] OfPersons = [.. Shown.Except([Kinds.Format, Kinds.Access, Kinds.Verified])];

    private readonly FacetCounts counts = new();
    private readonly ulong[] today = new ulong[Bits.Words * 64];

    /// <summary>Being evidenced is a matter of the lineage: the two filters are judged together.</summary>
    private readonly (Kind Kind, CodeFilter[] Filters)[] filters = [.. filter.Codes.GroupBy(c => c.Kind == Kinds.Evidenced ? Kinds.Lineage : c.Kind).Select(g => (g.Key, g.ToArray()))];
    private readonly bool asksEvidence = filter.Codes.Any(c => c.Kind == Kinds.Evidenced);
    private readonly CodeFilter[] lineage = [.. filter.Codes.Where(c => c.Kind == Kinds.Lineage)];

    /// <summary>By filter, then by value, the most frequent first; values that find nobody are left out.</summary>
    /// <param name="parts">Of one tree, where to look.</param>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Count(IReadOnlyList<Node> parts)
    {
        var rest = new Stack<Node>(parts);
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

            var isInside = filter.Area.Holds(node.Box);
            for (var block = 0; block < node.Blocks; block++)
                Look(node, block, isInside);
        }

        counts.End();
        return Shown.ToDictionary(kind => kind.Name, counts.Of);
    }

    private void Look(Node leaf, int block, bool isInside)
    {
        var here = leaf.Everybody(block);
        var first = block * Block.Size;
        for (var left = isInside && filter.Words is null ? 0 : here; left != 0; left &= left - 1)
        {
            var i = first + BitOperations.TrailingZeroCount(left);
            ref readonly var spot = ref leaf.Spots[i];
            if (!filter.Area.Has(spot, filter.Area.SquareTo(spot)) || !filter.IsFound(leaf, i))
                here &= ~(left & (~left + 1));
        }

        var all = leaf.Columns[block];
        var codes = Today(leaf, first, here, all);
        var misses = new Misses(here, stackalloc ulong[filters.Length + 1]);
        for (var i = 0; i < filters.Length; i++)
        {
            var passing = here;
            foreach (var code in filters[i].Filters)
                passing &= code.Passing(codes);
            misses.Note(i, ~passing);
        }

        Span<ulong> formats = stackalloc ulong[Kinds.Format.Codes.Count];
        misses.Note(filters.Length, ~Formats(leaf, first, misses.AtMostOne, codes, formats));
        if (misses.AtMostOne != 0)
            Count(leaf, first, codes, misses, formats);
    }

    /// <summary>The sets without the codes of credentials that are not valid today.</summary>
    private Block Today(Node leaf, int first, ulong here, in Block codes)
    {
        var lapsed = here & leaf.Columns.Lapsed(first / Block.Size, filter.Day);
        if (lapsed == 0)
            return codes;
        codes.Sets.CopyTo(today);
        for (; lapsed != 0; lapsed &= lapsed - 1)
        {
            var i = BitOperations.TrailingZeroCount(lapsed);
            var held = PackedCredentials.On(filter.Day, leaf.PackedOf(first + i));
            foreach (var kind in Kinds.Dated)
            {
                var at = codes.At(kind, kind.Bit(0));
                for (var of = codes.CodesOf(kind); of != 0; of &= of - 1, at++)
                {
                    if ((held[kind.Word] & of & (~of + 1)) == 0)
                        today[at] &= ~(1UL << i);
                }
            }
        }

        return codes.With(today.AsSpan(0, codes.Sets.Length));
    }

    /// <summary>Who can be met in which format, and whose visits are what is asked for.</summary>
    private ulong Formats(Node leaf, int first, ulong here, in Block codes, Span<ulong> formats)
    {
        if (filter.Visits.IsFilter)
            return FormatsOfVisits(leaf, first, here, formats);
        var fitting = filter.AskedFormats == 0 ? here : 0;
        for (var format = 0; format < formats.Length; format++)
        {
            formats[format] = codes.WithAny(Kinds.Format, Kinds.Format.Bit(format));
            for (var left = format == (int)VisitFormat.HomeVisit ? formats[format] & here : 0; left != 0; left &= left - 1)
            {
                ref readonly var spot = ref leaf.Spots[first + BitOperations.TrailingZeroCount(left)];
                if (!filter.TravelsHere(spot, filter.Area.SquareTo(spot)))
                    formats[format] &= ~(left & (~left + 1));
            }

            fitting |= (filter.AskedFormats >> format & 1) != 0 ? formats[format] : 0;
        }

        return fitting;
    }

    private ulong FormatsOfVisits(Node leaf, int first, ulong here, Span<ulong> formats)
    {
        var fitting = 0UL;
        for (var left = here; left != 0; left &= left - 1)
        {
            var i = first + BitOperations.TrailingZeroCount(left);
            var had = filter.FormatsOf(leaf, i, filter.Area.SquareTo(leaf.Spots[i]));
            // As if any format were asked for: which of them can be had is what is counted.
            var found = Visits.Find(leaf.PackedOf(i), filter.Visits with { Formats = had }, had, filter.Clocks, false).Formats;
            var fits = filter.AskedFormats == 0 ? Visits.Find(leaf.PackedOf(i), filter.Visits, ~Packed.IntroductoryMark, filter.Clocks, false).Formats : found & filter.AskedFormats;
            fitting |= fits == 0 ? 0 : left & (~left + 1);
            for (var format = 0; format < formats.Length; format++)
                formats[format] |= (ulong)(found >> format & 1) << (i - first);
        }

        return fitting;
    }

    private void Count(Node leaf, int first, in Block codes, in Misses misses, Span<ulong> formats)
    {
        var (access, format) = (misses.But(IndexOf(Kinds.Access)), misses.But(filters.Length));
        for (var i = 0; i < formats.Length; i++)
            formats[i] &= format;
        var once = counts.AddOfLocations(leaf, first, codes, misses.Neither(IndexOf(Kinds.Access), filters.Length), access, formats);
        foreach (var kind in OfPersons)
        {
            var counted = misses.But(IndexOf(kind)) & once;
            if (kind == Kinds.Lineage && asksEvidence)
                counts.AddEvidenced(codes, counted);
            else
                counts.Add(kind, codes, counted);
        }

        // A training in the lineage asked for, in any when none is, is evidenced.
        var verified = misses.But(IndexOf(Kinds.Lineage)) & once;
        var asked = Kinds.Evidenced.All;
        foreach (var code in lineage)
        {
            verified &= code.Passing(codes);
            asked = code.Mask >> Kinds.Lineage.Shift << Kinds.Evidenced.Shift;
        }

        counts.Add(Kinds.Verified, 0, verified & codes.WithAny(Kinds.Evidenced, asked));
    }

    private int IndexOf(Kind kind) => Array.FindIndex(filters, f => f.Kind == kind);
}
