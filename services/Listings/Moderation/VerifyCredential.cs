using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Listings.Moderation;

/// <summary>A moderator has seen proof of a training or licence, or has heard from its issuer.</summary>
public static class VerifyCredential
{
    /// <param name="Evidence"><c>documentSeen</c> or <c>confirmedByIssuer</c>.</param>
    /// <param name="CheckedBy">Who looked; the issuer when it confirmed, else our moderators.</param>
    /// <param name="Version">Of the listing that was looked at; where another one stands by now, its words may be others, and the decision is refused.</param>
    public sealed record Request(string Reason, EvidenceState Evidence = EvidenceState.DocumentSeen, string? CheckedBy = null, long? Version = null);

    public static void Map(IEndpointRouteBuilder moderation) => moderation
        .MapPost("/credentials/{id:guid}/verify", Handle)
        .WithName(nameof(VerifyCredential))
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed);

    public static async Task<Results<Ok<Ruled>, ProblemHttpResult>> Handle(
        Guid id, Request request, CurrentUser moderator, ListingsDb db, TimeProvider clock, CancellationToken ct)
    {
        var check = new Check();
        check.Text("reason", request.Reason, Ruling.Longest, lines: true);
        check.That("evidence", request.Evidence != EvidenceState.SelfDeclared, "Reject it instead.");
        check.Text("checkedBy", request.CheckedBy, 100, optional: true);
        if (check.Failed(out var problem))
            return problem;
        if (await Credentials.Find(db, id, ct) is not { } found)
            return Problems.NotFound;

        var now = clock.GetUtcNow();
        var (practitioner, training, licence) = found;
        if (request.Version is { } seen && seen != practitioner.Version)
            return Problems.Stale;
        var by = request.CheckedBy?.Trim()
            ?? (request.Evidence == EvidenceState.ConfirmedByIssuer && training is not null ? Taxonomy.Current.FindIssuer(training.Issuer)!.Name : "Moderators");
        if (!practitioner.Record(new(id, request.Evidence, by, DateOnly.FromDateTime(now.UtcDateTime), training, licence), now))
            return Problems.NotWaiting(practitioner.Status);
        return await Ruling.Keep(db, Verdict.Verified, practitioner, request.Reason, moderator, now, ct, id);
    }
}
