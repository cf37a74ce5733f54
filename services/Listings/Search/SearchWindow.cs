using System.Numerics;
using System.Runtime.InteropServices;
using Platform;

namespace Listings.Search;

/// <summary>
/// The days and hours in which somebody wants to begin: dates of the place of the visit, both included, perhaps some weekdays and parts of the
/// day only. Mornings end before 12:00, evenings begin at 17:00.
/// </summary>
/// <param name="From">Days since 1970; null: the place's own today.</param>
/// <param name="To">Days since 1970; null: <paramref name="Length"/> days on.</param>
/// <param name="Length">Days after the first, when there is no <paramref name="To"/>.</param>
/// <param name="Parts">Bits for morning, afternoon and evening.</param>
/// <param name="Weekdays">Bits from Monday on.</param>
internal sealed record SearchWindow(int? From, int? To, int Length, int Parts, int Weekdays)
{
    public const int AllParts = 7, AllWeekdays = 127;
    public const int DayMinutes = 24 * 60;

    /// <summary>Morning, afternoon and evening.</summary>
    public const int DayParts = 3;

    private const int Noon = 12 * 60, Evening = 17 * 60;

    /// <summary>By weekday of bit 0, times 128, and weekdays asked for: the days of 64 that fall on one of them.</summary>
    private static readonly ulong[] Fallen = FallingOn();

    public static int PartOf(int minuteOfDay) => minuteOfDay < Noon ? 0 : minuteOfDay < Evening ? 1 : 2;

    public static int BeginOf(int part) => part switch { 0 => 0, 1 => Noon, _ => Evening };

    /// <summary>From Monday, 0.</summary>
    public static int WeekdayOf(int day) => (day + 3) % 7;

    public bool Has(int day, int part, int today)
    {
        var (first, last) = Range(today);
        return day >= first && day <= last && (Parts >> part & 1) != 0 && (Weekdays >> WeekdayOf(day) & 1) != 0;
    }

    /// <summary>The first and last day; what is before today does no harm, since it has passed.</summary>
    public (int First, int Last) Range(int today)
    {
        var first = From ?? today;
        return (first, To ?? first + Length);
    }

    /// <summary>The days of a set beginning with <paramref name="from"/> that lie in the window, whatever the part of the day.</summary>
    public ulong Mask(int from, int today)
    {
        var (first, last) = Range(today);
        return Between(first - from, last - from) & Falling(WeekdayOf(from), Weekdays);
    }

    /// <summary>The days, of a set beginning with a weekday, that fall on any of some weekdays.</summary>
    public static ulong Falling(int weekday, int weekdays) => Fallen[(weekday << 7) | weekdays];

    /// <summary>The days on which any of the parts is free that are asked for.</summary>
    public ulong Free(ulong mornings, ulong afternoons, ulong evenings) =>
        ((Parts & 1) != 0 ? mornings : 0) | ((Parts & 2) != 0 ? afternoons : 0) | ((Parts & 4) != 0 ? evenings : 0);

    /// <summary>Bits, from Monday on, of the weekdays that any day of a set beginning with <paramref name="from"/> falls on.</summary>
    public static int WeekdaysOf(ulong days, int from)
    {
        var weekdays = 0;
        for (var weekday = 1; weekday < AllWeekdays; weekday <<= 1)
            weekdays |= (days & Falling(WeekdayOf(from), weekday)) != 0 ? weekday : 0;
        return weekdays;
    }

    /// <summary>Bits from one to another, both included, as far as there are any.</summary>
    public static ulong Between(int first, int last)
    {
        if (last < 0 || first > 63 || last < first)
            return 0;
        var upTo = last >= 63 ? ulong.MaxValue : (1UL << (last + 1)) - 1;
        return first <= 0 ? upTo : upTo & (ulong.MaxValue << first);
    }

    private static ulong[] FallingOn()
    {
        var falling = new ulong[7 << 7];
        for (var begin = 0; begin < 7; begin++)
        {
            for (var asked = 0; asked <= AllWeekdays; asked++)
            {
                for (var bit = 0; bit < 64; bit++)
                    falling[(begin << 7) | asked] |= (ulong)(asked >> ((begin + bit) % 7) & 1) << bit;
            }
        }

        return falling;
    }
}

/// <summary>One moment in the zones of the index's locations: each is worked out once for a search.</summary>
internal sealed class LocalClocks(DateTimeOffset now)
{
    private const int Unknown = int.MinValue;

    private static readonly NodaTime.LocalDate Epoch = new(1970, 1, 1);

    private int[] offsets = [];
    private readonly Dictionary<(int Day, int Zone), uint> days = [];

    public uint Now { get; } = Days.MinuteAt(now);

    /// <summary>Minutes by which a zone of <see cref="Register.Zones"/> is ahead of UTC at that moment.</summary>
    public int Offset(int zone)
    {
        if (zone >= offsets.Length)
        {
            var known = offsets.Length;
            Array.Resize(ref offsets, Math.Max(zone + 1, 64));
            offsets.AsSpan(known).Fill(Unknown);
        }

        if (offsets[zone] == Unknown)
            offsets[zone] = (int)Zones.ToLocal(now, Register.Zones[zone]).Offset.TotalMinutes;
        return offsets[zone];
    }

    /// <summary>The date there, in days since 1970.</summary>
    public int Today(int zone) => ((int)Now + Offset(zone)) / SearchWindow.DayMinutes;

    /// <summary>When a day begins in a zone, in minutes since 1970.</summary>
    public uint BeginOfDay(int day, int zone)
    {
        ref var begin = ref CollectionsMarshal.GetValueRefOrAddDefault(days, (day, zone), out var known);
        return known ? begin : begin = (uint)(Epoch.PlusDays(day).AtStartOfDayInZone(Zones.Get(Register.Zones[zone])).ToInstant().ToUnixTimeSeconds() / 60);
    }
}
