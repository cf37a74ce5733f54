using Platform;

namespace Listings.Moderation;

/// <summary>What a moderator says with a decision about a listing.</summary>
/// <param name="Reason">Kept for good, and shown to the listing's owner.</param>
/// <param name="Version">The version that was looked at; a decision about another one is refused.</param>
public sealed record Ruling(string Reason, long? Version = null)
{
    public const int Longest = 2000;

    internal Check Checked()
    {
        var check = new Check();
        check.Text("reason", Reason, Longest, lines: true);
        return check;
    }

    /// <summary>What is kept of it.</summary>
    internal static Decision Decide(Verdict verdict, Practitioner practitioner, string reason, CurrentUser moderator, DateTimeOffset now, Guid? credential = null) => new()
    {
        Id = Guid.CreateVersion7(now),
        PractitionerId = practitioner.Id,
        CredentialId = credential,
        Verdict = verdict,
        Reason = reason.Trim(),
        ModeratorId = moderator.Id,
        At = now,
    };
}

/// <summary>Where a listing stands after a decision.</summary>
public sealed record Ruled(Guid PractitionerId, string? Slug, ListingStatus Status, long Version, bool IsPublished)
{
    internal static Ruled Of(Practitioner practitioner) =>
        new(practitioner.Id, practitioner.Slug, practitioner.Status, practitioner.Version, practitioner.Published is not null);
}
