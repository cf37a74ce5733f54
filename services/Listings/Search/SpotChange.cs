using System.Runtime.InteropServices;

namespace Listings.Search;

/// <summary>
/// One change of the tree, be it one practitioner or the whole directory. It copies a node at its first touch and writes into the copy from then
/// on; <see cref="Publish"/> ends it. One change at a time.
/// </summary>
internal sealed class SpotChange(Node root, SpotDirectory directory)
{
    private const int MostSpots = 192;

    /// <summary>Marks the nodes that it may write into.</summary>
    private readonly object owner = new();
    private readonly HashSet<Node> leaves = [];

    /// <summary>In which leaves those lay, and now lie, who have moved.</summary>
    private readonly Dictionary<Guid, (int[] Before, List<int> Now)> touched = [];

    /// <summary>The tree that the directory tells of.</summary>
    private Node before = root;
    private Node root = root;

    /// <summary>Replaces all rows of a practitioner.</summary>
    public void Replace(Guid id, SpotWriter spots)
    {
        var now = LeavesOf(id);
        foreach (var leaf in now)
            root = Without(root, directory.AnchorOf(leaf), id);
        for (var i = 0; i < spots.Count; i++)
            root = With(root, in spots[i], spots.RowOf(i), spots.PackedOf(i));
        now.Clear();
        now.AddRange(LeavesOf(spots));
        // Most often only what is said of them is new: then the directory has nothing to hear.
        var from = touched[id].Before;
        if (from.Length == now.Count && from.All(now.Contains))
            touched.Remove(id);
    }

    /// <summary>
    /// Shows the tree with all that was changed. Until then searches find everybody where they were: the directory hears of where they are just
    /// before, and forgets where they were just after.
    /// </summary>
    public void Publish(Action<Node> show)
    {
        foreach (var leaf in leaves)
            leaf.Seal();
        leaves.Clear();
        Settle(() => show(root));
    }

    /// <summary>For a tree and a directory that nobody reads yet: so far all is as it should be, and need not be remembered.</summary>
    public void Settle() => Settle(() => { });

    private void Settle(Action show)
    {
        foreach (var (id, (from, now)) in touched)
        {
            foreach (var leaf in now.Except(from))
                directory.Add(id, leaf);
        }

        show();
        foreach (var (id, (from, now)) in touched)
        {
            foreach (var leaf in from.Except(now))
                directory.Forget(id, leaf);
        }

        touched.Clear();
        before = root;
    }

    private List<int> LeavesOf(Guid id)
    {
        ref var moved = ref CollectionsMarshal.GetValueRefOrAddDefault(touched, id, out var known);
        if (!known)
        {
            // Two ids may have the same hash: only where the practitioner really was is anything forgotten.
            int[] from = [.. directory.LeavesOf(id).Where(leaf => before.LeafAt(directory.AnchorOf(leaf)).Has(id))];
            moved = (from, [.. from]);
        }

        return moved.Now;
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

    private Node With(Node node, in Spot spot, in Row row, ReadOnlySpan<byte> packed)
    {
        if (node.IsLeaf)
        {
            var leaf = Own(node);
            leaf.Append(spot, row, packed);
            return leaf.Count > MostSpots ? Divided(leaf) : leaf;
        }

        var branch = Own(node);
        var low = Point.Of(spot).On(node.Axis) < node.Split;
        if (low)
            branch.Low = With(branch.Low!, spot, row, packed);
        else
            branch.High = With(branch.High!, spot, row, packed);
        branch.Note(spot, row);
        return branch;
    }

    private Node Without(Node node, Point anchor, Guid id)
    {
        var own = Own(node);
        if (own.IsLeaf)
        {
            own.Remove(id);
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
        low.Append(leaf, i => Point.Of(leaf.Spots[i]).On(axis) < split);
        high.Append(leaf, i => Point.Of(leaf.Spots[i]).On(axis) >= split);
        leaves.Remove(leaf);

        // The number stays with the side that its anchor is on.
        var (same, other) = directory.AnchorOf(leaf.Number).On(axis) < split ? (low, high) : (high, low);
        same.Number = leaf.Number;
        other.Number = directory.NewLeaf(Point.Of(other.Spots[0]));
        for (var i = 0; i < other.Count; i++)
        {
            ref readonly var moved = ref other.Spots[i];
            Move(moved.Id, same.Number, other.Number, staysToo: other.Rows[i].Bits.Has(Kinds.Several) && same.Has(moved.Id));
        }

        var branch = new Node { Axis = axis, Split = split, Owner = owner };
        branch.Sum(low, high);
        return branch;
    }

    private void Move(Guid id, int from, int to, bool staysToo)
    {
        var now = LeavesOf(id);
        if (!staysToo)
            now.Remove(from);
        if (!now.Contains(to))
            now.Add(to);
    }

    private Node NewLeaf()
    {
        var leaf = new Node { Owner = owner };
        leaves.Add(leaf);
        return leaf;
    }

    private Node Own(Node node)
    {
        if (node.Owner == owner)
            return node;
        var own = node.CopyFor(owner);
        if (own.IsLeaf)
            leaves.Add(own);
        return own;
    }
}
