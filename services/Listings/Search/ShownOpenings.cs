using System.Numerics;
using Contracts;
using Platform;

namespace Listings.Search;

/// <summary>
/// The times that results show: the first starts that match what was asked for and can still be booked, in the location's own time. Without a wish for
/// free time they are the next ones of all.
/// </summary>
/// <param name="filter">The search; its own moment may be that of its first page.</param>
/// <param name="clocks">The moment by which starts can still be booked.</param>
internal sealed class ShownOpenings(SearchFilter filter, LocalClocks clocks)
{
    private const int Most = 3;

    /// <summary>Of the next starts, which the index knows one by one.</summary>
    /// <returns>
    /// Each with the visit's place among the location's; none in the moment in which the visits have changed. Second, whether among those that the index does
    /// not know there may be some before them, or more.
    /// </returns>
    public (List<(uint Minute, int Visit)> Starts, bool MayBeOthers) Next(in Hit hit, CardPlace place)
    {
        var (starts, known) = (new List<(uint Minute, int)>(), uint.MaxValue);
        var reader = new VisitsReader(hit.Leaf.PackedOf(hit.Index));
        if (reader.Check != SpotWriter.CheckOf(place.Visits))
            return (starts, false);
        var (wish, formats, earliest, today) = (filter.Visits, filter.WantedFormats(hit), clocks.Now + reader.NoticeMinutes, filter.Clocks.Today(reader.Zone));
        while (reader.Next(out var visit))
        {
            if (!wish.Counts(visit, formats, reader.Currency))
                continue;
            var count = 0;
            for (; visit.Starts.Next(); count++)
            {
                var (day, at) = Math.DivRem(visit.Starts.LocalMinute, SearchWindow.DayMinutes);
                if (visit.Starts.Minute >= earliest && (wish.Window is null || wish.Window.Has(day, SearchWindow.PartOf(at), today)))
                    starts.Add((visit.Starts.Minute, visit.Index));
            }

            if (count == Packed.MostStarts)
                known = Math.Min(known, visit.Starts.Minute);
        }

        starts = First(starts);
        return (starts, wish.Window is not null && known != uint.MaxValue && (starts.Count < Most || starts[^1].Minute > known));
    }

    /// <summary>The same for a search with a window, of all that was told.</summary>
    public List<(uint Minute, int Visit)> OfAll(in Hit hit, CardPlace place, Openings openings)
    {
        var starts = new List<(uint, int)>();
        var reader = new VisitsReader(hit.Leaf.PackedOf(hit.Index));
        if (reader.Check != SpotWriter.CheckOf(place.Visits) || filter.Visits.Window is not { } window)
            return starts;
        var formats = filter.WantedFormats(hit);
        while (reader.Next(out var visit))
        {
            if (!filter.Visits.Counts(visit, formats, reader.Currency) || openings.Of(place.Location.Id, place.Visits[visit.Index].Id) is not { Days: not null } told)
                continue;
            var index = visit.Index;
            starts.AddRange(Starts(told, window, reader.Zone, clocks.Now + (uint)openings.NoticeMinutes).Take(Most).Select(minute => (minute, index)));
        }

        return First(starts);
    }

    public static IReadOnlyList<SearchPractitioners.Opening> Show(List<(uint Minute, int Visit)> starts, CardPlace place)
    {
        var zone = Zones.Get(place.Location.TimeZone);
        return [.. starts.Select(s => new SearchPractitioners.Opening(Zones.ToLocal(Days.InstantOf(s.Minute), zone), place.Visits[s.Visit].Id, place.Location.Id))];
    }

    private IEnumerable<uint> Starts(VisitOpenings told, SearchWindow window, int zone, uint earliest)
    {
        var from = Days.Of(told.From);
        for (var left = window.Free(told.Mornings, told.Afternoons, told.Evenings) & window.Mask(from, filter.Clocks.Today(zone)); left != 0; left &= left - 1)
        {
            var bit = BitOperations.TrailingZeroCount(left);
            var begin = clocks.BeginOfDay(from + bit, zone);
            // The clock on the wall shows how long it is since midnight, unless it is changed on this day.
            var isEven = clocks.BeginOfDay(from + bit + 1, zone) - begin == SearchWindow.DayMinutes;
            foreach (var minutes in told.Days!.Where(d => (d.Days >> bit & 1) != 0).SelectMany(d => d.Minutes))
            {
                var start = begin + (uint)minutes;
                var at = isEven ? minutes : (int)Zones.ToLocal(Days.InstantOf(start), Register.Zones[zone]).TimeOfDay.TotalMinutes;
                if (start >= earliest && (window.Parts >> SearchWindow.PartOf(at) & 1) != 0)
                    yield return start;
            }
        }
    }

    private static List<(uint Minute, int Visit)> First(List<(uint Minute, int Visit)> starts)
    {
        starts.Sort();
        return [.. starts.DistinctBy(s => s.Minute).Take(Most)];
    }
}
