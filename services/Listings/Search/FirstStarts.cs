using System.Numerics;
using Contracts;
using NodaTime;
using Platform;

namespace Listings.Search;

/// <summary>
/// The first start in each part of each day, as bytes: what is usual on a weekday, and the days on which it is another, mostly because that one is taken.
/// In minutes since the day began.
/// </summary>
internal sealed class FirstStarts
{
    public const int Unknown = -1;

    private const int Set = 64;

    /// <summary>First days told change each day, and are looked at in turn.</summary>
    private const int MostKept = 2_000;

    private readonly int[] firsts = new int[SearchWindow.DayParts * Set];
    private readonly Dictionary<(string, DateOnly), ulong> uneven = [];

    /// <summary>All of them are unknown where days were not told.</summary>
    public void Write(PackedWriter packed, VisitOpenings times, DateTimeZone zone)
    {
        Array.Fill(firsts, Unknown);
        foreach (var together in times.Days ?? [])
        {
            var changed = together.Days & Uneven(times.From, zone);
            foreach (var minutes in together.Minutes)
                Take(together.Days & ~changed, SearchWindow.PartOf(minutes), minutes);
            for (; changed != 0; changed &= changed - 1)
            {
                var begin = LocalDate.FromDateOnly(times.From).PlusDays(BitOperations.TrailingZeroCount(changed)).AtStartOfDayInZone(zone);
                foreach (var minutes in together.Minutes)
                    Take(changed & (~changed + 1), SearchWindow.PartOf((int)(begin.PlusMinutes(minutes).TickOfDay / NodaConstants.TicksPerMinute)), minutes);
            }
        }

        for (var part = 0; part < SearchWindow.DayParts; part++)
            Write(packed, firsts.AsSpan(part * Set, Set), Days.Of(times.From));
    }

    /// <param name="day">Of <see cref="Days"/>; <paramref name="from"/> is the first told.</param>
    public static int Of(PackedReader packed, int part, int day, int from)
    {
        var (weekday, bit) = (SearchWindow.WeekdayOf(day), day - from);
        while (true)
        {
            var (counts, first) = (packed.Varying(), Unknown);
            for (var usual = counts & 7; usual > 0; usual--)
                first = (packed.Byte() >> weekday & 1, (int)packed.Varying()) is (1, var minutes) ? minutes : first;
            for (var other = counts >> 3; other > 0; other--)
                first = (packed.Byte(), (int)packed.Varying()) is var (at, minutes) && at == bit ? minutes : first;
            if (part-- == 0)
                return first;
        }
    }

    /// <summary>Takes all of them into account.</summary>
    public static void Least(in Visit visit, EarliestStarts earliest)
    {
        var packed = new PackedReader(visit.Firsts);
        for (var part = 0; part < SearchWindow.DayParts; part++)
        {
            var counts = packed.Varying();
            for (var usual = counts & 7; usual > 0; usual--)
            {
                var (weekdays, minutes) = ((int)packed.Byte(), (int)packed.Varying());
                for (; weekdays != 0; weekdays &= weekdays - 1)
                    earliest.Take(BitOperations.TrailingZeroCount(weekdays), part, minutes);
            }

            for (var other = counts >> 3; other > 0; other--)
                earliest.Take(SearchWindow.WeekdayOf(visit.From + packed.Byte()), part, (int)packed.Varying());
            // It was not told when.
            for (var weekday = 0; weekday < 7 && counts == 0 && visit.DaysOf(part) != 0; weekday++)
                earliest.Take(weekday, part, 0);
        }
    }

    private void Take(ulong days, int part, int minutes)
    {
        for (; days != 0; days &= days - 1)
        {
            ref var first = ref firsts[(part * Set) + BitOperations.TrailingZeroCount(days)];
            first = first == Unknown ? minutes : first;
        }
    }

    private static void Write(PackedWriter packed, ReadOnlySpan<int> firsts, int from)
    {
        Span<int> usual = [Unknown, Unknown, Unknown, Unknown, Unknown, Unknown, Unknown];
        // The last of each weekday: furthest ahead least is taken.
        for (var bit = 0; bit < Set; bit++)
            usual[SearchWindow.WeekdayOf(from + bit)] = firsts[bit] == Unknown ? usual[SearchWindow.WeekdayOf(from + bit)] : firsts[bit];
        var (different, others) = (0, 0);
        for (var weekday = 0; weekday < usual.Length; weekday++)
            different += usual[weekday] != Unknown && !usual[..weekday].Contains(usual[weekday]) ? 1 : 0;
        for (var bit = 0; bit < Set; bit++)
            others += firsts[bit] != Unknown && firsts[bit] != usual[SearchWindow.WeekdayOf(from + bit)] ? 1 : 0;

        packed.Varying((uint)((others << 3) | different));
        for (var weekday = 0; weekday < usual.Length; weekday++)
        {
            if (usual[weekday] == Unknown || usual[..weekday].Contains(usual[weekday]))
                continue;
            var weekdays = 0;
            for (var same = weekday; same < usual.Length; same++)
                weekdays |= usual[same] == usual[weekday] ? 1 << same : 0;
            packed.Byte(weekdays);
            packed.Varying((uint)usual[weekday]);
        }

        for (var bit = 0; bit < Set; bit++)
        {
            if (firsts[bit] == Unknown || firsts[bit] == usual[SearchWindow.WeekdayOf(from + bit)])
                continue;
            packed.Byte(bit);
            packed.Varying((uint)firsts[bit]);
        }
    }

    /// <summary>The days of 64 on which clocks are changed.</summary>
    private ulong Uneven(DateOnly from, DateTimeZone zone)
    {
        if (uneven.TryGetValue((zone.Id, from), out var days))
            return days;
        var first = LocalDate.FromDateOnly(from);
        for (var bit = 0; bit < Set; bit++)
        {
            var (begin, end) = (first.PlusDays(bit).AtStartOfDayInZone(zone).ToInstant(), first.PlusDays(bit + 1).AtStartOfDayInZone(zone).ToInstant());
            days |= end - begin == Duration.FromDays(1) ? 0 : 1UL << bit;
        }

        if (uneven.Count == MostKept)
            uneven.Clear();
        uneven.Add((zone.Id, from), days);
        return days;
    }
}
