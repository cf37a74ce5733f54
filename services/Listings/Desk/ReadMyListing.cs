using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Listings.Desk;

/// <summary>A practitioner reads their own listing.</summary>
public static class ReadMyListing
{
    public static void Map(IEndpointRouteBuilder mine) => mine.MapGet("/", Handle).WithName(nameof(ReadMyListing));

    public static async Task<Results<Ok<MyListing>, ProblemHttpResult>> Handle(
        CurrentUser user, ListingsDb db, TimeProvider clock, HttpContext http, CancellationToken ct) =>
        await MyListing.Find(user, db, clock.GetUtcNow(), ct) is { } practitioner
            ? TypedResults.Ok(MyListing.Answer(practitioner, http))
            : Problems.NoPractitioner;
}
