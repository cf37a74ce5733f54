using NodaTime;

namespace Availability;

/// <summary>
/// Reads busy time out of a calendar feed (RFC 5545). Nothing of a feed is kept but stretches of time: not what events are called, nor who attends.
/// It is safe to give it anything, see <see cref="CalendarLimits"/>.
/// </summary>
public static class CalendarReader
{
    /// <summary>
    /// When the feed says its owner is busy. A time that cannot be read never counts as free: if it belongs to an event that takes time, the feed is
    /// refused. What cannot be read and could only make time free, such as an EXDATE, is passed over, and so is an event in an unknown zone that lies
    /// days away from the window.
    /// <list type="bullet">
    /// <item>Busy are events, unless cancelled, transparent or marked as free by Outlook, and VFREEBUSY periods but those of type FREE. Events without
    /// duration take no time. Declined ones are busy: who of the attendees the owner is cannot be known.</item>
    /// <item>DTSTART is always the first occurrence, whether or not it fits its rule. EXRULE, which RFC 5545 has dropped, is ignored.</item>
    /// <item>Local times are read as section 3.3.5 says: at a jump of the clock with the offset before it, in a repeated hour as the first of the two.</item>
    /// </list>
    /// </summary>
    /// <param name="text">One or more VCALENDAR objects, decoded.</param>
    /// <param name="window">Half-open, like what is returned.</param>
    /// <param name="home">Zone of dates and of times that name none.</param>
    /// <param name="isOurs">Whether events with that UID are our own and do not count.</param>
    /// <returns>Stretches inside of the window, ascending, which neither overlap nor touch.</returns>
    /// <exception cref="CalendarFormatException">It is no calendar, is broken off, has a busy time that cannot be read, or exceeds a limit.</exception>
    public static IReadOnlyList<Stretch> Busy(string text, Stretch window, DateTimeZone home, Func<string, bool> isOurs)
    {
        if (text.Length > CalendarLimits.Text)
            throw new CalendarFormatException("The calendar is too large.");

        var effort = new Effort(CalendarLimits.Effort);
        var events = new List<CalendarEvent>();
        var busy = new List<Stretch>();
        foreach (var calendar in CalendarComponent.Read(text))
        {
            // A year more, because descriptions of zones are read up to there and events last.
            var zones = new CalendarZones(calendar, home, window.Until + Duration.FromDays(366), effort);
            events.AddRange(calendar.PartsOf("VEVENT").Select(part => new CalendarEvent(part, zones)));
            Add(busy, FreeBusy(calendar, zones), window);
        }

        foreach (var series in events.Where(e => e.Uid is null || !isOurs(e.Uid)).GroupBy(e => e.Uid ?? (object)e))
            Add(busy, new EventSeries(series, effort).Busy(window), window);
        return Merge(busy);
    }

    /// <summary>The periods of VFREEBUSY components (section 3.6.4) that are not free.</summary>
    private static IEnumerable<Occurrence> FreeBusy(CalendarComponent calendar, CalendarZones zones) =>
        from component in calendar.PartsOf("VFREEBUSY")
        from line in component.LinesOf("FREEBUSY")
        where !"FREE".Equals(line.Parameter("FBTYPE"), StringComparison.OrdinalIgnoreCase)
        from period in line.Value.Split(',')
        select zones.Period(line, period) ?? throw new CalendarFormatException("A busy period cannot be read.");

    private static void Add(List<Stretch> busy, IEnumerable<Occurrence> occurrences, Stretch window)
    {
        foreach (var occurrence in occurrences)
        {
            var stretch = occurrence.Stretch;
            if (stretch.From >= stretch.Until)
                continue;
            if (!occurrence.Start.IsCertain && new Stretch(stretch.From - Duration.FromDays(1), stretch.Until + Duration.FromDays(1)).Overlaps(window))
                throw new CalendarFormatException("An event is in a time zone that is neither known nor described.");
            if (stretch.Overlaps(window))
                busy.Add(new Stretch(Instant.Max(stretch.From, window.From), Instant.Min(stretch.Until, window.Until)));
        }
    }

    private static List<Stretch> Merge(List<Stretch> stretches)
    {
        stretches.Sort((one, other) => one.From.CompareTo(other.From));
        var merged = new List<Stretch>();
        foreach (var stretch in stretches)
        {
            if (merged.Count > 0 && stretch.From <= merged[^1].Until)
                merged[^1] = new Stretch(merged[^1].From, Instant.Max(merged[^1].Until, stretch.Until));
            else
                merged.Add(stretch);
        }

        return merged;
    }
}
