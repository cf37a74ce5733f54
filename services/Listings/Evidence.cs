namespace Listings;

/// <summary>How well a training or licence is evidenced.</summary>
public enum EvidenceState
{
    SelfDeclared,
    DocumentSeen,
    ConfirmedByIssuer,
}

/// <summary>What a moderator found out about one training or licence, with the words that were checked.</summary>
/// <param name="CheckedBy">Who looked: our moderators, or the issuer's own register.</param>
public sealed record Evidence(
    Guid CredentialId, EvidenceState State, string CheckedBy, DateOnly CheckedOn, Training? Training = null, Licence? Licence = null);
