using NodaTime;

namespace Availability;

/// <summary>
/// A stretch as a clock on the wall shows it, in no zone yet: working hours of one day, or time off. <paramref name="From"/> belongs to it,
/// <paramref name="To"/> does not.
/// </summary>
public readonly record struct LocalRange(LocalDateTime From, LocalDateTime To)
{
    /// <summary>
    /// The same stretch in every year from its own on, as far as it touches the dates from <paramref name="first"/> to <paramref name="last"/>. In years
    /// without 29 February its first and its last day, where they are that day, are the 28th; only a stretch that began before and ends at some time
    /// of 29 February ends at that time on 1 March, so that it is never shorter than it was meant.
    /// </summary>
    public IEnumerable<LocalRange> EveryYear(LocalDate first, LocalDate last)
    {
        // It may reach over the end of a year, and is shorter than one.
        for (var year = Math.Max(From.Year, first.Year - 1); year <= last.Year; year++)
        {
            var range = InYear(year);
            if (range.On(first, last))
                yield return range;
        }
    }

    /// <summary>Whether any of it lies on these dates, both included.</summary>
    public bool On(LocalDate first, LocalDate last) => From.Date <= last && To > first.AtMidnight();

    private LocalRange InYear(int year)
    {
        var years = year - From.Year;
        var to = To.TimeOfDay == LocalTime.Midnight ? To.Date.PlusDays(-1).PlusYears(years).PlusDays(1).AtMidnight() : To.PlusYears(years);
        var isCutShort = To.TimeOfDay != LocalTime.Midnight && to.Day != To.Day && From.Date != To.Date;
        return new LocalRange(From.PlusYears(years), isCutShort ? to.PlusDays(1) : to);
    }

    /// <summary>
    /// From the first instant at which a wall clock in <paramref name="zone"/> shows <see cref="From"/> or more, until the last at which it shows
    /// less than <see cref="To"/>. So hours keep their wall times and may last an hour more or less in elapsed time; an edge that the clock jumps
    /// over stands at the jump, and one inside the repeated hour stands where it makes the stretch longer.
    /// </summary>
    public Stretch In(DateTimeZone zone)
    {
        var (from, to) = (WallClock.WallOf(From), WallClock.WallOf(To));
        var (begin, end) = new WallClock(zone, from - WallClock.Day, to + WallClock.Day).Stretch(from, to);
        return new Stretch(Instant.FromUnixTimeSeconds(begin), Instant.FromUnixTimeSeconds(end));
    }
}
