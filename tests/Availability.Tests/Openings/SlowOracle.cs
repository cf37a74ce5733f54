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

            var origin = window.From - Duration.FromDays(3);
            var length = (int)(window.Until + Duration.FromDays(3) - origin).TotalMinutes;
            var wall = new LocalDateTime[length];
            for (var i = 0; i < length; i++)
                wall[i] = (origin + Duration.FromMinutes(i)).InZone(place.Zone).LocalDateTime;

            var open = new bool[length];
            var anchored = new bool[length];
            foreach (var range in Ranges(place, wall[0].Date, wall[^1].Date))
            {
                Mark(wall, range, open);
                for (var i = 0; i < length; i++)
                {
                    if (wall[i] >= range.From && wall[i] < range.To)
                        anchored[i] |= MinutesBetween(range.From, wall[i]) % t.StartIntervalMinutes == 0;
                }
            }

            var closed = new bool[length];
            foreach (var off in place.TimeOff)
                Mark(wall, off, closed);
            foreach (var busy in t.OutsideBusy)
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
                if (Period.DaysBetween(today, wall[i].Date) > t.HorizonDays || t.Claims.Count(c => c.On == wall[i].Date) >= (t.MaxPerDay ?? int.MaxValue))
                    continue;
                var busyFrom = at - Duration.FromMinutes(t.BufferBeforeMinutes);
                var busyUntil = at + Duration.FromMinutes(visit.Minutes) + Duration.FromMinutes(t.BufferAfterMinutes);
                if (t.Claims.Any(c => c.Busy.From < busyUntil && busyFrom < c.Busy.Until))
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

    private static long MinutesBetween(LocalDateTime from, LocalDateTime to) =>
        (to.ToDateTimeUnspecified() - from.ToDateTimeUnspecified()).Ticks / TimeSpan.TicksPerMinute;

    private static IEnumerable<LocalRange> Ranges(Workplace place, LocalDate first, LocalDate last)
    {
        for (var date = first; date <= last; date += Period.FromDays(1))
        {
            foreach (var weekly in place.Weekly)
            {
                if (weekly.Day == date.DayOfWeek)
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
    private static void Mark(LocalDateTime[] wall, LocalRange range, bool[] marks)
    {
        var first = Array.FindIndex(wall, w => w >= range.From);
        var last = Array.FindLastIndex(wall, w => w < range.To);
        for (var i = first; first >= 0 && i <= last; i++)
            marks[i] = true;
    }
}
