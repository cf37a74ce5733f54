using System.Numerics;

namespace Listings.Search;

/// <summary>What a visit must be like to count.</summary>
/// <param name="Formats">Bits of the formats asked for, 0 for any. Introductory calls count when online is among them, or a length is asked for.</param>
/// <param name="Minutes">0 for any length.</param>
/// <param name="MostPrice">In minor units; −1 for any.</param>
/// <param name="Currency">Number in <see cref="Register.Currencies"/> in which the price must be, −1 for one that nobody takes; null for any.</param>
/// <param name="Window">Null when it may be at any time or not at all.</param>
internal readonly record struct VisitWish(int Formats, int Minutes, long MostPrice, int? Currency, SearchWindow? Window)
{
    public bool IsFilter => Minutes != 0 || MostPrice >= 0 || Window is not null;

    public bool Counts(in Visit visit) =>
        ((visit.Formats & Packed.IntroductoryMark) == 0 || Minutes != 0 || (Formats & (1 << (int)VisitFormat.Online)) != 0) && (Minutes == 0 || visit.Minutes == Minutes);
}

/// <summary>What a location's visits come to, of those that count and meet the wish.</summary>
/// <param name="Formats">Bits of the formats that one of them can be had in; 0 when there is none.</param>
/// <param name="Soonest">When the first of them begins, in minutes since 1970. Beyond the starts told to the minute: when the part of the day begins.</param>
/// <param name="Price">The lowest, in the wish's currency.</param>
internal readonly record struct VisitsFound(int Formats, uint Soonest, uint Price)
{
    public const uint None = uint.MaxValue;
}

/// <summary>One service at one location, as read.</summary>
internal ref struct Visit
{
    /// <summary>Its place among the location's visits.</summary>
    public int Index;
    public byte Minutes;
    public byte Formats;
    public uint Price;
    public int From;
    public ulong Mornings, Afternoons, Evenings;
    public StartsReader Starts;
}

/// <summary>Reads the visits of a spot, past its credentials.</summary>
internal ref struct VisitsReader
{
    private readonly int count;
    private PackedReader packed;
    private int read;
    private int from = -1;
    private ulong mornings, afternoons, evenings;

    /// <summary>The starts of the first visit that has any.</summary>
    private StartList shared;
    private bool hasShared;

    public VisitsReader(ReadOnlySpan<byte> bytes)
    {
        packed = new(bytes);
        PackedCredentials.Skip(ref packed);
        Zone = packed.UShort();
        Currency = packed.Byte();
        NoticeMinutes = packed.Varying();
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
        visit.Minutes = packed.Byte();
        visit.Formats = packed.Byte();
        visit.Price = packed.Varying();
        var length = packed.Byte();
        if (length == 0)
            return true;

        var times = new PackedReader(packed.Take(length));
        var how = times.Byte();
        if ((how & Packed.FromFollows) != 0)
            from = times.UShort();
        mornings = Set(ref times, how & 3, mornings, 0);
        afternoons = Set(ref times, how >> 2 & 3, afternoons, mornings);
        evenings = Set(ref times, how >> 4 & 3, evenings, afternoons);
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
            if (wish.Window is not null || wantsSoonest)
                soonest = Soonest(ref visit, wish.Window, earliest, clocks.Offset(reader.Zone), clocks.Now);
            if (wish.Window is not null && soonest == VisitsFound.None)
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
        var first = VisitsFound.None;
        while (reader.Next(out var visit))
        {
            var minute = VisitsFound.None;
            while (visit.Starts.Next())
            {
                minute = visit.Starts.Minute >= clocks.Now + reader.NoticeMinutes ? visit.Starts.Minute : clocks.Now;
                if (minute != clocks.Now)
                    break;
            }

            first = Math.Min(first, minute);
        }

        return first;
    }

    /// <summary>
    /// When the visit can first begin in the window. As far as starts were told to the minute they alone decide; after them the sets of days do,
    /// of which a part of a day counts only when all of it can still be booked.
    /// </summary>
    private static uint Soonest(ref Visit visit, SearchWindow? window, uint earliest, int offsetNow, uint now)
    {
        var today = ((int)now + offsetNow) / SearchWindow.DayMinutes;
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
        var (cutDay, cutAt) = Math.DivRem((int)earliest + offsetNow, SearchWindow.DayMinutes);
        var days = window?.Mask(visit.From, today) ?? ulong.MaxValue;
        var first = int.MaxValue;
        for (var part = 0; part < 3; part++)
        {
            if (window is not null && (window.Parts >> part & 1) == 0)
                continue;
            var told = part > SearchWindow.PartOf(lastAt) ? lastDay : lastDay + 1;
            var live = SearchWindow.BeginOf(part) >= cutAt ? cutDay : cutDay + 1;
            var left = (part == 0 ? visit.Mornings : part == 1 ? visit.Afternoons : visit.Evenings) & days & SearchWindow.Between(Math.Max(told, live) - visit.From, 63);
            if (left != 0)
                first = Math.Min(first, ((visit.From + BitOperations.TrailingZeroCount(left)) * SearchWindow.DayMinutes) + SearchWindow.BeginOf(part));
        }

        return first == int.MaxValue ? VisitsFound.None : (uint)(first - offsetNow);
    }

    /// <summary>The starts of visits that count, told to the minute and still to be booked, soonest first: all of them, or those in the wish's window.</summary>
    /// <returns>With the place of their visit among the location's.</returns>
    public static List<(uint Minute, int Visit)> Starts(ReadOnlySpan<byte> packed, in VisitWish wish, int formats, LocalClocks clocks, bool inWindow)
    {
        var reader = new VisitsReader(packed);
        var starts = new List<(uint, int)>();
        var today = ((int)clocks.Now + clocks.Offset(reader.Zone)) / SearchWindow.DayMinutes;
        while (reader.Next(out var visit))
        {
            if (!wish.Counts(visit) || (visit.Formats & formats) == 0 || (wish.MostPrice >= 0 && (visit.Price > wish.MostPrice || (wish.Currency is not null && reader.Currency != wish.Currency))))
                continue;
            while (visit.Starts.Next())
            {
                var (day, at) = Math.DivRem(visit.Starts.LocalMinute, SearchWindow.DayMinutes);
                if (visit.Starts.Minute >= clocks.Now + reader.NoticeMinutes && (!inWindow || wish.Window is null || wish.Window.Has(day, SearchWindow.PartOf(at), today)))
                    starts.Add((visit.Starts.Minute, visit.Index));
            }
        }

        starts.Sort();
        return starts;
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
