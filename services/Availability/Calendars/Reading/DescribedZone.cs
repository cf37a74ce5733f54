using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;

namespace Availability;

/// <summary>A zone that a file describes (RFC 5545 section 3.6.5): its clock is set at the onsets of its STANDARD and DAYLIGHT parts.</summary>
internal sealed class DescribedZone : DateTimeZone
{
    /// <summary>
    /// Onsets before it only tell the first offset: programs that do not care since when a rule holds write any date, the same for winter and summer.
    /// </summary>
    private static readonly LocalDateTime Since = new(1980, 1, 1, 0, 0);

    /// <summary>NodaTime needs a clock not to be set again before every zone in the world has seen the first time.</summary>
    private static readonly Duration Shortest = Duration.FromDays(2);

    /// <summary>The zone of a name that nobody knows: what is read in it is up to a day off.</summary>
    public static readonly DateTimeZone Unknown = new DescribedZone("unknown", [new ZoneInterval("unknown", null, null, Offset.Zero, Offset.Zero)]);

    private readonly ZoneInterval[] _intervals;

    private DescribedZone(string name, ZoneInterval[] intervals)
        : base(name, false, intervals.Min(i => i.WallOffset), intervals.Max(i => i.WallOffset)) => _intervals = intervals;

    public override ZoneInterval GetZoneInterval(Instant instant)
    {
        var (low, high) = (0, _intervals.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _intervals[middle].Start <= instant ? (middle, high) : (low, middle - 1);
        }

        return _intervals[low];
    }

    /// <summary>The zone as it is up to <paramref name="until"/>, or null if the description cannot be read or no clock could be like it.</summary>
    /// <exception cref="CalendarFormatException">The effort is used up.</exception>
    public static DescribedZone? Read(string name, CalendarComponent description, Instant until, Effort effort)
    {
        var onsets = new List<Onset>();
        foreach (var observance in description.Parts.Where(part => part.Name is "STANDARD" or "DAYLIGHT"))
        {
            if (!AddOnsets(onsets, observance, until, effort))
                return null;
        }

        if (onsets.Count == 0)
            return null;
        onsets.Sort((one, other) => one.At.CompareTo(other.At));

        var since = Since.InUtc().ToInstant();
        var intervals = new List<ZoneInterval>();
        var (begin, offset) = ((Instant?)null, onsets[0].From);
        foreach (var onset in onsets.TakeWhile(onset => onset.At <= until))
        {
            if (onset.At >= since && onset.To != offset)
            {
                if (begin + Shortest > onset.At)
                    return null;
                intervals.Add(new ZoneInterval(name, begin, onset.At, offset, Offset.Zero));
                begin = onset.At;
            }

            offset = onset.To;
        }

        intervals.Add(new ZoneInterval(name, begin, null, offset, Offset.Zero));
        return new DescribedZone(name, [.. intervals]);
    }

    private static bool AddOnsets(List<Onset> onsets, CalendarComponent observance, Instant until, Effort effort)
    {
        // Onsets are told in the time that they end (section 3.6.5).
        if (ReadOffset(observance.Line("TZOFFSETFROM")) is not { } from || ReadOffset(observance.Line("TZOFFSETTO")) is not { } to)
            return false;
        var before = DateTimeZone.ForOffset(from);
        if (observance.Line("DTSTART") is not { } line || CalendarTime.Parse(line.Value, before) is not { } start)
            return false;
        void Add(CalendarTime time) => onsets.Add(new Onset(time.Instant, from, to));
        Add(start);

        foreach (var text in observance.LinesOf("RRULE"))
        {
            if (RecurrenceRule.Parse(text.Value, before) is not { } rule)
                return false;
            foreach (var time in new RuleExpansion(rule, start, effort).Between(Since, until.InUtc().LocalDateTime))
                Add(time);
        }

        foreach (var value in observance.LinesOf("RDATE").SelectMany(dates => dates.Value.Split(',')))
        {
            effort.Spend();
            if (CalendarTime.Parse(value, before) is not { } time)
                return false;
            Add(time);
        }

        return true;
    }

    /// <summary>What is written as +0530, -0700 or +005328, or null if it is none of these or exceeds 18 hours.</summary>
    private static Offset? ReadOffset(ContentLine? line)
    {
        if (line?.Value is not ['+' or '-', .. { Length: 4 or 6 } digits] || !int.TryParse(digits.PadRight(6, '0'), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        var seconds = (number / 10_000 * 3_600) + (number / 100 % 100 * 60) + (number % 100);
        return seconds <= Offset.MaxValue.Seconds ? Offset.FromSeconds(line.Value[0] == '-' ? -seconds : seconds) : null;
    }

    private readonly record struct Onset(Instant At, Offset From, Offset To);
}
