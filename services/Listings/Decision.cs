namespace Listings;

/// <summary>What a moderator decided, about whom and why. Never changed afterwards.</summary>
public sealed class Decision
{
    public required Guid Id { get; init; }
    public required Guid PractitionerId { get; init; }

    /// <summary>The training or licence it was about; null when about the whole listing.</summary>
    public Guid? CredentialId { get; init; }
    public required Verdict Verdict { get; init; }
    public required string Reason { get; init; }
    public required Guid ModeratorId { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>What moderators can decide.</summary>
public enum Verdict
{
    Approved,
    Returned,
    Suspended,
    Verified,
    Rejected,
}
