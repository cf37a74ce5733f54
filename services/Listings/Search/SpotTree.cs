namespace Listings.Search;

/// <summary>
/// A part of the tree of all spots: a leaf, or a branch that a plane divides in two. Nothing changes in a node that can be seen from a root
/// that has been published: whoever changes a spot makes the nodes on the way to it anew, so that a search reads one moment without a lock.
/// </summary>
internal sealed class Node
{
    /// <summary>Around all spots below.</summary>
    public Box Box = new();

    /// <summary>All bits of any spot below: where one that is asked for is missing, nobody needs to look.</summary>
    public Bits Any;
    public uint Soonest = uint.MaxValue;
    public int Count;

    /// <summary>Of a branch: spots with less than <see cref="Split"/> on <see cref="Axis"/> lie low, the others high.</summary>
    public Node? Low, High;
    public int Axis, Split;

    /// <summary>Of a leaf: its spots, the first <see cref="Count"/> of them, and their packed parts.</summary>
    public Spot[] Spots = [];
    public byte[] Bytes = [];
    public int BytesUsed;
    public int Number;

    /// <summary>The change that may still write here.</summary>
    public SpotChange? Owner;

    public bool IsLeaf => Low is null;

    /// <summary>The packed part of a spot, with up to three bytes more.</summary>
    public ReadOnlySpan<byte> PackedOf(int i) => Bytes.AsSpan(Spots[i].Offset, (i + 1 < Count ? Spots[i + 1].Offset : BytesUsed) - Spots[i].Offset);

    /// <summary>The leaf in whose part of space a point lies.</summary>
    public Node LeafAt(Point p)
    {
        var node = this;
        while (!node.IsLeaf)
            node = p.On(node.Axis) < node.Split ? node.Low! : node.High!;
        return node;
    }

    public bool Has(Guid id)
    {
        for (var i = 0; i < Count; i++)
        {
            if (Spots[i].Id == id)
                return true;
        }

        return false;
    }

    /// <summary>Makes this leaf an empty one, and answers one with all that was in it.</summary>
    public Node Emptied()
    {
        var all = new Node { Spots = Spots, Bytes = Bytes, Count = Count, BytesUsed = BytesUsed };
        (Spots, Bytes, Count, BytesUsed, Box, Any, Soonest) = ([], [], 0, 0, new Box(), default, uint.MaxValue);
        return all;
    }

    public void Note(in Spot spot)
    {
        Box.Add(Point.Of(spot));
        Any.Add(spot.Bits);
        Soonest = Math.Min(Soonest, spot.Soonest);
        Count++;
    }

    public void Sum(Node low, Node high)
    {
        (Low, High) = (low, high);
        Box = low.Box;
        Box.Add(high.Box);
        Any = low.Any;
        Any.Add(high.Any);
        Soonest = Math.Min(low.Soonest, high.Soonest);
        Count = low.Count + high.Count;
    }
}

/// <summary>
/// One change of the tree, be it one practitioner or the whole directory. It copies a node at its first touch and writes into the copy from then
/// on; <see cref="Publish"/> ends it. One change at a time.
/// </summary>
internal sealed class SpotChange(Node root, SpotDirectory directory)
{
    private const int MostSpots = 192;

    private readonly HashSet<Node> leaves = [];
    private Node root = root;

    /// <summary>Replaces all rows of a practitioner.</summary>
    public void Replace(Guid id, SpotWriter spots)
    {
        // Two ids may have the same hash: only where the practitioner really was is anything forgotten.
        var before = directory.LeavesOf(id).FindAll(leaf => root.LeafAt(directory.AnchorOf(leaf)).Has(id));
        foreach (var leaf in before)
            root = Without(root, directory.AnchorOf(leaf), id);
        for (var i = 0; i < spots.Count; i++)
            root = With(root, in spots[i], spots.PackedOf(i));
        directory.Keep(id, before, LeavesOf(spots));
    }

    /// <summary>The tree with all that was changed.</summary>
    public Node Publish()
    {
        foreach (var leaf in leaves)
        {
            Array.Resize(ref leaf.Spots, leaf.Count);
            Array.Resize(ref leaf.Bytes, leaf.BytesUsed);
            leaf.Owner = null;
        }

        leaves.Clear();
        return root;
    }

    private List<int> LeavesOf(SpotWriter spots)
    {
        var numbers = new List<int>(spots.Count);
        for (var i = 0; i < spots.Count; i++)
        {
            if (root.LeafAt(Point.Of(spots[i])).Number is var number && !numbers.Contains(number))
                numbers.Add(number);
        }

        return numbers;
    }

