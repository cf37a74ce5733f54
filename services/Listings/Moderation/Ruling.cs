using System.Text.Json;
using Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Listings.Moderation;

/// <summary>What a moderator says with a decision about a listing.</summary>
/// <param name="Reason">Kept for good, and shown to the listing's owner.</param>
/// <param name="Version">The version that was looked at; a decision about another one is refused.</param>
public sealed record Ruling(string Reason, long? Version = null)
{
    public const int Longest = 2000;

    /// <summary>The listing that it is about, as the moderator saw it; or why there is nothing to decide.</summary>
    internal async Task<(Practitioner? Practitioner, ProblemHttpResult? Problem)> Listing(ListingsDb db, Guid id, CancellationToken ct)
    {
        var check = new Check();
        check.Text("reason", Reason, Longest, lines: true);
        if (check.Failed(out var problem))
            return (null, problem);
        if (await db.Practitioners.SingleOrDefaultAsync(p => p.Id == id, ct) is not { } practitioner)
            return (null, Problems.NotFound);
        return Version is { } seen && seen != practitioner.Version ? (null, Problems.Stale) : (practitioner, null);
    }

    /// <summary>Keeps the decision with what it changed.</summary>
    internal static async Task<Results<Ok<Ruled>, ProblemHttpResult>> Keep(
        ListingsDb db, Verdict verdict, Practitioner practitioner, string reason, CurrentUser moderator, DateTimeOffset now, CancellationToken ct, Guid? credential = null)
    {
        var decision = new Decision
        {
            Id = Guid.CreateVersion7(now),
            PractitionerId = practitioner.Id,
            CredentialId = credential,
            Verdict = verdict,
            Reason = reason.Trim(),
            ModeratorId = moderator.Id,
            At = now,
        };
        db.Add(decision);
        if (credential is null)
            db.Publish(new ListingDecided(practitioner.Id, decision.Id, JsonNamingPolicy.CamelCase.ConvertName(verdict.ToString()), now), now);
        return await Publication.Save(db, practitioner, now, ct) ? TypedResults.Ok(Ruled.Of(practitioner)) : Problems.Stale;
    }
}

/// <summary>Where a listing stands after a decision.</summary>
public sealed record Ruled(Guid PractitionerId, string? Slug, ListingStatus Status, long Version, bool IsPublished)
{
    internal static Ruled Of(Practitioner practitioner) =>
        new(practitioner.Id, practitioner.Slug, practitioner.Status, practitioner.Version, practitioner.Published is not null);
}
