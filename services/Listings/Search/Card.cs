using System.Text.Json;
using System.Text.Json.Serialization;

namespace Listings.Search;

/// <summary>
/// A published practitioner as search knows them: what filters ask for and what a result shows. It is made once, when the listing changes,
/// and stored with codes, not with numbers, so that any version of the service can read it. Credentials count or not by the clock.
/// </summary>
/// <param name="Specialties">With their parents.</param>
/// <param name="Currency">Of all prices, or null when nothing is offered.</param>
public sealed record Card(
    string Slug, string Name, string Headline, bool Demo, int? PractisingSince, string? Approach, string? Gender, bool SlidingScale, bool AcceptsNew,
    IReadOnlyList<Holding> Holdings, IReadOnlyList<CardLicence> Licences, IReadOnlyList<string> Specialties, IReadOnlyList<string> Populations,
    IReadOnlyList<string> Techniques, IReadOnlyList<string> Modalities, IReadOnlyList<string> Languages, string? Currency, IReadOnlyList<CardPlace> Places)
{
    /// <exception cref="InvalidOperationException">Nothing is published.</exception>
    public static Card Of(Practitioner practitioner)
    {
        var listing = practitioner.Published ?? throw new InvalidOperationException($"Practitioner {practitioner.Id} is not published.");
        return new(
            practitioner.Slug!, listing.Name!, listing.Headline ?? "", practitioner.Demo, listing.PractisingSince, listing.Approach, listing.Gender, listing.SlidingScale, listing.AcceptsNew,
            HoldingsOf(practitioner), [.. listing.Licences.Select(l => new CardLicence(l.Code, l.Expires))], Taxonomy.Current.WithParents(listing.Specialties), listing.Populations,
            listing.Techniques, listing.Modalities, listing.Languages, listing.Services is [var first, ..] ? first.Price.Currency : null,
            [.. listing.Locations.Select(location => CardPlace.Of(listing, location)).OfType<CardPlace>()]);
    }

    [JsonIgnore]
    public IReadOnlyList<VisitFormat> Formats => field ??= [.. Places.SelectMany(p => p.Formats).Distinct().Order()];

    /// <summary>The cheapest visit that is not an introductory call.</summary>
    [JsonIgnore]
    public PriceFrom? FromPrice => Places.SelectMany(p => p.Visits).Where(v => !v.Introductory).OrderBy(v => v.Price).ThenBy(v => v.Minutes)
        .Select(v => new PriceFrom(v.Price, Currency!, v.Minutes)).FirstOrDefault();

    /// <summary>As <see cref="CardWriter"/> writes it.</summary>
    public static Card FromJson(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize<Card>(json, Listing.Stored)!;

    /// <summary>The lineages of the day: of each issuer the furthest step that is held then.</summary>
    public IReadOnlyList<ShownLineage> LineagesOn(DateOnly day)
    {
        // Asked for again and again, and the same for a day.
        var known = lastShown;
        if (known?.Day != day)
            lastShown = known = new(day, Shown(day));
        return known.Lineages;
    }

    private LineagesOfDay? lastShown;

    private sealed record LineagesOfDay(DateOnly Day, IReadOnlyList<ShownLineage> Lineages);

    private IReadOnlyList<ShownLineage> Shown(DateOnly day) =>
    [
        .. Holdings.Where(h => h.HoldsOn(day))
            .GroupBy(h => (h.Lineage, h.Issuer))
            .Select(steps => steps.OrderByDescending(h => h.Level is null ? 0 : Taxonomy.Current.Rank(h.Level)).ThenByDescending(h => h.Evidence).ThenByDescending(h => h.To ?? DateOnly.MaxValue).First())
            .Select(h => new ShownLineage(h.Lineage, h.Level, h.Evidence, h.To)),
    ];

    /// <summary>The trainings that stand in a lineage, with what is known of each.</summary>
    private static IReadOnlyList<Holding> HoldingsOf(Practitioner practitioner) =>
    [
        .. practitioner.Published!.Trainings
            .Select(t => (Training: t, Lineage: Taxonomy.Current.LineageOf(t.Issuer)))
            .Where(t => t.Lineage is not null)
            .Select(t => new Holding(
                t.Lineage!, t.Training.Issuer, t.Training.Level, practitioner.EvidenceOf(t.Training)?.State ?? EvidenceState.SelfDeclared, t.Training.From, t.Training.To)),
    ];
}

/// <summary>One location of a practitioner; a private one as a blurred point.</summary>
/// <param name="TravelRadiusKm">How far home visits go from it; null when there are none.</param>
/// <param name="Visits">Those come first that somebody who does not come as a child takes the first time: of visits that can begin at one time, the first is shown.</param>
public sealed record CardPlace(ShownLocation Location, int? TravelRadiusKm, IReadOnlyList<string> Access, IReadOnlyList<CardVisit> Visits)
{
    [JsonIgnore]
    public IReadOnlyList<VisitFormat> Formats => [.. Visits.SelectMany(v => v.Formats).Distinct().Order()];

    /// <summary>Null while the location has no point.</summary>
    public static CardPlace? Of(Listing listing, Location location)
    {
        if (location is not { Lat: { } lat, Lon: { } lon, TimeZone: { } zone, Id: { } id })
            return null;
        if (location.Approximate)
            (lat, lon) = Globe.Blur(lat, lon);
        return new(
            new(id, location.Name, location.Locality, location.Region, location.Country, lat, lon, location.Approximate, zone), location.TravelRadiusKm, location.Access,
            [.. listing.Services.Where(s => s.IsAt(location)).OrderBy(s => !s.FirstVisit).ThenBy(s => s.ForWhom?.MaxAgeMonths is not null).Select(s => new CardVisit(s.Id!.Value, s.Minutes, s.Price.Amount, [.. s.Formats.Intersect(location.Formats)], s.Introductory))]);
    }
}

/// <summary>One service at one location.</summary>
/// <param name="Price">In minor units.</param>
/// <param name="Formats">Those in which it can be had there.</param>
/// <param name="Introductory">A first talk from afar.</param>
public sealed record CardVisit(Guid Id, int Minutes, long Price, IReadOnlyList<VisitFormat> Formats, bool Introductory);

/// <param name="To">The last day on which it is valid; null when it does not lapse.</param>
public sealed record CardLicence(string Code, DateOnly? To);

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
