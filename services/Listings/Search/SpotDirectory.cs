namespace Listings.Search;

/// <summary>
/// In which leaves of the tree a practitioner's rows lie, by their id. A leaf goes by a number and is found by its anchor, a point that always
/// lies in its part of space. One change at a time writes; searches read meanwhile.
/// </summary>
internal sealed class SpotDirectory
{
    private const ulong LeafBits = uint.MaxValue;

    /// <summary>Hash and leaf number + 1, beside each other; a leaf of 0 is where something was. Searched from the hash's place onwards.</summary>
    private ulong[] entries = new ulong[1 << 10];
    private Point[] anchors = new Point[64];
    private int used;
    private int leaves = 1;

    public Point AnchorOf(int leaf) => Volatile.Read(ref anchors)[leaf];

    /// <summary>The number of a new leaf.</summary>
    public int NewLeaf(Point anchor)
    {
        if (leaves == anchors.Length)
        {
            var larger = new Point[leaves * 2];
            anchors.CopyTo(larger, 0);
            Volatile.Write(ref anchors, larger);
        }

        anchors[leaves] = anchor;
        return leaves++;
    }

    /// <summary>Few; perhaps one too many, when two ids have the same hash.</summary>
    public List<int> LeavesOf(Guid id)
    {
        var found = new List<int>(2);
        var all = Volatile.Read(ref entries);
        var hash = HashOf(id);
        for (var i = PlaceOf(hash, all.Length); Volatile.Read(ref all[i]) is var entry && entry != 0; i = After(i, all))
        {
            if (entry >> 32 == hash && (entry & LeafBits) != 0 && !found.Contains((int)(entry & LeafBits) - 1))
                found.Add((int)(entry & LeafBits) - 1);
        }

        return found;
    }

    /// <summary>The leaves of a tree that hold any of these practitioners, each once.</summary>
    public IEnumerable<Node> LeavesOf(IEnumerable<Guid> ids, Node root) => ids.SelectMany(LeavesOf).Distinct().Select(leaf => root.LeafAt(AnchorOf(leaf))).Distinct();

    /// <summary>Notes that a practitioner has rows in a leaf.</summary>
    public void Add(Guid id, int leaf)
    {
        if (used * 8L > entries.Length * 7L)
            Grow();
        if (Put(entries, Entry(HashOf(id), leaf)))
            used++;
    }

    /// <summary>A practitioner has no more rows in a leaf that was noted.</summary>
    public void Forget(Guid id, int leaf)
    {
        var entry = Entry(HashOf(id), leaf);
        var i = PlaceOf(HashOf(id), entries.Length);
        while (entries[i] != entry)
            i = After(i, entries);
        Volatile.Write(ref entries[i], entry & ~LeafBits);
    }

    /// <summary>To three quarters full: little memory, and still few steps from an entry's place to an empty one.</summary>
    private void Grow()
    {
        var live = entries.Count(e => (e & LeafBits) != 0);
        var larger = new ulong[Math.Max(1 << 10, live * 4L / 3)];
        foreach (var entry in entries)
        {
            if ((entry & LeafBits) != 0)
                Put(larger, entry);
        }

        used = live;
        Volatile.Write(ref entries, larger);
    }

    /// <summary>Whether the place was empty, and not only one where something was.</summary>
    private static bool Put(ulong[] into, ulong entry)
    {
        var i = PlaceOf((uint)(entry >> 32), into.Length);
        while ((into[i] & LeafBits) != 0)
            i = After(i, into);
        var wasEmpty = into[i] == 0;
        Volatile.Write(ref into[i], entry);
        return wasEmpty;
    }

    private static ulong Entry(uint hash, int leaf) => ((ulong)hash << 32) | (uint)(leaf + 1);

    /// <summary>Never 0, so that a place where something was differs from an empty one.</summary>
    private static uint HashOf(Guid id) => (uint)(((ulong)(uint)id.GetHashCode() * 0x9E3779B97F4A7C15) >> 32) | 1;

    private static int After(int i, ulong[] all) => i + 1 == all.Length ? 0 : i + 1;

    private static int PlaceOf(uint hash, int length) => (int)((hash * (ulong)length) >> 32);
}
