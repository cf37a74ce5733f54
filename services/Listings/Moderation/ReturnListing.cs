using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Listings.Moderation;

/// <summary>A moderator asks a practitioner for changes; what was published before stays.</summary>
public static class ReturnListing
{
    public static void Map(IEndpointRouteBuilder moderation) => moderation
        .MapPost("/listings/{id:guid}/return", Handle)
        .WithName(nameof(ReturnListing))
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    public static async Task<Results<Ok<Ruled>, ProblemHttpResult>> Handle(
        Guid id, Ruling ruling, CurrentUser moderator, ListingsDb db, TimeProvider clock, CancellationToken ct)
    {
        var (practitioner, problem) = await ruling.Listing(db, id, ct);
        if (practitioner is null)
            return problem!;

        var now = clock.GetUtcNow();
        if (!practitioner.Return(ruling.Reason.Trim(), now))
            return Problems.NotWaiting(practitioner.Status);
        return await Ruling.Keep(db, Verdict.Returned, practitioner, ruling.Reason, moderator, now, ct);
    }
}
