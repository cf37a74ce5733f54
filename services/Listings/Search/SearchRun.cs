using System.Numerics;

namespace Listings.Search;

/// <summary>Where somebody comes in the order of a search: by key, then by id.</summary>
internal readonly record struct Rank(long Key, Guid Id) : IComparable<Rank>
{
    /// <summary>Nobody comes after it.</summary>
    public static readonly Rank Last = new(long.MaxValue, Guid.AllBitsSet);

    public int CompareTo(Rank other) => Key == other.Key ? Id.CompareTo(other.Id) : Key.CompareTo(other.Key);
}

/// <summary>A practitioner found at one of their locations.</summary>
/// <param name="Key">By which the search sorts.</param>
/// <param name="Square">Of the distance; 0 without a point.</param>
internal readonly record struct Hit(long Key, long Square, Guid Id, Node Leaf, int Index)
{
    /// <summary>Of two locations of one practitioner the better one is shown, the nearer when they are alike.</summary>
    public bool Beats(in Hit other) => (Key, Square, Leaf.Spots[Index].Tag).CompareTo((other.Key, other.Square, other.Leaf.Spots[other.Index].Tag)) < 0;

    public Rank Rank => new(Key, Id);
}

/// <summary>
/// The first so many of a search, in order and exact, read from one moment of the index. Those parts of the tree come first that can hold the
/// nearest, the soonest or the cheapest, until nobody better can be left.
/// </summary>
internal sealed class SearchRun(SearchFilter filter, int limit, Position? after, int countTo)
{
    private const int MostSpared = 4_096;

    private readonly PriorityQueue<Node, Rank> queue = new();

    /// <summary>The best so far of those with one location, in order.</summary>
    private readonly List<Hit> best = [];

    /// <summary>The best location so far of everybody with several. One search of a thread after the other uses the same.</summary>
    private Dictionary<Guid, Hit> several = [];
    private int singles;

    /// <summary>Of a later page, who has several locations and comes before it by one of them.</summary>
    private readonly HashSet<int> passed = [];

    [ThreadStatic]
    private static Dictionary<Guid, Hit>? spare;

    /// <summary>How many practitioners match; more than <paramref name="countTo"/> says no more than that.</summary>
    public int Count { get; private set; }

    private int CountSoFar => singles + several.Count;

    /// <param name="parts">Of one tree, where to look.</param>
    public List<Hit> Find(IReadOnlyList<Node> parts)
    {
        (several, spare) = (spare ?? [], null);
        BestFirst(parts);
        foreach (var hit in several.Values)
        {
            if (!passed.Contains(NumberOf(hit)))
                Offer(hit);
        }

        Count = CountSoFar;
        several.Clear();
        spare = several.Capacity <= MostSpared ? several : null;
        return best;
    }

    private void BestFirst(IReadOnlyList<Node> parts)
    {
        foreach (var part in parts)
            queue.Enqueue(part, filter.Least(part));
        while (queue.TryDequeue(out var node, out var least))
        {
            if (IsTooLate(least.Key, least.Id))
                return;
            if (filter.Misses(node))
                continue;
            if (node.IsLeaf)
            {
                Look(node);
                continue;
            }

            queue.Enqueue(node.Low!, filter.Least(node.Low!));
            queue.Enqueue(node.High!, filter.Least(node.High!));
        }
    }

    private void Look(Node leaf)
    {
        var isPassed = after is not null && filter.MostKey(leaf) < after.Key;
        for (var block = 0; block < leaf.Blocks; block++)
        {
            var passing = filter.Passing(leaf, block);
            if (passing == 0)
                continue;
            var others = leaf.Columns[block].WithAny(Kinds.Several, Kinds.Several.All);
            // Of those who come before the page, only who could come again by another location is of interest.
            passing &= isPassed ? others : ulong.MaxValue;
            for (; passing != 0; passing &= passing - 1)
            {
                var bit = BitOperations.TrailingZeroCount(passing);
                Look(leaf, (block * Block.Size) + bit, hasOthers: (others >> bit & 1) != 0);
            }
        }
    }

    private void Look(Node leaf, int i, bool hasOthers)
    {
        ref readonly var spot = ref leaf.Spots[i];
        var least = filter.LeastKey(leaf, i);
        if (IsTooLate(least, spot.Id))
            return;
        var square = filter.Area.SquareTo(spot);
        if (!filter.Area.Has(spot, square) || !filter.Passes(leaf, i))
            return;
        least = Math.Max(least, filter.LeastKeyThere(leaf, i));
        if (IsTooLate(least, spot.Id))
            return;
        // Who cannot be shown is counted, and no more: by what key is all the same.
        var isBeyond = IsBeyond(least, spot.Id);
        if (filter.PassesVisits(leaf, i, square, out var found, one: isBeyond))
            Take(hasOthers, new(isBeyond ? least : filter.KeyOf(leaf, i, square, found), square, spot.Id, leaf, i));
    }

    /// <summary>
    /// Whether all that is shown comes before such a key, and nobody needs to be counted any more. Who has several locations may be kept with a
    /// worse one only if it, too, comes too late to be shown.
    /// </summary>
    private bool IsTooLate(long key, in Guid id) => CountSoFar > countTo && IsBeyond(key, id);

    /// <summary>Whether all that is shown comes before such a key.</summary>
    private bool IsBeyond(long key, in Guid id) => best.Count == limit && new Rank(key, id).CompareTo(best[^1].Rank) > 0;

    /// <summary>Whether it was on a page before, or would have been.</summary>
    private bool IsPassed(in Hit hit) => after is not null && hit.Rank.CompareTo(new(after.Key, after.Id)) <= 0;

    private static int NumberOf(in Hit hit) => hit.Leaf.Columns.NumberOf(hit.Index);

    private void Take(bool hasOthers, in Hit hit)
    {
        if (hasOthers)
        {
            if (IsTooLate(hit.Key, hit.Id))
                return;
            if (IsPassed(hit))
            {
                passed.Add(NumberOf(hit));
                return;
            }

            ref var known = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(several, hit.Id, out var exists);
            if (!exists || hit.Beats(known))
                known = hit;
            return;
        }

        singles++;
        Offer(hit);
    }

    private void Offer(in Hit hit)
    {
        if (IsPassed(hit))
            return;
        if (best.Count == limit && hit.Rank.CompareTo(best[^1].Rank) >= 0)
            return;
        var (low, high) = (0, best.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (hit.Rank.CompareTo(best[middle].Rank) < 0)
                high = middle;
            else
                low = middle + 1;
        }

        if (best.Count == limit)
            best.RemoveAt(limit - 1);
        best.Insert(low, hit);
    }
}
