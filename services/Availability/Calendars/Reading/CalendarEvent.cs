using NodaTime;

namespace Availability;

/// <summary>A VEVENT (RFC 5545 section 3.6.1). Its times are read when they are asked for: those of an event that takes no time may be broken.</summary>
internal sealed class CalendarEvent(CalendarComponent component, CalendarZones zones)
{
    private Occurrence? _first;

    /// <summary>Null for an event that nothing else can refer to.</summary>
    public string? Uid { get; } = component.Line("UID")?.Value;

    /// <summary>Rises with each revision of the same event or occurrence; 0 when it is not told.</summary>
    public int Sequence { get; } = int.TryParse(component.Line("SEQUENCE")?.Value, out var sequence) ? sequence : 0;

    /// <summary>
    /// False for what is cancelled or marked as free. Whether its owner has declined is not asked: nobody here knows which of the attendees that is.
    /// </summary>
    public bool IsBusy { get; } =
        component.Line("STATUS")?.Says("CANCELLED") != true
        && component.Line("TRANSP")?.Says("TRANSPARENT") != true
        && component.Line("X-MICROSOFT-CDO-BUSYSTATUS")?.Says("FREE") != true;

    /// <summary>
    /// When the occurrence would have started that this one stands for. Null for an event of its own, and if that cannot be read: then both take time.
    /// </summary>
    public CalendarTime? Replaces { get; } = component.Line("RECURRENCE-ID") is { } line && zones.Time(line) is { IsCertain: true } time ? time : null;

    /// <summary>Whether all later occurrences are moved and changed alike.</summary>
    public bool ReplacesLaterToo { get; } = "THISANDFUTURE".Equals(component.Line("RECURRENCE-ID")?.Parameter("RANGE"), StringComparison.OrdinalIgnoreCase);

    /// <summary>The event itself, without its repetitions.</summary>
    /// <exception cref="CalendarFormatException">It cannot be read.</exception>
    public Occurrence First => _first ??= ReadFirst();

    /// <summary>The starts that the event leaves out. One that cannot be read is not left out.</summary>
    public StartSet Excluded(Effort effort) =>
        new(component.LinesOf("EXDATE").SelectMany(line => line.Value.Split(','), (line, value) => zones.Time(line, value)), effort);

    /// <summary>
    /// The event and its repetitions in no particular order, some perhaps twice. All that start between the edges, on the wall of the event's own zone,
    /// are among them; EXDATE is not applied.
    /// </summary>
    /// <exception cref="CalendarFormatException">They cannot be read, or the effort is used up.</exception>
    public IEnumerable<Occurrence> Occurrences(LocalDateTime from, LocalDateTime until, Effort effort)
    {
        yield return First;

        foreach (var line in component.LinesOf("RRULE"))
        {
            var rule = RecurrenceRule.Parse(line.Value, First.Start.Zone)
                ?? throw new CalendarFormatException("An event repeats by a rule that cannot be read.");
            foreach (var start in new RuleExpansion(rule, First.Start, effort).Between(from, until))
                yield return First with { Start = start };
        }

        foreach (var line in component.LinesOf("RDATE"))
        {
            foreach (var value in line.Value.Split(','))
            {
                effort.Spend();
                if (zones.Period(line, value) is { } period)
                    yield return period;
                else if (zones.Time(line, value) is { } start)
                    yield return First with { Start = LikeFirst(start) };
                else
                    throw new CalendarFormatException("An event repeats on a date that cannot be read.");
            }
        }
    }

    /// <summary>One of the event's starts: if it lasts whole days only the date counts, otherwise a bare date means its usual time.</summary>
    public CalendarTime LikeFirst(CalendarTime start) =>
        First.Start.IsDate == start.IsDate ? start
        : First.Start.IsDate ? new(start.Local.Date.AtMidnight(), true, First.Start.Zone)
        : First.Start with { Local = start.Local.Date + First.Start.Local.TimeOfDay };

    private Occurrence ReadFirst()
    {
        if (component.Line("DTSTART") is not { } startLine || zones.Time(startLine) is not { } start)
            throw new CalendarFormatException("An event has no start that can be read.");
        if (component.Line("DTEND") is { } endLine)
        {
            var end = zones.Time(endLine) ?? throw new CalendarFormatException("An event has an end that cannot be read.");
            return Between(start, end);
        }

        // A date alone lasts its day, a time alone no time (section 3.6.1).
        var alone = new CalendarDuration(start.IsDate ? 1 : 0, Duration.Zero);
        var length = component.Line("DURATION") is { } line ? CalendarDuration.Parse(line.Value) : alone;
        return new Occurrence(start, length ?? throw new CalendarFormatException("An event has a duration that cannot be read."));
    }

    private static Occurrence Between(CalendarTime start, CalendarTime end)
    {
        if (start.IsDate && end.IsDate)
        {
            // Some programs have an event end on the day on which it starts.
            var days = Period.DaysBetween(start.Local.Date, end.Local.Date);
            return new Occurrence(start, new(Math.Max(days, 1), Duration.Zero));
        }

        // Where it is unknown on which wall one is, the other is of no use.
        if (!end.IsCertain)
            start = start with { Zone = end.Zone };
        var elapsed = end.Instant - start.Instant;
        if (elapsed < Duration.Zero && end.Local < start.Local)
            throw new CalendarFormatException("An event ends before it starts.");
        // Elapsed time is what section 3.8.5.3 has every repetition keep. A clock set forward may leave none of it.
        return new Occurrence(start, new(0, Duration.Max(elapsed, Duration.Zero)));
    }
}
