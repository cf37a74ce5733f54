using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Listings.Desk;

/// <summary>A practitioner asks for publication. Asking twice is asking once.</summary>
public static class SubmitMyListing
{
    public static void Map(IEndpointRouteBuilder mine) => mine
        .MapPost("/submit", Handle)
        .WithName(nameof(SubmitMyListing))
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status409Conflict);

    public static async Task<Results<Ok<MyListing>, ProblemHttpResult>> Handle(
        CurrentUser user, ListingsDb db, TimeProvider clock, HttpContext http, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await MyListing.Find(user, db, now, ct) is not { } practitioner)
            return Problems.NoPractitioner;
        if (practitioner.Status == ListingStatus.Suspended)
            return Problems.Suspended;
        if (Readiness.Of(practitioner.Current) is { Count: > 0 } issues)
            return Problems.NotReady(issues);

        practitioner.Submit(now);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Problems.Stale;
        }
        return TypedResults.Ok(MyListing.Answer(practitioner, http));
    }
}
