using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Listings.Moderation;

/// <summary>A moderator takes a listing away from the public at once.</summary>
public static class SuspendListing
{
    public static void Map(IEndpointRouteBuilder moderation) => moderation
        .MapPost("/listings/{id:guid}/suspend", Handle)
        .WithName(nameof(SuspendListing))
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    public static async Task<Results<Ok<Ruled>, ProblemHttpResult>> Handle(
        Guid id, Ruling ruling, CurrentUser moderator, ListingsDb db, TimeProvider clock, CancellationToken ct)
    {
        var (practitioner, problem) = await ruling.Listing(db, id, ct);
        if (practitioner is null)
            return problem!;

        var now = clock.GetUtcNow();
        if (!practitioner.Suspend(ruling.Reason.Trim(), now))
            return Problems.NotWaiting(practitioner.Status);
        return await Ruling.Keep(db, Verdict.Suspended, practitioner, ruling.Reason, moderator, now, ct);
    }
}
