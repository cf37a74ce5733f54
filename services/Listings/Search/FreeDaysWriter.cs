using System.Numerics;
using Contracts;
using NodaTime;

namespace Listings.Search;

/// <summary>Writes what <see cref="FreeDays"/> reads.</summary>
/// <param name="weeks">Those of <see cref="Register"/>. Once it is full, what is not in it is written day by day.</param>
internal sealed class FreeDaysWriter(Register<Week> weeks)
{
    private const int Told = 64;

    /// <summary>First days told change each day, and are looked at in turn.</summary>
    private const int MostKept = 2_000;

    /// <summary>By part of the day, then day: when the first visit begins.</summary>
    private readonly int[,] firsts = new int[SearchWindow.DayParts, Told];
    private readonly int[,] usual = new int[SearchWindow.DayParts, Week.Weekdays];
    private readonly Dictionary<(string, DateOnly), ulong> uneven = [];

    public void Write(PackedWriter packed, VisitOpenings told, DateTimeZone zone)
    {
        Find(told, zone);
        var (from, free) = (Days.Of(told.From), told.Mornings | told.Afternoons | told.Evenings);
        var (first, end) = (BitOperations.TrailingZeroCount(free), Told - BitOperations.LeadingZeroCount(free));
        FindUsual(from);
        var week = new Week((part, weekday) => usual[part, weekday]);
        var number = weeks.NumberOf(week);
        if (number < 0)
            week = Week.Empty;
        packed.UShort(from);
        packed.Varying((uint)(number + 1));
        packed.Byte(first);
        packed.Byte(end);
        for (var part = 0; part < SearchWindow.DayParts; part++)
        {
            for (var bit = first; bit < end; bit++)
            {
                if (firsts[part, bit] == week[part, SearchWindow.WeekdayOf(from + bit)])
                    continue;
                packed.Byte((part << 6) | bit);
                packed.Varying((uint)(firsts[part, bit] - Week.Nothing));
            }
        }
    }

    /// <summary>Of each weekday that of the last one on which anything begins: furthest ahead least is taken.</summary>
    private void FindUsual(int from)
    {
        for (var part = 0; part < SearchWindow.DayParts; part++)
        {
            for (var weekday = 0; weekday < Week.Weekdays; weekday++)
                usual[part, weekday] = Week.Nothing;
            for (var bit = 0; bit < Told; bit++)
            {
                if (firsts[part, bit] != Week.Nothing)
                    usual[part, SearchWindow.WeekdayOf(from + bit)] = firsts[part, bit];
            }
        }
    }

    private void Find(VisitOpenings told, DateTimeZone zone)
    {
        foreach (var (part, free) in (ReadOnlySpan<(int, ulong)>)[(0, told.Mornings), (1, told.Afternoons), (2, told.Evenings)])
        {
            for (var bit = 0; bit < Told; bit++)
                firsts[part, bit] = (free >> bit & 1) != 0 ? Week.Unknown : Week.Nothing;
        }

        foreach (var together in told.Days ?? [])
        {
            var changed = together.Days & Uneven(told.From, zone);
            foreach (var minutes in together.Minutes)
                Take(together.Days & ~changed, SearchWindow.PartOf(minutes), minutes);
            for (; changed != 0; changed &= changed - 1)
            {
                var begin = LocalDate.FromDateOnly(told.From).PlusDays(BitOperations.TrailingZeroCount(changed)).AtStartOfDayInZone(zone);
                foreach (var minutes in together.Minutes)
                    Take(changed & (~changed + 1), SearchWindow.PartOf((int)(begin.PlusMinutes(minutes).TickOfDay / NodaConstants.TicksPerMinute)), minutes);
            }
        }
    }

    /// <summary>Minutes come in their order: the first stays.</summary>
    private void Take(ulong days, int part, int minutes)
    {
        for (; days != 0; days &= days - 1)
        {
            ref var first = ref firsts[part, BitOperations.TrailingZeroCount(days)];
            first = first == Week.Unknown ? minutes : first;
        }
    }

    /// <summary>The days of 64 on which clocks are changed.</summary>
    private ulong Uneven(DateOnly from, DateTimeZone zone)
    {
        if (uneven.TryGetValue((zone.Id, from), out var days))
            return days;
        var first = LocalDate.FromDateOnly(from);
        for (var bit = 0; bit < Told; bit++)
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
