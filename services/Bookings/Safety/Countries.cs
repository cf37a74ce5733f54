using NodaTime.TimeZones;

namespace Bookings.Safety;

/// <summary>The country whose numbers a person can call, guessed from their time zone.</summary>
public static class Countries
{
    private static readonly Dictionary<string, string> ByZone = (TzdbDateTimeZoneSource.Default.ZoneLocations ?? [])
        .GroupBy(place => place.ZoneId)
        .ToDictionary(zone => zone.Key, zone => zone.First().CountryCode);

    /// <summary>ISO 3166-1 alpha-2, or null for zones that belong to no country.</summary>
    public static string? OfZone(string zone)
    {
        var canonical = TzdbDateTimeZoneSource.Default.CanonicalIdMap.TryGetValue(zone, out var known) ? known : zone;
        return ByZone.GetValueOrDefault(canonical) ?? ByZone.GetValueOrDefault(zone);
    }
}
