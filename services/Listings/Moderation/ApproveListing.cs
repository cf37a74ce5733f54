using Listings.Desk;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
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
        if (ruling.Checked().Failed(out var problem))
            return problem;
        if (await db.Practitioners.SingleOrDefaultAsync(p => p.Id == id, ct) is not { } practitioner)
            return Problems.NotFound;
        if (ruling.Version is { } seen && seen != practitioner.Version)
            return Problems.Stale;

        // What was written while suspended was never submitted, and the rules may have changed since it was.
        if (practitioner.Status is ListingStatus.Submitted or ListingStatus.Suspended && Readiness.Of(practitioner.Current) is { Count: > 0 } issues)
            return Problems.NotReady(issues);

        var now = clock.GetUtcNow();
        if (!practitioner.Approve(await Slugs.Free(db, practitioner, ct), ruling.Reason.Trim(), now))
            return Problems.NotWaiting(practitioner.Status);
        db.Add(Ruling.Decide(Verdict.Approved, practitioner, ruling.Reason, moderator, now));
        return await Publication.Save(db, practitioner, now, ct) ? TypedResults.Ok(Ruled.Of(practitioner)) : Problems.Stale;
    }
}
