namespace Accounts.SigningIn;

/// <summary>
/// Good for one exchange. Two tabs that exchange the same one at the same moment both go on; the same one later means that somebody else has
/// it, and ends the session.
/// </summary>
public sealed class RefreshToken
{
    private RefreshToken() { }

    public required byte[] Hash { get; init; }

    public required Guid SessionId { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public DateTimeOffset? ExchangedAt { get; private set; }

    public static RefreshToken Issue(Guid sessionId, DateTimeOffset now, out string token)
    {
        token = SecretCodes.Make();
        return new RefreshToken { Hash = SecretCodes.Hash(token), SessionId = sessionId, IssuedAt = now };
    }

    /// <summary>False when it was exchanged before and the time for a second tab has passed.</summary>
    public bool Exchange(DateTimeOffset now, TimeSpan grace)
    {
        if (ExchangedAt is { } before)
            return now - before <= grace;
        ExchangedAt = now;
        return true;
    }
}
