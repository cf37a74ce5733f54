using System.Globalization;
using NodaTime;
using Platform;

namespace Notifications.Letters;

/// <summary>Instants in words, on the reader's own clock: <c>Tuesday 1 December 2026, 9:00 am, Denver time</c>.</summary>
public static class InstantWords
{
    /// <summary>Day, year, time and zone. In the hour that a clock change repeats, the offset says which of the two is meant.</summary>
    public static string InFull(DateTimeOffset instant, DateTimeZone zone)
    {
        var local = Local(instant, zone);
        var which = zone.MapLocal(local.LocalDateTime).Count > 1 ? $" (UTC{local.Offset.ToString("+HH:mm", CultureInfo.InvariantCulture)})" : "";
        return $"{local.ToString("dddd d MMMM uuuu", CultureInfo.InvariantCulture)}, {Clock(local)}, {Name(zone)}{which}";
    }

    /// <summary>Day and time without year and zone, where a sentence has named both before.</summary>
    public static string DayAndTime(DateTimeOffset instant, DateTimeZone zone)
    {
        var local = Local(instant, zone);
        return $"{local.ToString("dddd d MMMM", CultureInfo.InvariantCulture)}, {Clock(local)}";
    }

    /// <summary>Whether both clocks show the same at that instant.</summary>
    public static bool SameClock(DateTimeOffset instant, DateTimeZone one, DateTimeZone other)
    {
        var at = Instant.FromDateTimeOffset(instant);
        return one.GetUtcOffset(at) == other.GetUtcOffset(at);
    }

    /// <summary>The city that an IANA name ends in: <c>America/Argentina/Buenos_Aires</c> is <c>Buenos Aires time</c>.</summary>
    private static string Name(DateTimeZone zone)
    {
        var city = zone.Id.Split('/')[^1].Replace('_', ' ');
        return city is "UTC" or "GMT" ? city : $"{city} time";
    }

    private static string Clock(ZonedDateTime local) =>
        $"{local.ToString("h:mm", CultureInfo.InvariantCulture)} {(local.Hour < 12 ? "am" : "pm")}";

    private static ZonedDateTime Local(DateTimeOffset instant, DateTimeZone zone) => Instant.FromDateTimeOffset(instant).InZone(zone);
}
