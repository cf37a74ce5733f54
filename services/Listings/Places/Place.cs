namespace Listings.Places;

/// <summary>A place or postal code of the gazetteer.</summary>
/// <param name="Id">GeoNames' number, or country and code (<c>US:80202</c>).</param>
/// <param name="Name">Of a postal code: the place it is best known for.</param>
/// <param name="RegionCode">The customary abbreviation (<c>CO</c>), where there is one.</param>
/// <param name="TimeZone">IANA name; of a postal code: that of the nearest place in the same country.</param>
/// <param name="Population">0 when not known.</param>
public sealed record Place(
    string Id, string Name, string? Region, string? RegionCode, string Country, string? PostalCode, double Lat, double Lon, string TimeZone, int Population)
{
    /// <summary>As a person would write it: "Denver, Colorado, US", "80202 Denver, Colorado, US".</summary>
    public string Label => string.Join(", ", new[] { PostalCode is null ? Name : $"{PostalCode} {Name}", Region == Name ? null : Region, Country }.OfType<string>());
}
