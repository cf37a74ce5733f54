using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Platform;

namespace Availability;

/// <summary>
/// A practitioner sees the coming public holidays at their locations, and decides which to take off: none is taken automatically. None are known beyond
/// the years that were imported.
/// </summary>
public static class SuggestHolidays
{
    /// <param name="Source">Whom the list is by, and under which licence; to be shown with it.</param>
    public sealed record Response(IReadOnlyList<Item> Items, Credit Source);

    /// <param name="To">Its last day, included.</param>
    /// <param name="Locations">Where it is a holiday.</param>
    public sealed record Item(DateOnly From, DateOnly To, string Name, IReadOnlyList<At> Locations);

    /// <param name="Taken">The practitioner has all of it off there.</param>
    public sealed record At(Guid LocationId, bool Taken);

    public sealed record Credit(string Name, Uri Url, string Licence);

    private sealed record Found(Guid LocationId, DateOnly FirstOn, DateOnly LastOn, string Name);

    private static readonly Credit Source = new("date-holidays", new Uri("https://github.com/commenthol/date-holidays"), "CC BY-SA 3.0");

    public static void Map(IEndpointRouteBuilder desk) => desk
        .MapGet("/time-off/suggestions", Handle)
        .WithName(nameof(SuggestHolidays))
        .ProducesProblem(StatusCodes.Status400BadRequest);

    /// <param name="year">In which they begin or end; this one when left out.</param>
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(CurrentPractitioner me, AvailabilityDb db, ListingsClient listings, TimeProvider clock, CancellationToken ct, int? year = null)
    {
        var now = clock.GetUtcNow();
        var check = new Check();
        check.Between("year", year ??= now.Year, 2000, 2200);
        if (check.Failed(out var malformed))
            return malformed;

        var offer = await db.Practitioners.Where(p => p.Id == me.Id).Select(p => p.Offer).SingleOrDefaultAsync(ct) ?? Offer.Nothing;
        // Published before locations carried their country: Listings knows it.
        if (offer.Locations.Any(l => l.Country is null))
            offer = await listings.Published(me.Id, ct) ?? offer;
        var past = DatedHours.Past(now);
        var off = await db.TimeOff.AsNoTracking().Where(t => t.PractitionerId == me.Id && (t.ToLocal > past || t.EveryYear)).ToListAsync(ct);
        var items =
            from holiday in await Holidays(db, offer, year.Value, ct)
            where holiday.LastOn >= DateOnly.FromDateTime(Zones.ToLocal(now, Zones.Find(offer.ZoneOf(holiday.LocationId)) ?? DateTimeZone.Utc).DateTime)
            group new At(holiday.LocationId, off.Any(t => t.Covers(holiday.LocationId, holiday.FirstOn, holiday.LastOn))) by (holiday.FirstOn, holiday.LastOn, holiday.Name) into day
            orderby day.Key
            select new Item(day.Key.FirstOn, day.Key.LastOn, day.Key.Name, [.. day]);
        return TypedResults.Ok(new Response([.. items], Source));
    }

    /// <summary>Those of each location's region, or where that is none we know, of its country.</summary>
    private static Task<List<Found>> Holidays(AvailabilityDb db, Offer offer, int year, CancellationToken ct)
    {
        var (ids, countries, regions) = (offer.Locations.Select(l => l.LocationId).ToArray(), offer.Locations.Select(l => l.Country).ToArray(), offer.Locations.Select(l => l.Region).ToArray());
        var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        return db.Database.SqlQuery<Found>(
            $"""
            SELECT place.location_id AS "LocationId", holiday.first_on AS "FirstOn", holiday.last_on AS "LastOn", holiday.name AS "Name"
            FROM unnest({ids}, {countries}, {regions}) WITH ORDINALITY AS place (location_id, country, region, rank)
            JOIN public_holidays holiday ON holiday.country = place.country AND holiday.region = coalesce(
                (SELECT known.region FROM holiday_regions known WHERE known.country = place.country AND known.name = plain_region(place.region)), '')
            WHERE holiday.last_on >= {first} AND holiday.first_on <= {last}
            ORDER BY place.rank
            """).ToListAsync(ct);
    }
}
