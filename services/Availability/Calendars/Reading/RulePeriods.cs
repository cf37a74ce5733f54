using NodaTime;

namespace Availability;

/// <summary>
/// The periods that a frequency divides wall time into: years, months, weeks from a weekday on, days, hours, minutes or seconds. They are numbered
/// without gaps, so that a rule can go straight to any of them.
/// </summary>
internal readonly struct RulePeriods(Frequency frequency, IsoDayOfWeek weekStart)
{
    private static readonly LocalDateTime Epoch = new(1970, 1, 1, 0, 0);

    private readonly long _length = frequency switch
    {
        Frequency.Weekly => 7 * 86_400,
        Frequency.Daily => 86_400,
        Frequency.Hourly => 3_600,
        Frequency.Minutely => 60,
        _ => 1,
    };

    /// <summary>The first of January 1970 was a Thursday.</summary>
    private readonly long _shift = frequency == Frequency.Weekly ? (weekStart - IsoDayOfWeek.Thursday) * 86_400 : 0;

    /// <summary>The number of the period that a time lies in.</summary>
    public long Of(LocalDateTime time) => frequency switch
    {
        Frequency.Yearly => time.Year,
        Frequency.Monthly => (time.Year * 12) + time.Month - 1,
        _ => FloorDivide(CalendarTime.WallSecondsOf(time) - _shift, _length),
    };

    /// <summary>The first second of a period.</summary>
    public LocalDateTime Begin(long number) => frequency switch
    {
        Frequency.Yearly => new LocalDateTime((int)number, 1, 1, 0, 0),
        Frequency.Monthly => new LocalDateTime((int)(number / 12), (int)(number % 12) + 1, 1, 0, 0),
        _ => Epoch.PlusSeconds((number * _length) + _shift),
    };

    private static long FloorDivide(long number, long by) => (number - (((number % by) + by) % by)) / by;
}
