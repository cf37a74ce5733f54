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
    public ushort Cheapest = ushort.MaxValue;

    /// <summary>The first of those who are so cheap.</summary>
    public Guid CheapestId;
    public int Count;

    /// <summary>Of a branch: spots with less than <see cref="Split"/> on <see cref="Axis"/> lie low, the others high.</summary>
    public Node? Low, High;
    public int Axis, Split;

    /// <summary>Of a leaf: its spots, the first <see cref="Count"/> of them, what they are compared by, and their packed parts.</summary>
    public Spot[] Spots = [];
    public Columns Columns = new([], default);
    public byte[] Bytes = [];
    public int BytesUsed;
    public int Number;

    /// <summary>Of a leaf that is shown: the zone, of <see cref="Register.Zones"/>, of all its spots; −1 when they are of several.</summary>
    public int Zone = -1;

    /// <summary>Of the change that may still write here, and while it may, in place of <see cref="Columns"/>.</summary>
    public object? Owner;
    public Row[] Rows = [];

    public bool IsLeaf => Low is null;

    /// <summary>Of a leaf: how many blocks its spots come to.</summary>
    public int Blocks => Block.Of(Count);

    /// <summary>Bits for the spots that a block has.</summary>
    public ulong Everybody(int block) => ulong.MaxValue >> Math.Max(0, ((block + 1) * Block.Size) - Count);

    /// <summary>The packed part of a spot, perhaps with a byte more.</summary>
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

    /// <summary>The same for a change, which may write into it.</summary>
    public Node CopyFor(object owner) => new()
    {
        Box = Box,
        Any = Any,
        Soonest = Soonest,
        Cheapest = Cheapest,
        CheapestId = CheapestId,
        Count = Count,
        Low = Low,
        High = High,
        Axis = Axis,
        Split = Split,
        Spots = [.. Spots],
        Rows = IsLeaf ? RowsAgain() : [],
        Bytes = [.. Bytes],
        BytesUsed = BytesUsed,
        Number = Number,
        Owner = owner,
    };

    /// <summary>Takes a practitioner's spots out of a leaf.</summary>
    public void Remove(Guid id)
    {
        var (count, end) = (Count, BytesUsed);
        (Count, BytesUsed, Box, Any, Soonest, Cheapest) = (0, 0, new Box(), default, uint.MaxValue, ushort.MaxValue);
        for (var i = 0; i < count; i++)
        {
            // Written at or before where it was read, so that nothing unread is overwritten.
            var packed = Bytes.AsSpan(Spots[i].Offset, (i + 1 < count ? Spots[i + 1].Offset : end) - Spots[i].Offset);
            if (Spots[i].Id != id)
                Append(Spots[i], Rows[i], packed);
        }
    }

    /// <summary>The rows of a leaf that has been sealed.</summary>
    private Row[] RowsAgain() => [.. Enumerable.Range(0, Count).Select(i => Columns.Row(i, Visits.FirstTold(PackedOf(i))))];

    public void Append(Node from, Func<int, bool> which)
    {
        for (var i = 0; i < from.Count; i++)
        {
            if (which(i))
                Append(from.Spots[i], from.Rows[i], from.PackedOf(i));
        }
    }

    public void Append(in Spot spot, in Row row, ReadOnlySpan<byte> packed)
    {
        if (Count == Spots.Length)
        {
            Array.Resize(ref Spots, Math.Max(8, Count * 3 / 2));
            Array.Resize(ref Rows, Spots.Length);
        }

        var length = (packed.Length + 1) & ~1;
        if (BytesUsed + length > Bytes.Length)
            Array.Resize(ref Bytes, Math.Max(BytesUsed + length, Bytes.Length * 3 / 2));
        Spots[Count] = spot;
        Rows[Count] = row;
        Spots[Count].Offset = BytesUsed;
        packed.CopyTo(Bytes.AsSpan(BytesUsed));
        BytesUsed += length;
        Note(spot, row);
    }

    /// <summary>Nothing is written here any more, and no room kept for it.</summary>
    public void Seal()
    {
        Array.Resize(ref Spots, Count);
        Array.Resize(ref Bytes, BytesUsed);
        Columns = new(Rows.AsSpan(0, Count), Any);
        Zone = Count == 0 ? -1 : ZoneOf(0);
        for (var i = 1; i < Count && Zone >= 0; i++)
            Zone = ZoneOf(i) == Zone ? Zone : -1;
        (Rows, Owner) = ([], null);
    }

    public void Note(in Spot spot, in Row row)
    {
        Box.Add(Point.Of(spot));
        Any.Add(row.Bits);
        Soonest = Math.Min(Soonest, row.Soonest);
        NoteCheapest(row.Cheapest, spot.Id);
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
        (Cheapest, CheapestId) = (low.Cheapest, low.CheapestId);
        NoteCheapest(high.Cheapest, high.CheapestId);
        Count = low.Count + high.Count;
    }

    private int ZoneOf(int i) => new VisitsReader(PackedOf(i)).Zone;

    private void NoteCheapest(ushort cheapest, Guid id)
    {
        if (cheapest < Cheapest || (cheapest == Cheapest && id.CompareTo(CheapestId) < 0))
            (Cheapest, CheapestId) = (cheapest, id);
    }
}
