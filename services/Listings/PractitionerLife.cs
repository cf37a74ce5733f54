using System.Text.Json;

namespace Listings;

/// <summary>What owners and moderators do with a listing. Each returns false when there is nothing to do.</summary>
public sealed partial class Practitioner
{
    /// <summary>
    /// The owner writes the document anew; false when nothing in it has changed, though the version rises all the same. A listing that waited for a
    /// moderator waits no longer: what is approved is what was submitted.
    /// </summary>
    public bool Rewrite(Listing listing, DateTimeOffset now)
    {
        if (JsonSerializer.Serialize(listing, Listing.Stored) == JsonSerializer.Serialize(Current, Listing.Stored))
        {
            Version++;
            return false;
        }

        Draft = listing;
        if (Status is not (ListingStatus.Published or ListingStatus.Suspended))
            Status = ListingStatus.Draft;

        Changed(now);
        return true;
    }

    /// <summary>The owner asks a moderator to look; false when that has been asked, nothing has changed since publication, or the listing is suspended.</summary>
    public bool Submit(DateTimeOffset now)
    {
        if (Draft is null || Status is ListingStatus.Submitted or ListingStatus.Suspended)
            return false;

        Status = ListingStatus.Submitted;
        SubmittedAt = now;
        Changed(now);
        return true;
    }

    /// <summary>A moderator lets the public see it, for the first time or again; false when nothing waits.</summary>
    public bool Approve(string slug, string reason, DateTimeOffset now)
    {
        if (Status is not (ListingStatus.Submitted or ListingStatus.Suspended))
            return false;

        Published = Current;
        Draft = null;
        Status = ListingStatus.Published;
        Slug ??= slug;
        Reason = reason;
        PublishedAt = now;
        Changed(now);
        return true;
    }

    /// <summary>A moderator asks for changes; what was published before stays; false when nothing waits.</summary>
    public bool Return(string reason, DateTimeOffset now)
    {
        if (Status != ListingStatus.Submitted)
            return false;

        Status = ListingStatus.Returned;
        Reason = reason;
        Changed(now);
        return true;
    }

    /// <summary>A moderator takes it away from the public at once; false when it is away already.</summary>
    public bool Suspend(string reason, DateTimeOffset now)
    {
        if (Status == ListingStatus.Suspended)
            return false;

        Withdraw();
        Status = ListingStatus.Suspended;
        Reason = reason;
        Changed(now);
        return true;
    }

    /// <summary>The owner takes it back; false when there is nothing to take back.</summary>
    public bool Unpublish(DateTimeOffset now)
    {
        if (Status == ListingStatus.Suspended || (Published is null && Status != ListingStatus.Submitted))
            return false;

        Withdraw();
        Status = ListingStatus.Unpublished;
        Changed(now);
        return true;
    }

    /// <summary>The owner leaves for good: nothing about them is shown or kept except that somebody was here.</summary>
    public void Leave(DateTimeOffset now)
    {
        (Published, PublishedAt, Draft, Evidence, Slug, Reason, ContactEmail) = (null, null, null, [], null, null, "");
        Status = ListingStatus.Unpublished;
        Changed(now);
    }

    /// <summary>A moderator has looked at a training or licence; false when that is known, or there is no such thing.</summary>
    public bool Record(Evidence evidence, DateTimeOffset now)
    {
        if (Evidence.Contains(evidence) || (evidence.Training is null && evidence.Licence is null))
            return false;

        // What was seen of the words that are published holds on beside what is seen of newer ones; what is rejected is so in all its words.
        var isSeen = evidence.State != EvidenceState.SelfDeclared;
        Evidence = [.. Evidence.Where(e => e.CredentialId != evidence.CredentialId || (isSeen && IsPublished(e) && (e.Training, e.Licence) != (evidence.Training, evidence.Licence))), evidence];
        Changed(now);
        return true;
    }

    private bool IsPublished(Evidence evidence) =>
        (evidence.Training is { } training && Published?.Trainings.Contains(training) == true) || (evidence.Licence is { } licence && Published?.Licences.Contains(licence) == true);

    private void Withdraw()
    {
        Draft ??= Published;
        Published = null;
        PublishedAt = null;
    }

    private void Changed(DateTimeOffset now)
    {
        Version++;
        ChangedAt = now;
    }
}
