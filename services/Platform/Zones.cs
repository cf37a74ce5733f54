using NodaTime;
using NodaTime.TimeZones;

namespace Platform;

/// <summary>The one place where zones come from: the TZDB that ships with NodaTime, never the machine's own, which may be stale.</summary>
public static class Zones
{
    /// <summary>Which edition of the zone rules this build carries, such as <c>2026b</c>.</summary>
    public static string Version { get; } = TzdbDateTimeZoneSource.Default.TzdbVersion;

    /// <summary>All of them.</summary>
    public static IDateTimeZoneProvider All => DateTimeZoneProviders.Tzdb;

    /// <summary>The zone of that IANA name, or null.</summary>
    public static DateTimeZone? Find(string? name) => name is { Length: > 0 and <= 64 } ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) : null;

    /// <summary>The zone of a name that was checked before.</summary>
    /// <exception cref="DateTimeZoneNotFoundException">There is none.</exception>
    public static DateTimeZone Get(string name) => DateTimeZoneProviders.Tzdb[name];

    /// <summary>The same instant, with the offset that holds in <paramref name="zone"/> at that moment.</summary>
    public static DateTimeOffset ToLocal(DateTimeOffset instant, DateTimeZone zone) =>
        Instant.FromDateTimeOffset(instant).InZone(zone).ToDateTimeOffset();

    /// <inheritdoc cref="ToLocal(DateTimeOffset, DateTimeZone)"/>
    public static DateTimeOffset ToLocal(DateTimeOffset instant, string zone) => ToLocal(instant, Get(zone));

    /// <summary>Of an instant whose local time the clock shows twice, because it goes back: whether it is the first of the two. Null for any other.</summary>
    public static bool? IsFirstOfTwo(DateTimeOffset instant, string zone)
    {
        var local = Instant.FromDateTimeOffset(instant).InZone(Get(zone));
        var shown = local.Zone.MapLocal(local.LocalDateTime);
        return shown.Count == 2 ? local == shown.First() : null;
    }
}
