using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Listings.Offerings;

/// <summary>Another service deals with a practitioner as a person: the private address, the zone and language to write in, and whether they are real.</summary>
public static class ReadContact
{
    private const string Neutral = "UTC";

    /// <param name="Demo">An invented person, whose address nobody reads and whom no real money reaches.</param>
    public sealed record Response(Guid Id, string? Name, string? Slug, string Email, string TimeZone, string Language, bool Demo);

    public static void Map(IEndpointRouteBuilder inner) => inner.MapGet("/practitioners/{id:guid}/contact", Handle);

    /// <summary>Known also while nothing is published: those booked before still come.</summary>
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(Guid id, ListingsDb db, CancellationToken ct)
    {
        if (await db.Practitioners.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } practitioner)
            return Problems.NotFound;
        var listing = practitioner.Published ?? practitioner.Current;
        return TypedResults.Ok(new Response(
            id, listing.Name, practitioner.Slug, practitioner.ContactEmail,
            listing.Locations.Select(l => l.TimeZone).FirstOrDefault(zone => zone is not null) ?? Neutral, listing.Languages is [var first, ..] ? first : "en",
            practitioner.Demo));
    }
}
