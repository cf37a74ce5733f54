namespace Listings.Search;

/// <summary>One service at one location, as read.</summary>
internal ref struct Visit
{
    /// <summary>Its place among the location's visits.</summary>
    public int Index;
    public int Minutes;
    public int Formats;
    public uint Price;
    public FreeDays Free;
    public StartsReader Starts;
}

/// <summary>Reads the visits of a spot, past its credentials.</summary>
internal ref struct VisitsReader
{
    private readonly int count;
    private PackedReader packed;
    private int read;
    private FreeDays free;

    /// <summary>The starts of the first visit that has any.</summary>
    private StartList shared;
    private bool hasShared;

    public VisitsReader(ReadOnlySpan<byte> bytes)
    {
        packed = new(bytes);
        PackedCredentials.Skip(ref packed);
        (Zone, Currency, NoticeMinutes) = Register.Terms[(int)packed.Varying()];
        count = packed.Byte();
        Check = packed.UShort();
    }

    public int Zone { get; }
    public int Currency { get; }
    public uint NoticeMinutes { get; }

    /// <summary>Stands for which visits these are, in their order.</summary>
    public ushort Check { get; }

    public bool Next(out Visit visit)
    {
        visit = default;
        if (read == count)
            return false;
        visit.Index = read++;
        (visit.Minutes, visit.Formats, visit.Price) = Register.Offers[(int)packed.Varying()];
        var written = packed.Counted();
        if (written.IsEmpty)
            return true;

        var times = new PackedReader(written);
        if (times.Counted() is { IsEmpty: false } others)
            free = new(others);
        visit.Free = free;
        if (hasShared)
        {
            var which = times.UShort();
            visit.Starts = new(shared, which, StartList.Beside(shared, times));
            return true;
        }

        hasShared = true;
        shared = StartList.First(times, free.From);
        visit.Starts = new(shared);
        return true;
    }
}