    private Node With(Node node, in Spot spot, ReadOnlySpan<byte> packed)
    {
        if (node.IsLeaf)
        {
            var leaf = Own(node);
            Append(leaf, spot, packed);
            return leaf.Count > MostSpots ? Divided(leaf) : leaf;
        }

        var branch = Own(node);
        var low = Point.Of(spot).On(node.Axis) < node.Split;
        if (low)
            branch.Low = With(branch.Low!, spot, packed);
        else
            branch.High = With(branch.High!, spot, packed);
        branch.Note(spot);
        return branch;
    }

    private Node Without(Node node, Point anchor, Guid id)
    {
        var own = Own(node);
        if (own.IsLeaf)
        {
            var all = own.Emptied();
            Append(own, all, i => all.Spots[i].Id != id);
        }
        else if (anchor.On(own.Axis) < own.Split)
        {
            own.Sum(Without(own.Low!, anchor, id), own.High!);
        }
        else
        {
            own.Sum(own.Low!, Without(own.High!, anchor, id));
        }

        return own;
    }

    /// <summary>Two leaves under a branch; the leaf itself when all its spots lie at one point.</summary>
    private Node Divided(Node leaf)
    {
        int[] axes = [.. ((int[])[0, 1, 2]).OrderByDescending(leaf.Box.Extent)];
        if (leaf.Box.Extent(axes[0]) == 0)
            return leaf;
        var axis = axes[0];
        int[] at = [.. leaf.Spots.Take(leaf.Count).Select(s => Point.Of(s).On(axis)).Order()];
        var middle = at[at.Length / 2];
        // What is equal to the plane lies high, so the plane must not go through the least.
        var split = middle > at[0] ? middle : at.First(value => value > at[0]);
        var (low, high) = (NewLeaf(), NewLeaf());
        Append(low, leaf, i => Point.Of(leaf.Spots[i]).On(axis) < split);
        Append(high, leaf, i => Point.Of(leaf.Spots[i]).On(axis) >= split);
        leaves.Remove(leaf);

        // The number stays with the side that its anchor is on.
        var (same, other) = directory.AnchorOf(leaf.Number).On(axis) < split ? (low, high) : (high, low);
        same.Number = leaf.Number;
        other.Number = directory.NewLeaf(Point.Of(other.Spots[0]));
        for (var i = 0; i < other.Count; i++)
        {
            ref readonly var moved = ref other.Spots[i];
            directory.Move(moved.Id, same.Number, other.Number, staysToo: moved.HasOthers && same.Has(moved.Id));
        }

        var branch = new Node { Axis = axis, Split = split, Owner = this };
        branch.Sum(low, high);
        return branch;
    }

    private Node NewLeaf()
    {
        var leaf = new Node { Owner = this };
        leaves.Add(leaf);
        return leaf;
    }

    private Node Own(Node node)
    {
        if (node.Owner == this)
            return node;
        var own = new Node
        {
            Box = node.Box,
            Any = node.Any,
            Soonest = node.Soonest,
            Count = node.Count,
            Low = node.Low,
            High = node.High,
            Axis = node.Axis,
            Split = node.Split,
            Spots = [.. node.Spots],
            Bytes = [.. node.Bytes],
            BytesUsed = node.BytesUsed,
            Number = node.Number,
            Owner = this,
        };
        if (own.IsLeaf)
            leaves.Add(own);
        return own;
    }

    private static void Append(Node leaf, Node from, Func<int, bool> which)
    {
        for (var i = 0; i < from.Count; i++)
        {
            if (which(i))
                Append(leaf, from.Spots[i], from.PackedOf(i));
        }
    }

    private static void Append(Node leaf, in Spot spot, ReadOnlySpan<byte> packed)
    {
        if (leaf.Count == leaf.Spots.Length)
            Array.Resize(ref leaf.Spots, Math.Max(8, leaf.Count * 3 / 2));
        var length = (packed.Length + 3) & ~3;
        if (leaf.BytesUsed + length > leaf.Bytes.Length)
            Array.Resize(ref leaf.Bytes, Math.Max(leaf.BytesUsed + length, leaf.Bytes.Length * 3 / 2));
        leaf.Spots[leaf.Count] = spot;
        leaf.Spots[leaf.Count].Offset = leaf.BytesUsed;
        packed.CopyTo(leaf.Bytes.AsSpan(leaf.BytesUsed));
        leaf.BytesUsed += length;
        leaf.Note(spot);
    }
}
