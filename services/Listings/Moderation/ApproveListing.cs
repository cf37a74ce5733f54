using Listings.Desk;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Listings.Moderation;

/// <summary>A moderator lets the public see a listing that waits, or one that was suspended.</summary>
public static class ApproveListing
{
    public static void Map(IEndpointRouteBuilder moderation) => moderation
        .MapPost("/listings/{id:guid}/approve", Handle)
        .WithName(nameof(ApproveListing))
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    public static async Task<Results<Ok<Ruled>, ProblemHttpResult>> Handle(
        Guid id, Ruling ruling, CurrentUser moderator, ListingsDb db, TimeProvider clock, CancellationToken ct)
    {
        var (practitioner, problem) = await ruling.Listing(db, id, ct);
        if (practitioner is null)
            return problem!;

        // What was written while suspended was never submitted, and the rules may have changed since it was.
        if (practitioner.Status is ListingStatus.Submitted or ListingStatus.Suspended && Readiness.Of(practitioner.Current) is { Count: > 0 } issues)
            return Problems.NotReady(issues);

        var now = clock.GetUtcNow();
        if (!practitioner.Approve(await Slugs.Free(db, practitioner, ct), ruling.Reason.Trim(), now))
            return Problems.NotWaiting(practitioner.Status);
        return await Ruling.Keep(db, Verdict.Approved, practitioner, ruling.Reason, moderator, now, ct);
    }
}
