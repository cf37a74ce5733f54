using System.Runtime.CompilerServices;

namespace Listings.Search;

/// <summary>
/// The days of 64 on which a visit can begin, and when first in each part of them: as in somebody's usual week but on days that are otherwise, mostly because
/// a time is taken. Written by <see cref="FreeDaysWriter"/>.
/// </summary>
internal readonly ref struct FreeDays
{
    /// <summary>Null of a visit that is never free.</summary>
    private readonly Week? week;
    private readonly ReadOnlySpan<byte> otherwise;
    private readonly Parts days;

    public FreeDays(ReadOnlySpan<byte> written)
    {
        var packed = new PackedReader(written);
        From = packed.UShort();
        week = packed.Varying() is var number and > 0 ? Register.Weeks[(int)number - 1] : Week.Empty;
        var between = SearchWindow.Between(packed.Byte(), packed.Byte() - 1);
        var weekday = SearchWindow.WeekdayOf(From);
        for (var part = 0; part < SearchWindow.DayParts; part++)
            days[part] = between & SearchWindow.Falling(weekday, week.WeekdaysOf(part));
        for (otherwise = packed.Rest; !packed.Rest.IsEmpty;)
        {
            var (part, bit, minutes) = Next(ref packed);
            days[part] = minutes == Week.Nothing ? days[part] & ~(1UL << bit) : days[part] | (1UL << bit);
        }
    }

    /// <summary>The first day told, of <see cref="Days"/>.</summary>
    public int From { get; }

    /// <summary>Bits, from <see cref="From"/> on, of the days on which it can begin in a part of the day.</summary>
    public ulong this[int part] => days[part];

    /// <summary>When it first begins in a part of a day on which it does, in minutes since the day began, or <see cref="Week.Unknown"/>.</summary>
    /// <param name="day">Of <see cref="Days"/>.</param>
    public int First(int part, int day)
    {
        for (var packed = new PackedReader(otherwise); !packed.Rest.IsEmpty;)
        {
            if (Next(ref packed) is var (itsPart, bit, minutes) && itsPart == part && bit == day - From)
                return minutes;
        }

        return week![part, SearchWindow.WeekdayOf(day)];
    }

    /// <summary>Takes all of them into account.</summary>
    public void AddTo(EarliestStarts earliest)
    {
        if (week is null)
            return;
        for (var part = 0; part < SearchWindow.DayParts; part++)
        {
            for (var weekday = 0; weekday < Week.Weekdays; weekday++)
                earliest.Take(weekday, part, week[part, weekday]);
        }

        for (var packed = new PackedReader(otherwise); !packed.Rest.IsEmpty;)
        {
            var (part, bit, minutes) = Next(ref packed);
            earliest.Take(SearchWindow.WeekdayOf(From + bit), part, minutes);
        }
    }

    private static (int Part, int Bit, int Minutes) Next(ref PackedReader packed)
    {
        var at = packed.Byte();
        return (at >> 6, at & 63, (int)packed.Varying() + Week.Nothing);
    }

    [InlineArray(SearchWindow.DayParts)]
    private struct Parts
    {
        private ulong first;
    }
}
