using Listings.Places;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Platform;

namespace Listings.Search;

/// <summary>Somebody looks for a practitioner: near a place, of a lineage, with experience, free soon. Place, format and free time hold at one location.</summary>
public static class SearchPractitioners
{
    /// <param name="Near">A place as typed; instead of it <paramref name="Lat"/> and <paramref name="Lon"/>, WGS 84 degrees.</param>
    /// <param name="RadiusKm">0.1 to 500 kilometres over the ground, included; 40 unless said.</param>
    /// <param name="Lineage">Codes; any of them.</param>
    /// <param name="Level"><c>issuer:mark</c>: this or a higher step of the same issuer, held today.</param>
    /// <param name="Specialty">Codes; all of them. A wider one is found by any narrower one, never the other way round.</param>
    /// <param name="Format"><c>inPerson</c>, <c>homeVisit</c> (the place lies within the travel area), <c>online</c>; any of them.</param>
    /// <param name="Language">ISO 639-1; any of them.</param>
    /// <param name="Verified">The training in the lineage asked for (any, when none is) is evidenced.</param>
    /// <param name="AvailableWithinDays">1 to 31: an opening starts within so many days from now.</param>
    /// <param name="Sort"><c>distance</c> (needs a place, and is usual with one) or <c>soonest</c>.</param>
    /// <param name="Limit">1 to 100; 20 unless said.</param>
    /// <param name="Cursor">The <c>nextCursor</c> of the same search.</param>
    /// <param name="Facets">Whether to count what each filter value would find.</param>
    public record Query(
        [FromQuery(Name = "near")] string? Near = null,
        [FromQuery(Name = "lat")] double? Lat = null,
        [FromQuery(Name = "lon")] double? Lon = null,
        [FromQuery(Name = "radiusKm")] double? RadiusKm = null,
        [FromQuery(Name = "lineage")] string[]? Lineage = null,
        [FromQuery(Name = "level")] string? Level = null,
        [FromQuery(Name = "specialty")] string[]? Specialty = null,
        [FromQuery(Name = "format")] string[]? Format = null,
        [FromQuery(Name = "language")] string[]? Language = null,
        [FromQuery(Name = "verified")] bool? Verified = null,
        [FromQuery(Name = "availableWithinDays")] int? AvailableWithinDays = null,
        [FromQuery(Name = "sort")] string? Sort = null,
        [FromQuery(Name = "limit")] int? Limit = null,
        [FromQuery(Name = "cursor")] string? Cursor = null,
        [FromQuery(Name = "facets")] bool? Facets = null);

    /// <param name="Total">Exact up to 1,000; on later pages as it was on the first.</param>
    public record Response(
        Origin? Origin, int Total, bool TotalIsLowerBound, IReadOnlyList<Item> Items, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>>? Facets, string? NextCursor);

    /// <summary>What was searched around, at most two decimals of it.</summary>
    public record Origin(string? Name, double Lat, double Lon);

    /// <param name="DistanceKm">Over the ground, to one decimal; null without a place.</param>
    /// <param name="Location">Where all that was asked for holds; the nearest or soonest one.</param>
    public record Item(
        Guid Id, string Slug, string Name, string Headline, Uri? PhotoUrl, bool Demo, double? DistanceKm, ShownLocation Location, IReadOnlyList<ShownLineage> Lineages,
        IReadOnlyList<string> Specialties, IReadOnlyList<VisitFormat> Formats, IReadOnlyList<string> Languages, int? PractisingSince, PriceFrom? FromPrice, Rating? Rating,
        IReadOnlyList<Opening> NextOpenings);

    public record Rating(double Average, int Count);

    public record Opening(DateTimeOffset Start, Guid ServiceId, Guid LocationId);

    public static void Map(IEndpointRouteBuilder practitioners) => practitioners
        .MapGet("/", Handle)
        .WithName(nameof(SearchPractitioners))
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    public static async Task<Results<Fresh<Response>, ProblemHttpResult>> Handle(
        [AsParameters] Query query, ListingsDb db, Cursors cursors, TimeProvider clock, CancellationToken ct)
    {
        if (Wanted.Read(query, clock.GetUtcNow(), out var problem) is not { } wanted)
            return problem!;

        Position? after = null;
        if (query.Cursor is { Length: > 0 } cursor && !cursors.TryOpen(cursor, wanted.Print(query), out after))
            return Cursors.Forged;

        Origin? origin = null;
        if (wanted.Near is { } near)
        {
            var (place, suggestions) = await Gazetteer.Find(db, near, ct);
            if (place is null)
                return PlaceNotFound(suggestions);
            origin = new(place.Label, Math.Round(place.Lat, 2), Math.Round(place.Lon, 2));
            wanted = wanted with { Spot = Globe.At(place.Lat, place.Lon) };
        }
        else if (wanted.Spot is not null)
        {
            origin = new(null, Math.Round(query.Lat!.Value, 2), Math.Round(query.Lon!.Value, 2));
        }

        var connection = await db.Connection(ct);
        var masks = await Masks.Of(wanted, connection, ct);
        var page = await SearchPage.Read(connection, wanted, masks, after, ct);
        var facets = query.Facets == true ? await SearchFacets.Count(connection, wanted, masks, ct) : null;
        return new Fresh<Response>(new(
            origin, page.Total, page.TotalIsLowerBound, page.Items, facets, page.Next is null ? null : cursors.Seal(page.Next, wanted.Print(query))));
    }

    private static ProblemHttpResult PlaceNotFound(IReadOnlyList<Place> suggestions) => Problem.Unprocessable(
        "place-not-found", "We do not know this place", "Try a town with its region or country, or a postal code.",
        [new("suggestions", suggestions), new("errors", new Dictionary<string, string[]> { ["near"] = ["We do not know this place."] })]);
}
