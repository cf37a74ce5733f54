using Microsoft.EntityFrameworkCore;
using Platform;

namespace Listings.Desk;

/// <summary>A practitioner's own listing as the owner sees it: the document, and where it stands.</summary>
public sealed record MyListing : Listing
{
    private MyListing(Practitioner practitioner)
        : base(practitioner.Current)
    {
        Id = practitioner.Id;
        Slug = practitioner.Slug;
        Status = practitioner.Status;
        IsPublished = practitioner.Published is not null;
        HasChanges = practitioner.HasChanges;
        Reason = practitioner.Reason;
        Issues = Readiness.Of(practitioner.Current);
        Credentials = CredentialState.Of(practitioner);
    }

    public Guid Id { get; }
    public string? Slug { get; }
    public ListingStatus Status { get; }

    /// <summary>Whether the public sees a version of it, perhaps an earlier one.</summary>
    public bool IsPublished { get; }

    /// <summary>Whether it differs from what the public sees.</summary>
    public bool HasChanges { get; }

    /// <summary>What the last moderator said.</summary>
    public string? Reason { get; }

    /// <summary>What stands between it and publication.</summary>
    public IReadOnlyList<Issue> Issues { get; }

    /// <summary>How well each training and licence is evidenced.</summary>
    public IReadOnlyList<CredentialState> Credentials { get; }

    /// <summary>The listing of the person who calls, tracked; an empty one, not saved, when nothing was written yet; null for other people.</summary>
    internal static async Task<Practitioner?> Find(CurrentUser user, ListingsDb db, DateTimeOffset now, CancellationToken ct) =>
        user.PractitionerId is not { } id ? null
        : await db.Practitioners.SingleOrDefaultAsync(p => p.Id == id, ct) ?? Practitioner.Start(id, user.Email, now);

    internal static MyListing Of(Practitioner practitioner) => new(practitioner);

    /// <summary>The answer, with the version to save it under.</summary>
    internal static MyListing Answer(Practitioner practitioner, HttpContext http)
    {
        http.Response.Headers.ETag = ETags.Weak(practitioner.Version);
        return new(practitioner);
    }
}

/// <summary>How well a training or licence of the document is evidenced.</summary>
/// <param name="Id">Of the training or licence.</param>
public sealed record CredentialState(Guid Id, EvidenceState Evidence, string? CheckedBy, DateOnly? CheckedOn)
{
    internal static IReadOnlyList<CredentialState> Of(Practitioner practitioner) =>
    [
        .. practitioner.Current.Trainings.Select(t => Known(t.Id, practitioner.EvidenceOf(t))),
        .. practitioner.Current.Licences.Select(l => Known(l.Id, practitioner.EvidenceOf(l))),
    ];

    private static CredentialState Known(Guid? id, Evidence? evidence) =>
        new(id!.Value, evidence?.State ?? EvidenceState.SelfDeclared, evidence?.CheckedBy, evidence?.CheckedOn);
}
