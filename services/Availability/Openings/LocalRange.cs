using NodaTime;
using NodaTime.TimeZones;

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
    public Stretch In(DateTimeZone zone) => new(Begin(zone.MapLocal(From)), End(zone.MapLocal(To)));

    /// <summary>
    /// The instants at which a visit may start: wall-clock steps of <paramref name="stepMinutes"/> from the beginning. A local time that does not
    /// exist has no instant, one that comes twice has two. In the order of the wall clock, which is not always that of the instants.
    /// </summary>
    public IEnumerable<(LocalDate On, Instant At)> Starts(DateTimeZone zone, int stepMinutes)
    {
        for (var local = From; local < To; local = local.PlusMinutes(stepMinutes))
        {
            var mapping = zone.MapLocal(local);
            if (mapping.Count > 0)
                yield return (local.Date, mapping.First().ToInstant());
            if (mapping.Count > 1)
                yield return (local.Date, mapping.Last().ToInstant());
        }
    }

    private static Instant Begin(ZoneLocalMapping from) => from.Count == 0 ? from.LateInterval.Start : from.First().ToInstant();

    private static Instant End(ZoneLocalMapping to) => to.Count switch
    {
        0 => to.LateInterval.Start,
        // The first time the wall shows the very beginning of the repeated hour, all that is earlier on the wall is over.
        2 when to.LateInterval.IsoLocalStart < to.LocalDateTime => to.Last().ToInstant(),
        _ => to.First().ToInstant(),
    };
}
