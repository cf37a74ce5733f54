using NodaTime;
using NodaTime.TimeZones;

namespace Listings.Search;

/// <summary>
/// A visit's starts, told to the minute, soonest first. Visits of one location mostly begin at the same times, so those of the first are written once:
/// the others have a bit for each of them, and a list of what is left.
/// </summary>
internal ref struct StartsReader
{
    private StartList shared, own;
    private int which;
    private bool hasShared, hasOwn;

    /// <param name="which">Bits of the starts in <paramref name="shared"/> that are this visit's too.</param>
    public StartsReader(StartList shared, int which, StartList own)
    {
        this.shared = shared;
        this.which = which;
        this.own = own;
    }

    public StartsReader(StartList own) => this.own = own;

    /// <summary>Since 1970; 0 before the first.</summary>
    public uint Minute { get; private set; }

    /// <summary>The same by the clock of the place.</summary>
    public int LocalMinute { get; private set; }

    public bool Next()
    {
        if (!hasShared && which != 0)
            hasShared = NextShared();
        if (!hasOwn)
            hasOwn = own.Next();
        if (hasShared && (!hasOwn || shared.Minute < own.Minute))
        {
            (Minute, LocalMinute, hasShared) = (shared.Minute, shared.LocalMinute, false);
            return true;
        }

        if (!hasOwn)
            return false;
        (Minute, LocalMinute, hasOwn) = (own.Minute, own.LocalMinute, false);
        return true;
    }

    private bool NextShared()
    {
        var isOne = false;
        for (; which != 0 && !isOne; which >>= 1)
            isOne = shared.Next() && (which & 1) != 0;
        return isOne;
    }
}

/// <summary>Starts as they are written: each as its way from the one before, with the offset from UTC where that is another one.</summary>
internal ref struct StartList
{
    /// <summary>Ways are added in 31 bits and may go backwards: a visit may have a start before all those of the first.</summary>
    private const uint Minutes = int.MaxValue;

    private PackedReader packed;
    private int left;
    private int offset;

    private StartList(PackedReader packed, uint minute, int offset)
    {
        this.packed = packed;
        left = this.packed.Byte();
        (Minute, this.offset) = (minute, offset);
    }

    public uint Minute { get; private set; }

    public readonly int LocalMinute => (int)Minute + offset;

    /// <summary>The list of the first visit that has any.</summary>
    /// <param name="from">The first day told, of <see cref="Days"/>.</param>
    public static StartList First(PackedReader packed, int from) => new(packed, BeginOf(from), 0);

    /// <summary>What another visit has beside it.</summary>
    public static StartList Beside(StartList first, PackedReader packed)
    {
        first.Next();
        return new(packed, first.Minute, first.offset);
    }

    public bool Next()
    {
        if (left == 0)
            return false;
        left--;
        var way = packed.Varying();
        if ((way & 1) != 0)
            offset = packed.Short();
        Minute = (Minute + (way >> 1)) & Minutes;
        return true;
    }

    /// <summary>Writes the starts, soonest first and in minutes since 1970, of a visit that is the first that has any, or that has <paramref name="first"/>'s before it.</summary>
    /// <param name="from">The first day told.</param>
    public static void Write(PackedWriter packed, uint[] starts, uint[]? first, DateOnly from, DateTimeZone zone)
    {
        if (first is null)
        {
            Write(packed, starts, BeginOf(Days.Of(from)), null, zone);
            return;
        }

        packed.UShort(first.Index().Where(s => starts.Contains(s.Item)).Sum(s => 1 << s.Index));
        Write(packed, [.. starts.Except(first)], first[0], IntervalAt(first[0], zone), zone);
    }

    private static void Write(PackedWriter packed, uint[] starts, uint last, ZoneInterval? interval, DateTimeZone zone)
    {
        packed.Byte(starts.Length);
        foreach (var minute in starts)
        {
            // The lowest bit says that the offset from UTC follows, first of all and whenever the clocks have changed.
            var turns = interval?.Contains(InstantOf(minute)) != true;
            packed.Varying((((minute - last) & Minutes) << 1) | (turns ? 1U : 0));
            last = minute;
            if (!turns)
                continue;
            interval = IntervalAt(minute, zone);
            packed.Short(interval.WallOffset.Seconds / 60);
        }
    }

    private static ZoneInterval IntervalAt(uint minute, DateTimeZone zone) => zone.GetZoneInterval(InstantOf(minute));

    private static uint BeginOf(int day) => (uint)(Math.Max(0, day - 1) * SearchWindow.DayMinutes);

    private static Instant InstantOf(uint minute) => Instant.FromUnixTimeSeconds(minute * 60L);
}
