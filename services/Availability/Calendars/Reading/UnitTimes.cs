using NodaTime;

namespace Availability;

/// <summary>The times that every unit of a rule has: BYHOUR, BYMINUTE and BYSECOND as far as they are finer than the unit, combined.</summary>
internal readonly struct UnitTimes(RecurrenceRule rule)
{
    private static readonly int[] Whole = [0];

    private readonly int[] _hours = rule.Frequency <= Frequency.Daily ? rule.Hours : Whole;
    private readonly int[] _minutes = rule.Frequency <= Frequency.Hourly ? rule.Minutes : Whole;
    private readonly int[] _seconds = rule.Frequency <= Frequency.Minutely ? rule.Seconds : Whole;

    /// <summary>In seconds.</summary>
    public int UnitLength { get; } = rule.Frequency switch
    {
        Frequency.Secondly => 1,
        Frequency.Minutely => 60,
        Frequency.Hourly => 3_600,
        _ => 86_400,
    };

    public int Count => _hours.Length * _minutes.Length * _seconds.Length;

    /// <param name="unit">Where it begins.</param>
    /// <param name="index">From 0, in the order of time.</param>
    public LocalDateTime At(LocalDateTime unit, int index)
    {
        var (minutes, second) = Math.DivRem(index, _seconds.Length);
        var (hour, minute) = Math.DivRem(minutes, _minutes.Length);
        return unit.PlusSeconds((_hours[hour] * 3_600) + (_minutes[minute] * 60) + _seconds[second]);
    }
}
