using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Listings.Search;

/// <summary>Anybody reads a practitioner's published profile.</summary>
public static class ReadProfile
{
    /// <param name="DistanceKm">Null: a profile is read from nowhere.</param>
    /// <param name="Location">Where they are free soonest, as in a result.</param>
    public record Response(
        Guid Id, string Slug, string Name, string Headline, Uri? PhotoUrl, bool Demo, string? Biography, string? Approach, string? Gender, int? PractisingSince,
        IReadOnlyList<ShownLineage> Lineages, IReadOnlyList<ProfileTraining> Trainings, IReadOnlyList<ProfileLicence> Licences,
        IReadOnlyList<string> Specialties, IReadOnlyList<string> Populations, IReadOnlyList<string> Techniques, IReadOnlyList<string> Modalities,
        IReadOnlyList<string> Languages, IReadOnlyList<VisitFormat> Formats, IReadOnlyList<ProfileLocation> Locations, IReadOnlyList<ProfileService> Services,
        PriceFrom? FromPrice, Policy? Policy, IReadOnlyList<string> Associations, string? Preparation, string? Aftercare, bool SlidingScale, bool AcceptsNew,
        SearchPractitioners.Rating? Rating, double? DistanceKm, ShownLocation? Location, IReadOnlyList<SearchPractitioners.Opening> NextOpenings);

    /// <param name="To">The last day of it; a training whose day has passed is shown as past.</param>
    public record ProfileTraining(
        string Issuer, string? Credential, string? Level, int? Hours, DateOnly From, DateOnly? To, EvidenceState Evidence, string? CheckedBy, DateOnly? CheckedOn, bool Current);

    /// <param name="Number">All but its last characters, three at most, are hidden.</param>
    public record ProfileLicence(string Code, string Jurisdiction, string Number, DateOnly? Expires, EvidenceState Evidence, bool Current);

    /// <param name="AddressLines">None when the address is private.</param>
    public record ProfileLocation(
        Guid Id, string Name, IReadOnlyList<string> AddressLines, string Locality, string? Region, string? PostalCode, string Country, double Lat, double Lon, bool Approximate,
        string TimeZone, IReadOnlyList<VisitFormat> Formats, int? TravelRadiusKm, IReadOnlyList<string> Access, string? Directions);

    public record ProfileService(
        Guid Id, string Name, int Minutes, Contracts.Money Price, IReadOnlyList<VisitFormat> Formats, ForWhom? ForWhom, bool FirstVisit, BookingMode BookingMode,
        IReadOnlyList<Guid> LocationIds);

    public static void Map(IEndpointRouteBuilder practitioners) => practitioners
        .MapGet("/{slugOrId}", Handle)
        .WithName(nameof(ReadProfile))
        .ProducesProblem(StatusCodes.Status404NotFound);

    public static async Task<Results<Fresh<Response>, ProblemHttpResult>> Handle(string slugOrId, ListingsDb db, SearchIndex index, TimeProvider clock, CancellationToken ct)
    {
        if (await Find(db, slugOrId, ct) is not { } practitioner)
            return Problem.NotFound;
        return new Fresh<Response>(Show(practitioner, index, clock.GetUtcNow()));
    }

    /// <summary>The published practitioner of that slug or id, or null.</summary>
    internal static Task<Practitioner?> Find(ListingsDb db, string slugOrId, CancellationToken ct)
    {
        var published = db.Practitioners.AsNoTracking().Where(p => p.Published != null);
        return Guid.TryParse(slugOrId, out var id)
            ? published.SingleOrDefaultAsync(p => p.Id == id, ct)
            : published.SingleOrDefaultAsync(p => p.Slug == slugOrId, ct);
    }

    private static Response Show(Practitioner practitioner, SearchIndex index, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var listing = practitioner.Published!;
        var card = Card.Of(practitioner);
        var result = SearchPage.Of(index, practitioner.Id, card, now);
        var locations = card.Places.Select(place => (Location: listing.Locations.First(l => l.Id == place.Location.Id), Place: place)).ToList();
        return new(
            practitioner.Id, card.Slug, card.Name, card.Headline, null, card.Demo, listing.Biography, listing.Approach, listing.Gender, listing.PractisingSince,
            card.LineagesOn(today),
            [.. listing.Trainings.Select(t => Show(t, practitioner.EvidenceOf(t), today))],
            [.. listing.Licences.Select(l => Show(l, practitioner.EvidenceOf(l), today))],
            card.Specialties, listing.Populations, listing.Techniques, listing.Modalities, listing.Languages, card.Formats,
            [.. locations.Select(l => Show(l.Location, l.Place.Location, l.Place.Formats))],
            [.. listing.Services.Select(s => new ProfileService(
                s.Id!.Value, s.Name, s.Minutes, s.Price, s.Formats, s.ForWhom, s.FirstVisit, s.BookingMode, [.. listing.Locations.Where(s.IsAt).Select(l => l.Id!.Value)]))],
            card.FromPrice,
            listing.Policy, listing.Associations, listing.Preparation, listing.Aftercare, listing.SlidingScale, listing.AcceptsNew, null,
            null, result?.Location ?? card.Places.Select(p => p.Location).FirstOrDefault(), result?.NextOpenings ?? []);
    }

    private static ProfileTraining Show(Training training, Evidence? evidence, DateOnly today) => new(
        training.Issuer, training.Credential, training.Level, training.Hours, training.From, training.To, evidence?.State ?? EvidenceState.SelfDeclared, evidence?.CheckedBy,
        evidence?.CheckedOn, training.From <= today && today <= (training.To ?? DateOnly.MaxValue));

    private static ProfileLicence Show(Licence licence, Evidence? evidence, DateOnly today) => new(
        licence.Code, licence.Jurisdiction, Masked(licence.Number), licence.Expires, evidence?.State ?? EvidenceState.SelfDeclared, today <= (licence.Expires ?? DateOnly.MaxValue));

    private static ProfileLocation Show(Location location, ShownLocation shown, IReadOnlyList<VisitFormat> formats) => new(
        shown.Id, shown.Name, shown.Approximate ? [] : location.AddressLines, shown.Locality, shown.Region, shown.Approximate ? null : location.PostalCode, shown.Country,
        shown.Lat, shown.Lon, shown.Approximate, shown.TimeZone, formats, location.TravelRadiusKm, location.Access,
        shown.Approximate ? null : location.Directions);

    private static string Masked(string number)
    {
        var shown = Math.Min(3, number.Length / 2);
        return new string('•', number.Length - shown) + number[^shown..];
    }
}
