using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Listings.Moderation;

/// <summary>A moderator could not confirm a training or licence; from now on it is the practitioner's own word.</summary>
public static class RejectCredential
{
    /// <param name="Version">Of the listing that was looked at; a decision about another one is refused.</param>
    public sealed record Request(string Reason, long? Version = null);

    public static void Map(IEndpointRouteBuilder moderation) => moderation
        .MapPost("/credentials/{id:guid}/reject", Handle)
        .WithName(nameof(RejectCredential))
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed);

    public static async Task<Results<Ok<Ruled>, ProblemHttpResult>> Handle(
        Guid id, Request request, CurrentUser moderator, ListingsDb db, TimeProvider clock, CancellationToken ct)
    {
        var check = new Check();
        check.Text("reason", request.Reason, Ruling.Longest, lines: true);
        if (check.Failed(out var problem))
            return problem;
        if (await Credentials.Find(db, id, ct) is not { } found)
            return Problems.NotFound;

        var now = clock.GetUtcNow();
        var (practitioner, training, licence) = found;
        if (request.Version is { } seen && seen != practitioner.Version)
            return Problems.Stale;
        if (!practitioner.Record(new(id, EvidenceState.SelfDeclared, "Moderators", DateOnly.FromDateTime(now.UtcDateTime), training, licence), now))
            return Problems.NotWaiting(practitioner.Status);
        return await Ruling.Keep(db, Verdict.Rejected, practitioner, request.Reason, moderator, now, ct, id);
    }
}
