using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Listings.Desk;

/// <summary>A practitioner takes the listing away from the public; what is written stays.</summary>
public static class UnpublishMyListing
{
    public static void Map(IEndpointRouteBuilder mine) => mine
        .MapPost("/unpublish", Handle)
        .WithName(nameof(UnpublishMyListing))
        .ProducesProblem(StatusCodes.Status409Conflict);

    public static async Task<Results<Ok<MyListing>, ProblemHttpResult>> Handle(
        CurrentUser user, ListingsDb db, TimeProvider clock, HttpContext http, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await MyListing.Find(user, db, now, ct) is not { } practitioner)
            return Problems.NoPractitioner;
        if (practitioner.Status == ListingStatus.Suspended)
            return Problems.Suspended;
        if (!practitioner.Unpublish(now) && practitioner.Status != ListingStatus.Unpublished)
            return Problems.NothingToTakeBack;
        if (!await Publication.Save(db, practitioner, now, ct))
            return Problems.Stale;
        return TypedResults.Ok(MyListing.Answer(practitioner, http));
    }
}
