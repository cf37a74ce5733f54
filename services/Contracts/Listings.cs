namespace Contracts;

/// <summary>A practitioner can be found and booked as described here, and no longer as any lower version said.</summary>
public record PractitionerPublished(
    Guid PractitionerId, long Version, IReadOnlyList<PublishedLocation> Locations, IReadOnlyList<PublishedService> Services, DateTimeOffset At);

/// <param name="TimeZone">IANA name; the practitioner's hours there are read in it.</param>
/// <param name="Country">ISO 3166-1, two capital letters; null in facts from before it was told.</param>
/// <param name="Region">Part of the country, as its practitioner calls it: a code or a name.</param>
public record PublishedLocation(Guid LocationId, string TimeZone, string? Country = null, string? Region = null);

/// <param name="Minutes">Length of the visit, without buffers.</param>
/// <param name="Introductory">A short first talk; it does not count as a bookable visit in search.</param>
public record PublishedService(Guid ServiceId, int Minutes, IReadOnlyList<Guid> LocationIds, bool FirstVisit, bool Introductory);

/// <summary>A moderator has decided about a whole listing. The owner reads the reason on their desk.</summary>
/// <param name="Verdict"><c>approved</c>, <c>returned</c> (to be changed and submitted again) or <c>suspended</c> (taken away from the public).</param>
public record ListingDecided(Guid PractitionerId, Guid DecisionId, string Verdict, DateTimeOffset At);

/// <summary>A practitioner can no longer be found or booked. A tombstone: facts of a lower version that come later change nothing.</summary>
public record PractitionerWithdrawn(Guid PractitionerId, long Version, DateTimeOffset At);
