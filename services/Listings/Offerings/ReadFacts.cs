using Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Listings.Offerings;

/// <summary>Another service asks for the facts of a practitioner's published listing as they are now, because the message it had may be older than a field it needs.</summary>
public static class ReadFacts
{
    public static void Map(IEndpointRouteBuilder inner) => inner.MapGet("/practitioners/{id:guid}/facts", Handle);

    public static async Task<Results<Ok<PractitionerPublished>, ProblemHttpResult>> Handle(Guid id, ListingsDb db, CancellationToken ct) =>
        await db.Practitioners.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.Published != null, ct) is { } practitioner
            ? TypedResults.Ok(practitioner.Facts())
            : Problems.NotFound;
}
