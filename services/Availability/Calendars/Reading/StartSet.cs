using NodaTime;

namespace Availability;

/// <summary>
/// Starts by which occurrences are named, in EXDATE and RECURRENCE-ID (RFC 5545 sections 3.8.5.1 and 3.8.4.4). A time names what starts at that instant,
/// in whichever zone it is written; a date what starts on it; and of events that last whole days the date is all that counts.
/// </summary>
internal sealed class StartSet
{
    private readonly HashSet<Instant> _times = [];
    private readonly HashSet<LocalDate> _dates = [];
    private readonly HashSet<LocalDate> _datesOfTimes = [];

    /// <param name="starts">Null, or in a zone that nobody knows, names nothing.</param>
    public StartSet(IEnumerable<CalendarTime?> starts, Effort effort)
    {
        foreach (var start in starts)
        {
            effort.Spend();
            if (start is not { IsCertain: true } known)
                continue;
            if (known.IsDate)
            {
                _dates.Add(known.Local.Date);
                continue;
            }

            _times.Add(known.Instant);
            _datesOfTimes.Add(known.Local.Date);
        }
    }

    public bool Names(CalendarTime start) => _dates.Contains(start.Local.Date)
        || (start.IsDate ? _datesOfTimes.Contains(start.Local.Date) : _times.Contains(start.Instant));
}
