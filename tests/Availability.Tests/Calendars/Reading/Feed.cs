using System.Globalization;
using NodaTime;

namespace Availability.Tests;

/// <summary>Writes feeds for tests, and reads them.</summary>
internal static class Feed
{
    private static readonly Stretch Always = new(Instant.FromUtc(1990, 1, 1, 0, 0), Instant.FromUtc(2030, 1, 1, 0, 0));

    public static string Calendar(params string[] parts) => $"BEGIN:VCALENDAR\r\n{string.Concat(parts)}END:VCALENDAR\r\n";

    public static string Event(params string[] properties) => Part("VEVENT", properties);

    public static string Part(string name, params string[] content) => $"BEGIN:{name}\r\n{string.Concat(content.Select(line => line.TrimEnd() + "\r\n"))}END:{name}\r\n";

    /// <summary>Until 2030, each as <c>2026-12-01 09:00+01:00 PT1H</c> on the wall in the zone, which is home too.</summary>
    public static string[] Read(string text, string zone = "Europe/Berlin") =>
        [.. Busy(text, Always, zone).Select(s => $"{s.From.InZone(Zone(zone)).ToString("uuuu-MM-dd HH:mmo<m>", CultureInfo.InvariantCulture)} {Length(s)}")];

    /// <summary>The same with the start alone, as <c>2026-12-01 09:00</c>.</summary>
    public static string[] Starts(string text, string zone = "Europe/Berlin") => [.. Read(text, zone).Select(told => told[..16])];

    public static IReadOnlyList<Stretch> Busy(string text, Stretch window, string zone = "Europe/Berlin", string? ours = null) =>
        CalendarReader.Busy(text, window, Zone(zone), uid => uid == ours);

    public static DateTimeZone Zone(string name) => DateTimeZoneProviders.Tzdb[name];

    private static string Length(Stretch stretch) => Period.Between(stretch.From.InUtc().LocalDateTime, stretch.Until.InUtc().LocalDateTime, PeriodUnits.HourMinuteSecond).ToString();
}
