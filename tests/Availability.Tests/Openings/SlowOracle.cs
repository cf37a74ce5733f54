using NodaTime;

namespace Availability.Tests;

/// <summary>
/// The rules of offering once more, told minute by minute: what a clock on the wall shows at each minute, and nothing about transitions. Shares no
/// code with the engine but its inputs.
/// </summary>
internal static class SlowOracle
{
    public static IEnumerable<(Instant Start, Guid LocationId)> Starts(Timetable t, Visit visit, Stretch window, Instant now)
    {
        var found = new List<(Instant, Guid)>();
        foreach (var place in t.Workplaces)
        {
            if (!visit.LocationIds.Contains(place.LocationId))
                continue;

            // Hours that a start lies in began a day before it at the most, on the wall; a visit lasts three hours at the most.
            var origin = window.From - Duration.FromHours(28);
            var length = (int)(window.Until + Duration.FromHours(4) - origin).TotalMinutes;
            var dates = new LocalDate[length];
            var wall = new long[length];
            for (var i = 0; i < length; i++)
            {
                var shown = (origin + Duration.FromMinutes(i)).InZone(place.Zone).LocalDateTime;
                (dates[i], wall[i]) = (shown.Date, Minute(shown));
            }

            var open = new bool[length];
            var anchored = new bool[length];
            foreach (var range in Ranges(place, visit.ServiceId, dates[0].PlusDays(-1), dates[^1]))
            {
                Mark(wall, range, open);
                var (from, to) = (Minute(range.From), Minute(range.To));
                for (var i = 0; i < length; i++)
                    anchored[i] |= wall[i] >= from && wall[i] < to && (wall[i] - from) % t.StartIntervalMinutes == 0;
            }

            var closed = new bool[length];
            foreach (var off in place.TimeOff)
                Mark(wall, off, closed);
            foreach (var busy in t.OutsideBusy.Select(o => o.Busy))
            {
                for (var i = 0; i < length; i++)
                    closed[i] |= origin + Duration.FromMinutes(i) >= busy.From && origin + Duration.FromMinutes(i) < busy.Until;
            }

            var today = now.InZone(place.Zone).Date;
            for (var i = 0; i < length; i++)
            {
                var at = origin + Duration.FromMinutes(i);
                if (at < window.From || at >= window.Until || !anchored[i] || at - now < Duration.FromMinutes(t.MinimumNoticeMinutes))
                    continue;
                if (Period.DaysBetween(today, dates[i]) > t.HorizonDays || t.Claims.Count(c => c.On == dates[i]) >= (t.MaxPerDay ?? int.MaxValue))
                    continue;
                var busyFrom = at - Duration.FromMinutes(t.BufferBeforeMinutes);
                var busyUntil = at + Duration.FromMinutes(visit.Minutes) + Duration.FromMinutes(t.BufferAfterMinutes);
                if (t.Claims.Any(c => c.Busy.From - Way(t, c, place) < busyUntil && busyFrom < c.Busy.Until + Way(t, c, place)))
                    continue;
                if (t.Claims.Count(c => Monday(c.On) == Monday(dates[i])) >= (t.MaxPerWeek ?? int.MaxValue))
                    continue;
                var inside = true;
                for (var m = i; inside && m < i + visit.Minutes; m++)
                    inside = open[m] && !closed[m];
                if (inside)
                    found.Add((at, place.LocationId));
            }
        }

        return found;
    }

    /// <summary>
    /// A stretch in all years until 2032, found by looking at every day: its first day is the day of that name, its last the next such day after it,
    /// and 28 February goes by the name of the 29th where there is none.
    /// </summary>
    public static IEnumerable<LocalRange> EveryYear(LocalRange range)
    {
        var endsAtMidnight = range.To.TimeOfDay == LocalTime.Midnight;
        var lastDay = endsAtMidnight ? range.To.Date.PlusDays(-1) : range.To.Date;
        for (var day = range.From.Date; day.Year < 2032; day = day.PlusDays(1))
        {
            if (!IsCalled(day, range.From.Date))
                continue;
            var end = day;
            while (!IsCalled(end, lastDay))
                end = end.PlusDays(1);
            // Began before the missing day, and would have ended within it.
            if (!endsAtMidnight && lastDay is { Month: 2, Day: 29 } && end.Day == 28 && range.From.Date != lastDay)
                end = end.PlusDays(1);
            yield return new LocalRange(day + range.From.TimeOfDay, endsAtMidnight ? end.PlusDays(1).AtMidnight() : end + range.To.TimeOfDay);
        }
    }

    private static bool IsCalled(LocalDate day, LocalDate name) =>
        (day.Month == name.Month && day.Day == name.Day)
        || (name is { Month: 2, Day: 29 } && day is { Month: 2, Day: 28 } && day.PlusDays(1).Day == 1);

    private static Duration Way(Timetable t, ClaimedTime claim, Workplace to) => Duration.FromMinutes(claim.LocationId == to.LocationId ? 0 : t.TravelGapMinutes);

    private static LocalDate Monday(LocalDate date) => date.DayOfWeek == IsoDayOfWeek.Monday ? date : date.Previous(IsoDayOfWeek.Monday);

    /// <summary>What the wall shows, as a number that rises by one with each minute on the wall.</summary>
    private static long Minute(LocalDateTime shown) => shown.ToDateTimeUnspecified().Ticks / TimeSpan.TicksPerMinute;

    private static IEnumerable<LocalRange> Ranges(Workplace place, Guid serviceId, LocalDate first, LocalDate last)
    {
        for (var date = first; date <= last; date += Period.FromDays(1))
        {
            foreach (var weekly in place.Weekly)
            {
                if (weekly.Day == date.DayOfWeek && (weekly.OnlyFor?.Contains(serviceId) ?? true) && !(date < weekly.Since) && !(date >= weekly.Before))
                {
                    var end = date.At(weekly.To);
                    yield return new LocalRange(date.At(weekly.From), end > date.At(weekly.From) ? end : end + Period.FromDays(1));
                }
            }
        }

        foreach (var extra in place.ExtraHours)
            yield return extra;
    }

    /// <summary>Marks from the first minute that the wall shows <c>From</c> or more, to the last minute that it shows less than <c>To</c>.</summary>
    private static void Mark(long[] wall, LocalRange range, bool[] marks)
    {
        var (from, to) = (Minute(range.From), Minute(range.To));
        var first = Array.FindIndex(wall, w => w >= from);
        var last = Array.FindLastIndex(wall, w => w < to);
        for (var i = first; first >= 0 && i <= last; i++)
            marks[i] = true;
    }
}
