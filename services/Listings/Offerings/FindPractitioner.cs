using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Listings.Offerings;

/// <summary>Another service knows a published practitioner only by the slug in an address.</summary>
public static class FindPractitioner
{
    public sealed record Response(Guid Id);

    public static void Map(IEndpointRouteBuilder inner) => inner.MapGet("/practitioners/by-slug/{slug}", Handle);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(string slug, ListingsDb db, CancellationToken ct) =>
        await db.Practitioners.Where(p => p.Slug == slug && p.Published != null).Select(p => (Guid?)p.Id).SingleOrDefaultAsync(ct) is { } id
            ? TypedResults.Ok(new Response(id))
            : Problems.NotFound;
}
