using NodaTime;

namespace Availability;

/// <summary>
/// A stretch as a clock on the wall shows it, in no zone yet: working hours of one day, or time off. <paramref name="From"/> belongs to it,
/// <paramref name="To"/> does not.
/// </summary>
public readonly record struct LocalRange(LocalDateTime From, LocalDateTime To)
{
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
