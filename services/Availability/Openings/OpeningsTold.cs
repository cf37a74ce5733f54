namespace Availability;

/// <summary>What was last told about a practitioner's openings, and when to look again.</summary>
public sealed class OpeningsTold
{
    private OpeningsTold() { }

    public required Guid PractitionerId { get; init; }

    /// <summary>Rises with each telling.</summary>
    public long Version { get; private set; }

    /// <summary>SHA-256 of what was told, so that the same is not told twice.</summary>
    public byte[]? Digest { get; private set; }

    /// <summary>A change sets it to now; otherwise when what was told runs low.</summary>
    public DateTimeOffset RefreshAt { get; private set; }

    /// <summary>False when exactly this has been told already.</summary>
    public bool Tell(byte[] digest)
    {
        if (Digest is not null && digest.AsSpan().SequenceEqual(Digest))
            return false;
        Digest = digest;
        Version++;
        return true;
    }

    public void LookAgain(DateTimeOffset at) => RefreshAt = at;
}
