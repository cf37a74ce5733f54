using System.Text.Json;

namespace Listings.Search;

/// <summary>What a result shows of a practitioner, wherever they were found. Holdings are shown or not by the clock.</summary>
public sealed record Card(
    string Slug, string Name, string Headline, bool Demo, IReadOnlyList<Holding> Holdings, IReadOnlyList<string> Specialties,
    IReadOnlyList<VisitFormat> Formats, IReadOnlyList<string> Languages, int? PractisingSince)
{
    public string ToJson() => JsonSerializer.Serialize(this, Listing.Stored);

    public static Card FromJson(string json) => JsonSerializer.Deserialize<Card>(json, Listing.Stored)!;

    /// <summary>The lineages of the day: of each issuer the furthest step that is held then.</summary>
    public IReadOnlyList<ShownLineage> LineagesOn(DateOnly day) =>
    [
        .. Holdings.Where(h => h.HoldsOn(day))
            .GroupBy(h => (h.Lineage, h.Issuer))
            .Select(steps => steps.OrderByDescending(h => h.Level is null ? 0 : Taxonomy.Current.Rank(h.Level)).ThenByDescending(h => h.Evidence).ThenByDescending(h => h.To ?? DateOnly.MaxValue).First())
            .Select(h => new ShownLineage(h.Lineage, h.Level, h.Evidence, h.To)),
    ];
}

/// <summary>What a result shows of the location at which a practitioner was found; a private one as a blurred point.</summary>
/// <param name="FromPrice">The cheapest visit there that is not an introductory call.</param>
/// <param name="OnlinePrice">The cheapest introductory call.</param>
public sealed record LocationCard(ShownLocation Location, PriceFrom? FromPrice, PriceFrom? OnlinePrice)
{
    public string ToJson() => JsonSerializer.Serialize(this, Listing.Stored);

    public static LocationCard FromJson(string json) => JsonSerializer.Deserialize<LocationCard>(json, Listing.Stored)!;
}

/// <summary>A training as search sees it.</summary>
/// <param name="To">The last day on which it is held.</param>
public sealed record Holding(string Lineage, string Issuer, string? Level, EvidenceState Evidence, DateOnly From, DateOnly? To)
{
    public bool HoldsOn(DateOnly day) => From <= day && day <= (To ?? DateOnly.MaxValue);
}

/// <param name="Code">Of the lineage.</param>
/// <param name="Level">The furthest step with one issuer, <c>issuer:mark</c>.</param>
/// <param name="ValidUntil">The last day of it; null when it does not lapse.</param>
public sealed record ShownLineage(string Code, string? Level, EvidenceState Evidence, DateOnly? ValidUntil);

/// <param name="Lat">WGS 84 degrees; the middle of a fixed cell when <paramref name="Approximate"/>.</param>
public sealed record ShownLocation(
    Guid Id, string Name, string Locality, string? Region, string Country, double Lat, double Lon, bool Approximate, string TimeZone);

/// <summary>A price in minor units, and the length of visit it buys.</summary>
public sealed record PriceFrom(long Amount, string Currency, int Minutes);
