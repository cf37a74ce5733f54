using Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Listings.Offerings;

/// <summary>Another service asks what a practitioner's published listing tells the others now; what it heard may be older than a field in it.</summary>
public static class ReadFacts
{
    public static void Map(IEndpointRouteBuilder inner) => inner.MapGet("/practitioners/{id:guid}/facts", Handle);

    public static async Task<Results<Ok<PractitionerPublished>, ProblemHttpResult>> Handle(Guid id, ListingsDb db, CancellationToken ct) =>
        await db.Practitioners.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.Published != null, ct) is { } practitioner
            ? TypedResults.Ok(practitioner.Facts())
            : Problems.NotFound;
}
