using System.Numerics;

namespace Listings.Search;

/// <summary>When a visit is free, by a clock. All edges are decided here, so that nothing has to be rewritten because time has passed.</summary>
internal static class Visits
{
    /// <summary>What the visits of a spot come to for a wish.</summary>
    /// <param name="formats">Bits of the formats that can be had, from where the search stands.</param>
    /// <param name="one">Whether it is enough to know that there is one.</param>
    public static VisitsFound Find(ReadOnlySpan<byte> packed, in VisitWish wish, int formats, LocalClocks clocks, bool wantsSoonest, bool one = false)
    {
        var reader = new VisitsReader(packed);
        var found = new VisitsFound(0, VisitsFound.None, VisitsFound.None);
        var earliest = clocks.Now + reader.NoticeMinutes;
        var inCurrency = wish.Currency is null || reader.Currency == wish.Currency;
        if (wish.MostPrice >= 0 && !inCurrency)
            return found;
        while (reader.Next(out var visit))
        {
            if (!wish.Counts(visit) || (visit.Formats & formats) == 0 || (wish.MostPrice >= 0 && visit.Price > wish.MostPrice))
                continue;
            var soonest = VisitsFound.None;
            var known = wantsSoonest || wish.Window is null ? null : IsFree(visit, wish.Window, earliest, clocks.Offset(reader.Zone), clocks.Now);
            if (wantsSoonest || (wish.Window is not null && known is null))
                soonest = Soonest(ref visit, wish.Window, earliest, reader.Zone, clocks);
            if (wish.Window is not null && (known == false || (known is null && soonest == VisitsFound.None)))
                continue;
            found = new(found.Formats | (visit.Formats & formats), Math.Min(found.Soonest, soonest), inCurrency ? Math.Min(found.Price, visit.Price) : found.Price);
            if (one)
                break;
        }

        return found;
    }

    /// <summary>The first start of all told, in minutes since 1970, whether it has passed or not.</summary>
    public static uint FirstTold(ReadOnlySpan<byte> packed)
    {
        var reader = new VisitsReader(packed);
        var first = VisitsFound.None;
        while (reader.Next(out var visit))
            first = visit.Starts.Next() ? Math.Min(first, visit.Starts.Minute) : first;
        return first;
    }

    /// <summary>No visit can begin sooner: the first start told that has not passed; where all of them have, now.</summary>
    public static uint NotBefore(ReadOnlySpan<byte> packed, LocalClocks clocks)
    {
        var reader = new VisitsReader(packed);
        var earliest = clocks.Now + reader.NoticeMinutes;
        var first = VisitsFound.None;
        while (reader.Next(out var visit))
        {
            var minute = VisitsFound.None;
            while (visit.Starts.Next() && (minute = visit.Starts.Minute) < earliest)
                minute = clocks.Now;
            first = Math.Min(first, minute);
        }

        return first;
    }

    /// <summary>
    /// Whether the visit can begin in the window, as far as the sets of days tell: all starts told to the minute are in them too. Null when it depends on
    /// days near the first that can still be booked, which are a day off where clocks are changed meanwhile.
    /// </summary>
    private static bool? IsFree(in Visit visit, SearchWindow window, uint earliest, int offsetNow, uint now)
    {
        var days = window.Mask(visit.Free.From, ((int)now + offsetNow) / SearchWindow.DayMinutes);
        var free = days & window.Free(visit.Free[0], visit.Free[1], visit.Free[2]);
        var first = (((int)earliest + offsetNow) / SearchWindow.DayMinutes) - visit.Free.From;
        if ((free & SearchWindow.Between(first + 2, 63)) != 0)
            return true;
        return (free & SearchWindow.Between(first - 1, 63)) == 0 ? false : null;
    }

    /// <summary>
    /// When the visit can first begin in the window. As far as the next starts are known one by one they alone decide; after them the first start of
    /// each part of a day does, or when that part begins where it was not told. Parts of which the first start has passed do not count.
    /// </summary>
    private static uint Soonest(ref Visit visit, SearchWindow? window, uint earliest, int zone, LocalClocks clocks)
    {
        var today = clocks.Today(zone);
        while (visit.Starts.Next())
        {
            if (visit.Starts.Minute < earliest)
                continue;
            if (window is null)
                return visit.Starts.Minute;
            var (day, at) = Math.DivRem(visit.Starts.LocalMinute, SearchWindow.DayMinutes);
            if (window.Has(day, SearchWindow.PartOf(at), today))
                return visit.Starts.Minute;
        }

        // No visit is told of that has no start.
        if (visit.Starts.Minute == 0)
            return VisitsFound.None;
        var (lastDay, lastAt) = Math.DivRem(visit.Starts.LocalMinute, SearchWindow.DayMinutes);
        var days = window?.Mask(visit.Free.From, today) ?? ulong.MaxValue;
        var soonest = VisitsFound.None;
        for (var part = 0; part < SearchWindow.DayParts; part++)
        {
            if (window is not null && (window.Parts >> part & 1) == 0)
                continue;
            var told = part > SearchWindow.PartOf(lastAt) ? lastDay : lastDay + 1;
            var left = visit.Free[part] & days & SearchWindow.Between(told - visit.Free.From, 63);
            for (; left != 0; left &= left - 1)
            {
                var day = visit.Free.From + BitOperations.TrailingZeroCount(left);
                var begin = clocks.BeginOfDay(day, zone);
                if (begin >= soonest)
                    break;
                var first = visit.Free.First(part, day);
                var start = begin + (uint)(first == Week.Unknown ? SearchWindow.BeginOf(part) : first);
                if (start < earliest)
                    continue;
                soonest = Math.Min(soonest, start);
                break;
            }
        }

        return soonest;
    }

    /// <summary>The lowest price of the visits that count, and the shortest visit it buys; null when there is none.</summary>
    public static PriceFrom? Cheapest(ReadOnlySpan<byte> packed, in VisitWish wish, int formats)
    {
        var reader = new VisitsReader(packed);
        PriceFrom? cheapest = null;
        while (reader.Next(out var visit))
        {
            if (wish.Counts(visit) && (visit.Formats & formats) != 0 && (cheapest is null || ((long)visit.Price, (int)visit.Minutes).CompareTo((cheapest.Amount, cheapest.Minutes)) < 0))
                cheapest = new(visit.Price, Register.Currencies[reader.Currency], visit.Minutes);
        }

        return cheapest;
    }
}
