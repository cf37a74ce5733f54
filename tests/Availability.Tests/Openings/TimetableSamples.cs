using NodaTime;
using NodaTime.Text;

namespace Availability.Tests;

/// <summary>Short ways to write timetables in tests.</summary>
internal static class TimetableSamples
{
    public static readonly Guid Studio = Guid.Parse("01980000-0000-7000-8000-000000000001");
    public static readonly Guid Annex = Guid.Parse("01980000-0000-7000-8000-000000000002");

    public static readonly IsoDayOfWeek[] EveryDay = [.. Enum.GetValues<IsoDayOfWeek>().Where(d => d != IsoDayOfWeek.None)];

    /// <summary>The same hours every day at one location: starts each 30 minutes, no notice, no buffers, no limit.</summary>
    public static Timetable Daily(string zone, string from, string to, int interval = 30) => new(
        [new Workplace(Studio, Zone(zone), [.. EveryDay.Select(d => new WeeklyRange(d, Time(from), Time(to)))], [], [])],
        interval, 0, 400, 0, 0, null, [], []);

    public static Visit Minutes(int minutes) => new(minutes, [Studio, Annex]);

    public static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb[id];

    public static LocalTime Time(string text) => LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(text).GetValueOrThrow();

    public static LocalDateTime Local(string text) => LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm").Parse(text).GetValueOrThrow();

    public static LocalRange Range(string from, string to) => new(Local(from), Local(to));

    /// <summary>An instant written with its offset, as in <c>2026-12-01T09:00-07:00</c>.</summary>
    public static Instant At(string text) => OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mmo<m>").Parse(text).GetValueOrThrow().ToInstant();

    /// <summary>A claim as the given rules would store it.</summary>
    public static ClaimedTime Claim(Timetable rules, Instant start, int minutes) =>
        new(start.InZone(rules.Workplaces[0].Zone).Date, rules.Busy(start, minutes));

    /// <summary>What a client sees on one date: wall-clock start with offset, in the location's zone.</summary>
    public static string[] On(string date, Timetable timetable, int minutes, string? now = null)
    {
        var zone = timetable.Workplaces[0].Zone;
        var day = LocalDatePattern.Iso.Parse(date).GetValueOrThrow();
        var window = new Stretch(zone.AtStartOfDay(day).ToInstant(), zone.AtStartOfDay(day.PlusDays(1)).ToInstant());
        var asked = now is null ? window.From - Duration.FromDays(30) : At(now);
        return [.. OpeningRules.List(timetable, Minutes(minutes), window, asked).Select(o => Shown(o.Start, zone))];
    }

    public static string Shown(Instant at, DateTimeZone zone) =>
        OffsetDateTimePattern.CreateWithInvariantCulture("HH:mmo<m>").Format(at.InZone(zone).ToOffsetDateTime());
}
