namespace Listings.Search;

/// <summary>A practitioner found at one of their locations.</summary>
/// <param name="Key">By which the search sorts.</param>
/// <param name="Square">Of the distance; 0 without a point.</param>
internal readonly record struct Hit(long Key, long Square, Guid Id, Node Leaf, int Index)
{
    /// <summary>Of two locations of one practitioner the better one is shown, the nearer when they are alike.</summary>
    public bool Beats(in Hit other) => (Key, Square, Leaf.Spots[Index].Tag).CompareTo((other.Key, other.Square, other.Leaf.Spots[other.Index].Tag)) < 0;

    public bool ComesBefore(long key, Guid id) => Key < key || (Key == key && Id.CompareTo(id) < 0);
}

/// <summary>
/// The first so many of a search, in order and exact, read from one moment of the index. By distance the tree is walked outwards until nobody
/// nearer can be left; in other orders all who match are looked at.
/// </summary>
internal sealed class SearchRun(SearchFilter filter, int limit, Position? after, int countTo)
{
    private const int MostSpared = 4_096;

    private readonly PriorityQueue<Node, long> near = new();
    private readonly Stack<Node> rest = new();

    /// <summary>The best so far of those with one location, in order.</summary>
    private readonly List<Hit> best = [];

    /// <summary>The best location so far of everybody with several. One search of a thread after the other uses the same.</summary>
    private Dictionary<Guid, Hit> several = [];
    private int singles;

    [ThreadStatic]
    private static Dictionary<Guid, Hit>? spare;

    /// <summary>How many practitioners match; more than <paramref name="countTo"/> says no more than that.</summary>
    public int Count { get; private set; }

    private int CountSoFar => singles + several.Count;

    public List<Hit> Find(SearchIndex index)
    {
        (several, spare) = (spare ?? [], null);
        if (filter.Words?.Few is { } few)
            Look(index.LeavesOf(few));
        else if (filter.Order == SearchOrder.Distance)
            Outwards(index.Root);
        else
            Everywhere(index.Root);

        foreach (var hit in several.Values)
            Offer(hit);
        Count = CountSoFar;
        several.Clear();
        spare = several.Capacity <= MostSpared ? several : null;
        return best;
    }

    private void Look(IEnumerable<Node> leaves)
    {
        foreach (var leaf in leaves)
            Look(leaf);
    }

    private void Outwards(Node root)
    {
        near.Enqueue(root, 0);
        while (near.TryDequeue(out var node, out var nearest))
        {
            if (CountSoFar > countTo && best.Count == limit && nearest > best[^1].Key)
                return;
            if (filter.Misses(node))
                continue;
            if (node.IsLeaf)
            {
                Look(node);
                continue;
            }

            near.Enqueue(node.Low!, filter.Area.SquareTo(node.Low!.Box));
            near.Enqueue(node.High!, filter.Area.SquareTo(node.High!.Box));
        }
    }

    private void Everywhere(Node root)
    {
        rest.Push(root);
        while (rest.TryPop(out var node))
        {
            if (filter.Misses(node) || IsTooLate(node.Soonest, Guid.Empty))
                continue;
            if (node.IsLeaf)
            {
                Look(node);
                continue;
            }

            rest.Push(node.High!);
            rest.Push(node.Low!);
        }
    }

    private void Look(Node leaf)
    {
        for (var i = 0; i < leaf.Count; i++)
        {
            ref readonly var spot = ref leaf.Spots[i];
            if (!filter.PassesCodes(leaf, i))
                continue;
            var square = filter.Area.SquareTo(spot);
            if (!filter.Area.Has(spot, square) || IsTooLate(spot.Soonest, spot.Id) || !filter.PassesVisits(leaf, i, square, out var found))
                continue;
            Take(spot.HasOthers, new(filter.KeyOf(spot, square, found), square, spot.Id, leaf, i));
        }
    }

    /// <summary>
    /// Whether a start at the earliest would come after all that is shown, and nobody needs to be counted any more. Who has several locations may
    /// be kept with a later one only if it, too, comes too late to be shown.
    /// </summary>
    private bool IsTooLate(uint soonest, Guid id) =>
        filter.Order == SearchOrder.Soonest && best.Count == limit && CountSoFar > countTo && (soonest > best[^1].Key || (soonest == best[^1].Key && id.CompareTo(best[^1].Id) > 0));

    private void Take(bool hasOthers, in Hit hit)
    {
        if (hasOthers)
        {
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
        if (after is not null && !(hit.Key > after.Key || (hit.Key == after.Key && hit.Id.CompareTo(after.Id) > 0)))
            return;
        if (best.Count == limit && !hit.ComesBefore(best[^1].Key, best[^1].Id))
            return;
        var (low, high) = (0, best.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (hit.ComesBefore(best[middle].Key, best[middle].Id))
                high = middle;
            else
                low = middle + 1;
        }

        if (best.Count == limit)
            best.RemoveAt(limit - 1);
        best.Insert(low, hit);
    }
}
