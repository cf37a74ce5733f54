using Contracts;

namespace Listings;

/// <summary>A practitioner's listing: what the owner writes, what a moderator let the public see, and what has been checked.</summary>
public sealed partial class Practitioner
{
    private Practitioner()
    {
    }

    public required Guid Id { get; init; }

    /// <summary>An invented practitioner of the demonstration directory.</summary>
    public required bool Demo { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Private: where mail about bookings goes; empty when the practitioner has left.</summary>
    public string ContactEmail { get; private set; } = "";

    /// <summary>The stable name in addresses; given when first published.</summary>
    public string? Slug { get; private set; }
    public ListingStatus Status { get; private set; }

    /// <summary>Rises with every change; the ETag of the owner's document and the version of published facts.</summary>
    public long Version { get; private set; } = 1;

    /// <summary>What the public sees; null while nothing is published.</summary>
    public Listing? Published { get; private set; }

    /// <summary>What the owner has written since; null when that is what is published.</summary>
    public Listing? Draft { get; private set; }

    /// <summary>What moderators found out about trainings and licences.</summary>
    public IReadOnlyList<Evidence> Evidence { get; private set; } = [];

    /// <summary>Why the last moderator decided so; shown to the owner.</summary>
    public string? Reason { get; private set; }
    public DateTimeOffset ChangedAt { get; private set; }
    public DateTimeOffset? SubmittedAt { get; private set; }
    public DateTimeOffset? PublishedAt { get; private set; }

    /// <summary>The document as its owner sees it.</summary>
    public Listing Current => Draft ?? Published ?? new Listing();

    public bool HasChanges => Draft is not null && Published is not null;

    /// <summary>The empty listing that every practitioner begins with.</summary>
    public static Practitioner Start(Guid id, string contactEmail, DateTimeOffset now) => new()
    {
        Id = id,
        Demo = false,
        ContactEmail = contactEmail,
        CreatedAt = now,
        ChangedAt = now,
        Draft = new Listing(),
    };

    /// <summary>Somebody of the demonstration directory, published from the start.</summary>
    public static Practitioner Invented(Guid id, string slug, string contactEmail, Listing listing, IReadOnlyList<Evidence> evidence, DateTimeOffset now) => new()
    {
        Id = id,
        Demo = true,
        ContactEmail = contactEmail,
        CreatedAt = now,
        ChangedAt = now,
        PublishedAt = now,
        Slug = slug,
        Status = ListingStatus.Published,
        Published = listing,
        Evidence = evidence,
    };

    /// <summary>As far as searches know somebody who is published.</summary>
    internal static Practitioner AsPublished(Guid id, string? slug, bool demo, Listing listing, IReadOnlyList<Evidence> evidence, DateTimeOffset changedAt, DateTimeOffset? publishedAt) => new()
    {
        Id = id,
        Demo = demo,
        CreatedAt = changedAt,
        ChangedAt = changedAt,
        PublishedAt = publishedAt,
        Slug = slug,
        Status = ListingStatus.Published,
        Published = listing,
        Evidence = evidence,
    };

    /// <summary>What is known of a training; evidence holds for the words that were checked, so changed words start without any.</summary>
    public Evidence? EvidenceOf(Training training) => Evidence.FirstOrDefault(e => e.CredentialId == training.Id && e.Training == training);

    /// <inheritdoc cref="EvidenceOf(Training)"/>
    public Evidence? EvidenceOf(Licence licence) => Evidence.FirstOrDefault(e => e.CredentialId == licence.Id && e.Licence == licence);

    /// <summary>What the other services need to know of a published listing.</summary>
    /// <exception cref="InvalidOperationException">Nothing is published.</exception>
    public PractitionerPublished Facts()
    {
        var listing = Published ?? throw new InvalidOperationException($"Practitioner {Id} is not published.");
        return new(
            Id,
            Version,
            [.. listing.Locations.Select(l => new PublishedLocation(l.Id!.Value, l.TimeZone!, l.Country, l.Region))],
            [.. listing.Services.Select(s => new PublishedService(
                s.Id!.Value, s.Minutes, [.. listing.Locations.Where(s.IsAt).Select(l => l.Id!.Value)], s.FirstVisit, s.Introductory))],
            ChangedAt);
    }

    /// <summary>Every id that the owner's documents carry, written or published.</summary>
    public IReadOnlySet<Guid> KnownIds() =>
        new[] { Draft, Published }.OfType<Listing>().SelectMany(l =>
            l.Trainings.Select(t => t.Id).Concat(l.Licences.Select(x => x.Id)).Concat(l.Locations.Select(x => x.Id)).Concat(l.Services.Select(s => s.Id))).OfType<Guid>().ToHashSet();
}
