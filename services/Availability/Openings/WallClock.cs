using NodaTime;

namespace Availability;

/// <summary>
/// How the clock on the wall runs in a zone for a while: between two changes it keeps one distance from UTC. Instants are seconds since 1970 in UTC,
/// wall times the seconds since 1970 that they would be if the wall showed UTC. Everything comes from NodaTime's own transitions, none of which
/// since 2012 has left the five-minute grain.
/// </summary>
public readonly struct WallClock
{
    public const long Day = 24 * 60 * 60;

    private readonly Run[] _runs;

    /// <param name="from">First instant that will be asked about.</param>
    /// <param name="until">First that will not. Outside of the two, the first and last distance go on.</param>
    public WallClock(DateTimeZone zone, long from, long until)
    {
        var runs = new List<Run>(2);
        var interval = zone.GetZoneInterval(Instant.FromUnixTimeSeconds(from));
        var begin = long.MinValue / 2;
        while (interval.HasEnd && interval.End.ToUnixTimeSeconds() < until)
        {
            var end = interval.End.ToUnixTimeSeconds();
            runs.Add(new Run(begin, end, interval.WallOffset.Seconds));
            (begin, interval) = (end, zone.GetZoneInterval(interval.End));
        }

        runs.Add(new Run(begin, long.MaxValue / 2, interval.WallOffset.Seconds));
        _runs = [.. runs];
    }

    /// <summary>The stretches between changes, ascending.</summary>
    public ReadOnlySpan<Run> Runs => _runs;

    /// <summary>What the wall shows at an instant.</summary>
    public long Shows(long instant)
    {
        var i = _runs.Length - 1;
        while (instant < _runs[i].From)
            i--;
        return instant + _runs[i].Offset;
    }

    /// <summary>The same as a date and time with its offset.</summary>
    public DateTimeOffset At(long instant) => DateTimeOffset.FromUnixTimeSeconds(instant).ToOffset(TimeSpan.FromSeconds(Shows(instant) - instant));

    /// <summary>
    /// From the first instant at which the wall shows <paramref name="from"/> or more, until the last at which it shows less than
    /// <paramref name="to"/>; empty (the first not before the second) when the clock jumps over all of it.
    /// </summary>
    public (long From, long Until) Stretch(long from, long to)
    {
        var first = 0;
        while (from >= _runs[first].Until + _runs[first].Offset)
            first++;
        var last = _runs.Length - 1;
        while (to <= _runs[last].From + _runs[last].Offset)
            last--;
        return (Math.Max(_runs[first].From, from - _runs[first].Offset), Math.Min(_runs[last].Until, to - _runs[last].Offset));
    }

    /// <summary>
    /// Whether the wall shows all of a stretch in one run, a day or more from any change: then <paramref name="offset"/> is all there is between
    /// the two clocks, and nothing is shown twice.
    /// </summary>
    public bool IsSteady(long from, long to, out long offset)
    {
        foreach (var run in _runs)
        {
            offset = run.Offset;
            if (from - Day >= run.From + offset && to + Day <= run.Until + offset)
                return true;
        }

        offset = 0;
        return false;
    }

    public static long WallOf(LocalDateTime local) => (DayOf(local.Date) * Day) + (local.TickOfDay / NodaConstants.TicksPerSecond);

    /// <summary>Days since 1970.</summary>
    public static long DayOf(LocalDate date) => date.ToDateOnly().DayNumber - UnixEpoch;

    private static readonly int UnixEpoch = new DateOnly(1970, 1, 1).DayNumber;

    /// <param name="From">First instant of the run.</param>
    /// <param name="Until">First instant after it.</param>
    /// <param name="Offset">Seconds by which the wall is ahead of UTC.</param>
    public readonly record struct Run(long From, long Until, long Offset)
    {
        /// <summary>The instants of this run at which the wall shows <paramref name="from"/> or more and less than <paramref name="to"/>; may be empty.</summary>
        public (long From, long Until) Showing(long from, long to) => (Math.Max(From, from - Offset), Math.Min(Until, to - Offset));
    }
}
