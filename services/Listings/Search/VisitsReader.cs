namespace Listings.Search;

/// <summary>One service at one location, as read.</summary>
internal ref struct Visit
{
    /// <summary>Its place among the location's visits.</summary>
    public int Index;
    public int Minutes;
    public int Formats;
    public uint Price;
    public int From;
    public ulong Mornings, Afternoons, Evenings;
    public StartsReader Starts;

    /// <summary>Read by <see cref="FirstStarts"/>.</summary>
    public ReadOnlySpan<byte> Firsts;

    public readonly ulong DaysOf(int part) => part switch { 0 => Mornings, 1 => Afternoons, _ => Evenings };
}

/// <summary>Reads the visits of a spot, past its credentials.</summary>
internal ref struct VisitsReader
{
    private readonly int count;
    private PackedReader packed;
    private int read;
    private int from = -1;
    private ulong mornings, afternoons, evenings;
    private ReadOnlySpan<byte> firsts;

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
        var how = times.Byte();
        if ((how & Packed.FromFollows) != 0)
            from = times.UShort();
        mornings = Set(ref times, how & 3, mornings, 0);
        afternoons = Set(ref times, how >> 2 & 3, afternoons, mornings);
        evenings = Set(ref times, how >> 4 & 3, evenings, afternoons);
        if ((how & Packed.FirstsFollow) != 0)
            firsts = times.Counted();
        visit.Firsts = firsts;
        (visit.From, visit.Mornings, visit.Afternoons, visit.Evenings) = (from, mornings, afternoons, evenings);
        if (hasShared)
        {
            var which = times.UShort();
            visit.Starts = new(shared, which, StartList.Beside(shared, times));
            return true;
        }

        hasShared = true;
        shared = StartList.First(times, from);
        visit.Starts = new(shared);
        return true;
    }

    private static ulong Set(ref PackedReader times, int how, ulong visitBefore, ulong partBefore) => how switch
    {
        Packed.Nothing => 0,
        Packed.AsVisitBefore => visitBefore,
        Packed.AsPartBefore => partBefore,
        _ => times.ULong(),
    };
}
