using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
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
        if (ruling.Checked().Failed(out var problem))
            return problem;
        if (await db.Practitioners.SingleOrDefaultAsync(p => p.Id == id, ct) is not { } practitioner)
            return Problems.NotFound;
        if (ruling.Version is { } seen && seen != practitioner.Version)
            return Problems.Stale;

        var now = clock.GetUtcNow();
        if (!practitioner.Return(ruling.Reason.Trim(), now))
            return Problems.NotWaiting(practitioner.Status);
        db.Add(Ruling.Decide(Verdict.Returned, practitioner, ruling.Reason, moderator, now));
        return await Publication.Save(db, practitioner, now, ct) ? TypedResults.Ok(Ruled.Of(practitioner)) : Problems.Stale;
    }
}
