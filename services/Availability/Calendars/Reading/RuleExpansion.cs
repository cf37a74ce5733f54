using NodaTime;

namespace Availability;

/// <summary>
/// The times that a recurrence rule yields after its start (RFC 5545 section 3.3.10), ascending on the wall of the start's zone. A period of the rule has units: its days, or only itself when it is a day or less. Every unit that the
/// limiting parts allow has the same times in it, so sets are counted and never built, however large they are. To be used once.
/// </summary>
internal sealed class RuleExpansion
{
    /// <summary>What it costs to find and to keep a time.</summary>
    private const int OneTime = 4;

    private readonly RecurrenceRule _rule;
    private readonly CalendarTime _origin;
    private readonly LocalDateTime _start;
    private readonly Effort _effort;
    private readonly RulePeriods _periods;
    private readonly RuleDayFilter _days;
    private readonly UnitTimes _times;
    private readonly List<LocalDateTime> _units = [];
    private long _left;

    public RuleExpansion(RecurrenceRule rule, CalendarTime start, Effort effort)
    {
        _rule = rule.CompletedBy(start);
        _origin = start;
        _start = start.Local;
        _effort = effort;
        _periods = new RulePeriods(_rule.Frequency, _rule.WeekStart);
        _days = new RuleDayFilter(_rule);
        _times = new UnitTimes(_rule);
        // The start is the first of the COUNT whether or not the rule would yield it.
        _left = rule.Count - 1 ?? long.MaxValue;
    }

    /// <summary>
    /// Both edges belong to it, on that same wall. Without COUNT nothing before <paramref name="from"/> costs anything.
    /// </summary>
    /// <exception cref="CalendarFormatException">The effort is used up.</exception>
    public IEnumerable<CalendarTime> Between(LocalDateTime from, LocalDateTime until)
    {
        // No wall is two days away from another: it is enough to look so far behind UNTIL.
        until = LocalDateTime.Min(until, _rule.Until?.Local.PlusDays(2) ?? until);
        var last = _periods.Of(until);
        var period = InStep(_rule.Count is null ? _periods.Of(from) : 0);
        while (period <= last && _left > 0)
        {
            var reached = FindUnits(period, from);
            foreach (var time in Times())
            {
                _effort.Spend(OneTime);
                if (time <= _start)
                    continue;
                if (time > until || _left-- <= 0)
                    yield break;
                if (time >= from && !_rule.HasEndedBefore(_origin with { Local = time }))
                    yield return _origin with { Local = time };
            }

            period = InStep(Math.Max(period + 1, _periods.Of(reached)));
        }
    }

    /// <summary>The first period from <paramref name="period"/> on that is a whole number of intervals after the start's.</summary>
    private long InStep(long period)
    {
        var first = _periods.Of(_start);
        var steps = (period - first + _rule.Interval - 1) / _rule.Interval;
        return first + (Math.Max(steps, 0) * _rule.Interval);
    }

    /// <summary>Finds the period's units that the rule allows. Those before <paramref name="from"/> are only counted, unless BYSETPOS needs them.</summary>
    /// <returns>When looking pays again: not before the end of the period, and later when nothing is allowed for a while.</returns>
    private LocalDateTime FindUnits(long period, LocalDateTime from)
    {
        _units.Clear();
        var unit = _periods.Begin(period);
        for (var end = _periods.Begin(period + 1); unit < end;)
        {
            _effort.Spend();
            if (NextAfterRefusal(unit) is { } next)
            {
                unit = next;
                continue;
            }

            var unitEnd = unit.PlusSeconds(_times.UnitLength);
            if (_rule.SetPositions.Length == 0 && unit > _start && unitEnd <= from)
                _left -= _times.Count;
            else
                _units.Add(unit);
            unit = unitEnd;
        }

        return unit;
    }

    /// <summary>Null when all limiting parts allow the unit, otherwise when the part that does not is worth asking again.</summary>
    private LocalDateTime? NextAfterRefusal(LocalDateTime unit)
    {
        if (!_days.AllowsMonth(unit.Month))
            return unit.Date.With(DateAdjusters.StartOfMonth).PlusMonths(1).AtMidnight();
        if (!_days.AllowsDay(unit.Date))
            return unit.Date.PlusDays(1).AtMidnight();
        if (_rule.Frequency >= Frequency.Hourly && !_rule.Hours.Allow(unit.Hour))
            return unit.With(TimeAdjusters.TruncateToHour).PlusHours(1);
        if (_rule.Frequency >= Frequency.Minutely && !_rule.Minutes.Allow(unit.Minute))
            return unit.With(TimeAdjusters.TruncateToMinute).PlusMinutes(1);
        if (_rule.Frequency == Frequency.Secondly && !_rule.Seconds.Allow(unit.Second))
            return unit.PlusSeconds(1);
        return null;
    }

    private IEnumerable<LocalDateTime> Times() =>
        _units.Count == 0 ? [] : _rule.SetPositions.Length == 0 ? AllTimes() : ChosenTimes();

    private IEnumerable<LocalDateTime> AllTimes()
    {
        foreach (var unit in _units)
        {
            for (var i = 0; i < _times.Count; i++)
                yield return _times.At(unit, i);
        }
    }

    /// <summary>Those of the period's set that BYSETPOS picks.</summary>
    private IEnumerable<LocalDateTime> ChosenTimes()
    {
        _effort.Spend(OneTime + _rule.SetPositions.Length);
        var size = (long)_units.Count * _times.Count;
        return _rule.SetPositions
            .Select(position => position > 0 ? position - 1 : size + position)
            .Where(index => index >= 0 && index < size)
            .Distinct()
            .Order()
            .Select(index => _times.At(_units[(int)(index / _times.Count)], (int)(index % _times.Count)));
    }
}
