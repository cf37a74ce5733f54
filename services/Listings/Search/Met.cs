namespace Listings.Search;

/// <summary>Practitioners that a search has met at one of their locations, by their numbers, and for what they were counted there. One search after the other uses the same.</summary>
internal sealed class Met
{
    private const int MostSpared = 1 << 16;
    private const ulong Marks = uint.MaxValue;

    private static Met? spare;

    /// <summary>Number and marks beside each other; 0 is an empty place. Searched from the number's place onwards.</summary>
    private ulong[] entries = new ulong[1 << 10];

    public int Count { get; private set; }

    public static Met Take() => Interlocked.Exchange(ref spare, null) ?? new Met();

    public void GiveBack()
    {
        if (entries.Length > MostSpared)
            return;
        Array.Clear(entries);
        Count = 0;
        spare = this;
    }

    /// <summary>Adds marks, at least one of 32; answers those that are new.</summary>
    public uint Add(int number, uint marks)
    {
        if (Count * 2 >= entries.Length)
            Grow();
        ref var entry = ref entries[PlaceOf(number)];
        if (entry == 0)
            Count++;
        var fresh = marks & ~(uint)(entry & Marks);
        entry = ((ulong)(uint)number << 32) | (entry & Marks) | marks;
        return fresh;
    }

    private int PlaceOf(int number)
    {
        var last = entries.Length - 1;
        var i = (int)((uint)number * 0x9E3779B1 >> 8) & last;
        while (entries[i] != 0 && entries[i] >> 32 != (uint)number)
            i = (i + 1) & last;
        return i;
    }

    private void Grow()
    {
        var before = entries;
        entries = new ulong[before.Length * 2];
        foreach (var entry in before)
        {
            if (entry != 0)
                entries[PlaceOf((int)(entry >> 32))] = entry;
        }
    }
}
