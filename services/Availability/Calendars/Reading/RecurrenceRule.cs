using System.Globalization;
using NodaTime;

namespace Availability;

/// <summary>How often a rule begins a new period, the longest first.</summary>
internal enum Frequency
{
    Yearly,
    Monthly,
    Weekly,
    Daily,
    Hourly,
    Minutely,
    Secondly,
}

/// <summary>A weekday of BYDAY; with an ordinal only that one of its month or year, counted from the end when negative, with 0 each.</summary>
internal readonly record struct RuleDay(int Ordinal, IsoDayOfWeek Weekday);

/// <summary>A recurrence rule as written (RFC 5545 section 3.3.10). A part that is left out is an empty list.</summary>
internal sealed record RecurrenceRule
{
    private static readonly string[] Frequencies = ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"];

    private static readonly string[] Weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    public Frequency Frequency { get; private init; }

    public int Interval { get; private init; } = 1;

    public int? Count { get; private init; }

    public CalendarTime? Until { get; private init; }

    public IsoDayOfWeek WeekStart { get; private init; } = IsoDayOfWeek.Monday;

    public int[] Months { get; private init; } = [];

    public int[] WeekNumbers { get; private init; } = [];

    public int[] YearDays { get; private init; } = [];

    public int[] MonthDays { get; private init; } = [];

    public RuleDay[] Days { get; private init; } = [];

    public int[] Hours { get; private init; } = [];

    public int[] Minutes { get; private init; } = [];

    public int[] Seconds { get; private init; } = [];

    public int[] SetPositions { get; private init; } = [];

    /// <summary>The rule, or null if any part of it cannot be read: without that part it would be another rule.</summary>
    /// <param name="zone">Of the start; UNTIL is read in it unless it is in UTC.</param>
    public static RecurrenceRule? Parse(string text, DateTimeZone zone)
    {
        var parts = text.ToUpperInvariant().Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (!parts.Any(part => part.StartsWith("FREQ=", StringComparison.Ordinal)))
            return null;
        RecurrenceRule? rule = new();
        foreach (var part in parts)
            rule = part.Split('=') is [var name, var value] ? rule?.With(name, value, zone) : null;
        return rule;
    }

    /// <summary>
    /// With what the rule does not say taken from its start: the smallest parts that leave it one time in each period. A start that is a date has no
    /// times of day, and those of its rule are ignored.
    /// </summary>
    public RecurrenceRule CompletedBy(CalendarTime start)
    {
        var (date, time) = (start.Local.Date, start.Local.TimeOfDay);
        var said = start.IsDate ? this with { Hours = [], Minutes = [], Seconds = [] } : this;
        var (saysDay, saysWeek) = (YearDays.Length + MonthDays.Length + Days.Length > 0, WeekNumbers.Length > 0);
        return said with
        {
            Months = saysDay || saysWeek || Frequency != Frequency.Yearly ? Months : Months.Or(date.Month),
            MonthDays = saysDay || saysWeek || Frequency > Frequency.Monthly ? MonthDays : [date.Day],
            Days = saysDay || !(Frequency == Frequency.Weekly || (Frequency == Frequency.Yearly && saysWeek)) ? Days : [new RuleDay(0, date.DayOfWeek)],
            Hours = Frequency > Frequency.Daily ? said.Hours : said.Hours.Or(time.Hour),
            Minutes = Frequency > Frequency.Hourly ? said.Minutes : said.Minutes.Or(time.Minute),
            Seconds = Frequency > Frequency.Minutely ? said.Seconds : said.Seconds.Or(time.Second),
        };
    }

    /// <summary>
    /// Whether a time of it is after UNTIL, which itself is the last. Where only one of the two is a date, dates are compared; of an instant in UTC the
    /// date there and the one in the event's zone are both meant by somebody, and the later counts.
    /// </summary>
    public bool HasEndedBefore(CalendarTime time)
    {
        if (Until is not { } until)
            return false;
        if (!time.IsDate && !until.IsDate)
            return time.Instant > until.Instant;
        var last = time.IsDate ? LocalDateTime.Max(until.Local, until.In(time.Zone).Local) : until.Local;
        return time.Local.Date > last.Date;
    }

    private RecurrenceRule? With(string part, string value, DateTimeZone zone) => part switch
    {
        "FREQ" => Array.IndexOf(Frequencies, value) is >= 0 and var frequency ? this with { Frequency = (Frequency)frequency } : null,
        "INTERVAL" => Number(value) is > 0 and var interval ? this with { Interval = interval } : null,
        "COUNT" => Number(value) is > 0 and var count ? this with { Count = count } : null,
        "UNTIL" => CalendarTime.Parse(value, zone) is { } until ? this with { Until = until } : null,
        "WKST" => Weekday(value) is { } weekday ? this with { WeekStart = weekday } : null,
        "BYMONTH" => Numbers(value, 1, 12) is { } months ? this with { Months = months } : null,
        "BYWEEKNO" => Numbers(value, -53, 53) is { } weeks ? this with { WeekNumbers = weeks } : null,
        "BYYEARDAY" => Numbers(value, -366, 366) is { } days ? this with { YearDays = days } : null,
        "BYMONTHDAY" => Numbers(value, -31, 31) is { } days ? this with { MonthDays = days } : null,
        "BYDAY" => RuleDays(value) is { } days ? this with { Days = days } : null,
        "BYHOUR" => Numbers(value, 0, 23) is { } hours ? this with { Hours = hours } : null,
        "BYMINUTE" => Numbers(value, 0, 59) is { } minutes ? this with { Minutes = minutes } : null,
        // The 60th second is read as the 59th, here as in a time.
        "BYSECOND" => Numbers(value, 0, 60) is { } seconds ? this with { Seconds = [.. seconds.Select(s => Math.Min(s, 59)).Distinct()] } : null,
        "BYSETPOS" => Numbers(value, -366, 366) is { } positions ? this with { SetPositions = positions } : null,
        // RFC 7529: other calendars than ours, and what becomes of days that a month does not have.
        "RSCALE" => value == "GREGORIAN" ? this : null,
        "SKIP" => value == "OMIT" ? this : null,
        _ => null,
    };

    /// <summary>The numbers of a list, ascending, each once. Those that may be negative count from the end then, and none of them is 0.</summary>
    private static int[]? Numbers(string list, int least, int most)
    {
        var numbers = new HashSet<int>();
        foreach (var item in list.AsSpan().Split(','))
        {
            if (Number(list.AsSpan(item)) is not { } number || number < least || number > most || (number == 0 && least < 0))
                return null;
            numbers.Add(number);
        }

        return [.. numbers.Order()];
    }

    private static RuleDay[]? RuleDays(string list)
    {
        var days = new HashSet<RuleDay>();
        foreach (var item in list.Split(',', StringSplitOptions.TrimEntries))
        {
            var ordinal = item.Length > 2 ? Number(item.AsSpan(..^2)) : 0;
            if (item.Length < 2 || Weekday(item[^2..]) is not { } weekday || ordinal is not (>= -53 and <= 53) || (ordinal == 0 && item.Length > 2))
                return null;
            days.Add(new RuleDay(ordinal.Value, weekday));
        }

        return [.. days];
    }

    private static IsoDayOfWeek? Weekday(string name) => Array.IndexOf(Weekdays, name) is >= 0 and var index ? (IsoDayOfWeek)(index + 1) : null;

    private static int? Number(ReadOnlySpan<char> text) => int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
