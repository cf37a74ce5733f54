using Listings.Places;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Platform;

namespace Listings.Search;

/// <summary>
/// Somebody looks for a practitioner: near a place, of a lineage, with experience, at a price, free soon. All parameters can be combined; place, format, access,
/// length, price and free time hold at one location, for one visit.
/// </summary>
public static class SearchPractitioners
{
    private static readonly TimeSpan LongestWalk = TimeSpan.FromHours(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="Near">A place as typed; instead of it <paramref name="Lat"/> and <paramref name="Lon"/>, WGS 84 degrees.</param>
    /// <param name="RadiusKm">0.1 to 500 kilometres over the ground, included; 40 unless said.</param>
    /// <param name="Bbox">Instead of a radius, <c>west,south,east,north</c> in degrees, included; with west &gt; east it reaches over the antimeridian.</param>
    /// <param name="Q">Words, all of them, of the name, specialties and their synonyms, headline and biography, in several languages; names also begun, and typing errors forgiven when nothing else fits.</param>
    /// <param name="Lineage">Codes; any of them, held today.</param>
    /// <param name="Licence">Codes; any of them, valid today.</param>
    /// <param name="Language">ISO 639-1; any of them.</param>
    /// <param name="Format"><c>inPerson</c>, <c>homeVisit</c> (the place lies within the travel area), <c>online</c>; any of them.</param>
    /// <param name="Approach">Codes; any of them.</param>
    /// <param name="Gender">Codes; any of them.</param>
    /// <param name="Level"><c>issuer:mark</c>: this or a higher step of the same issuer, held today.</param>
    /// <param name="Specialty">Codes; all of them. A wider one is found by any narrower one, never the other way round.</param>
    /// <param name="Population">Codes; all of them.</param>
    /// <param name="Technique">Codes; all of them.</param>
    /// <param name="Modality">Codes; all of them.</param>
    /// <param name="Access">Codes; all of them, at the same location.</param>
    /// <param name="Verified"><c>true</c>: the training in the lineage asked for (any, when none is) is evidenced.</param>
    /// <param name="MaxPrice">Of the cheapest visit that counts, in minor units, included. An introductory call counts when <c>format=online</c> or <c>minutes</c> asks for it.</param>
    /// <param name="Currency">ISO 4217, in which prices are compared; with a place, that of whoever practises nearest to it unless said.</param>
    /// <param name="SlidingScale"><c>true</c>: prices can be talked about.</param>
    /// <param name="AcceptsNew"><c>true</c>: new clients are welcome.</param>
    /// <param name="AvailableFrom">A visit begins on this date or later; the place's own today unless said. <c>2026-12-01</c>, in the time of the place of the visit.</param>
    /// <param name="AvailableTo">The last date, included, at most 31 days in all and 62 days ahead; unless said the 31st day.</param>
    /// <param name="AvailableWithinDays">Instead of dates: from today until so many days later, 1 to 31.</param>
    /// <param name="TimeOfDay"><c>morning</c> (before 12:00), <c>afternoon</c>, <c>evening</c> (from 17:00); any of them, within the dates, or the next 31 days.</param>
    /// <param name="Weekday"><c>monday</c> …; any of them, within the dates, or the next 31 days.</param>
    /// <param name="Minutes">A visit of exactly this length, 15 to 180 in steps of 5.</param>
    /// <param name="Sort">
    /// <c>distance</c> (needs a place, and is usual with one), <c>relevance</c> (needs words, and is usual with them alone), <c>soonest</c> (of the visits that match; usual without either),
    /// <c>price</c> or <c>rating</c>; who has none comes last.
    /// </param>
    /// <param name="Limit">1 to 100; 20 unless said.</param>
    /// <param name="Cursor">The <c>nextCursor</c> of the same search.</param>
    /// <param name="Facets"><c>true</c>: count what each filter value would find instead of those chosen in the same filter.</param>
    public record Query(
        [FromQuery(Name = "near")] string? Near = null,
        [FromQuery(Name = "lat")] double? Lat = null,
        [FromQuery(Name = "lon")] double? Lon = null,
        [FromQuery(Name = "radiusKm")] double? RadiusKm = null,
        [FromQuery(Name = "bbox")] string? Bbox = null,
        [FromQuery(Name = "q")] string? Q = null,
        [FromQuery(Name = "lineage")] string[]? Lineage = null,
        [FromQuery(Name = "licence")] string[]? Licence = null,
        [FromQuery(Name = "language")] string[]? Language = null,
        [FromQuery(Name = "format")] string[]? Format = null,
        [FromQuery(Name = "approach")] string[]? Approach = null,
        [FromQuery(Name = "gender")] string[]? Gender = null,
        [FromQuery(Name = "level")] string? Level = null,
        [FromQuery(Name = "specialty")] string[]? Specialty = null,
        [FromQuery(Name = "population")] string[]? Population = null,
        [FromQuery(Name = "technique")] string[]? Technique = null,
        [FromQuery(Name = "modality")] string[]? Modality = null,
        [FromQuery(Name = "access")] string[]? Access = null,
        [FromQuery(Name = "verified")] bool? Verified = null,
        [FromQuery(Name = "maxPrice")] long? MaxPrice = null,
        [FromQuery(Name = "currency")] string? Currency = null,
        [FromQuery(Name = "slidingScale")] bool? SlidingScale = null,
        [FromQuery(Name = "acceptsNew")] bool? AcceptsNew = null,
        [FromQuery(Name = "availableFrom")] string? AvailableFrom = null,
        [FromQuery(Name = "availableTo")] string? AvailableTo = null,
        [FromQuery(Name = "availableWithinDays")] int? AvailableWithinDays = null,
        [FromQuery(Name = "timeOfDay")] string[]? TimeOfDay = null,
        [FromQuery(Name = "weekday")] string[]? Weekday = null,
        [FromQuery(Name = "minutes")] int? Minutes = null,
        [FromQuery(Name = "sort")] string? Sort = null,
        [FromQuery(Name = "limit")] int? Limit = null,
        [FromQuery(Name = "cursor")] string? Cursor = null,
        [FromQuery(Name = "facets")] bool? Facets = null);

    /// <param name="Total">Exact up to 1,000; on later pages as it was on the first.</param>
    public record Response(
        Origin? Origin, int Total, bool TotalIsLowerBound, IReadOnlyList<Item> Items, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>>? Facets, string? NextCursor);

    /// <summary>What was searched around, at most two decimals of it.</summary>
    /// <param name="Name">Of a place that was given by name; <paramref name="Country"/> is its, as ISO 3166 has it.</param>
    public record Origin(string? Name, string? Country, double Lat, double Lon);

    /// <param name="DistanceKm">Over the ground, to one decimal; null without a place.</param>
    /// <param name="Location">Where all that was asked for holds; the nearest or soonest one.</param>
    /// <param name="NextOpenings">
    /// The first at this location that can be booked, three at most, in order and in the location's time. With <c>availableFrom</c>, <c>availableTo</c>, <c>availableWithinDays</c>,
    /// <c>timeOfDay</c> or <c>weekday</c> those within them; of visits of the length, format and price asked for.
    /// </param>
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
        [AsParameters] Query query, SearchIndex index, IServiceScopeFactory scopes, Cursors cursors, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (Wanted.Read(query, now, out var problem) is not { } wanted)
            return problem!;

        Position? after = null;
        if (query.Cursor is { Length: > 0 } cursor && !cursors.TryOpen(cursor, Wanted.Print(query), out after))
            return Cursors.Forged;
        if (after is not null)
            wanted = wanted with { Now = after.At > now - LongestWalk ? after.At : now, Currency = wanted.Currency ?? after.Currency };

        Origin? origin = null;
        // It ends here: while it waited for a second connection below, its own would be kept from everybody else.
        await using (var scope = scopes.CreateAsyncScope())
        {
            if (!string.IsNullOrWhiteSpace(query.Q))
                wanted = wanted with { Words = await FoundByWords.Read(scope.ServiceProvider.GetRequiredService<ListingsDb>(), query.Q, wanted.HasArea, ct) };
            if (wanted.Near is { } near)
            {
                var (place, suggestions) = await scope.ServiceProvider.GetRequiredService<Gazetteer>().Find(near, ct);
                if (place is null)
                    return PlaceNotFound(suggestions);
                origin = new(place.Label, place.Country, Math.Round(place.Lat, 2), Math.Round(place.Lon, 2));
                wanted = wanted with { Lat = place.Lat, Lon = place.Lon };
            }
            else if (wanted.Lat is { } lat)
            {
                origin = new(null, null, Math.Round(lat, 2), Math.Round(wanted.Lon!.Value, 2));
            }
        }

        if (!index.Loaded.IsCompleted && await Task.WhenAny(index.Loaded, Task.Delay(Patience, ct)) != index.Loaded)
            return Problem.Unavailable;
        if (wanted is { ComparesPrices: true, Currency: null })
            wanted = wanted with { Currency = SearchPage.CurrencyNear(index, wanted) };

        var filter = new SearchFilter(wanted);
        var page = await SearchPage.Read(index, filter, wanted, after, now, scopes, ct);
        var facets = query.Facets == true ? new SearchFacets(filter).Count(index.PartsFor(filter)) : null;
        return new Fresh<Response>(new(
            origin, page.Total, page.TotalIsLowerBound, page.Items, facets, page.Next is null ? null : cursors.Seal(page.Next, Wanted.Print(query))));
    }

    private static ProblemHttpResult PlaceNotFound(IReadOnlyList<Place> suggestions) => Problem.Unprocessable(
        "place-not-found", "We do not know this place", "Try a town with its region or country, or a postal code.",
        [new("suggestions", suggestions), new("errors", new Dictionary<string, string[]> { ["near"] = ["We do not know this place."] })]);
}
