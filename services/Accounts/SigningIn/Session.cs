namespace Accounts.SigningIn;

/// <summary>One sign-in on one device, and the family of refresh tokens that keeps it alive.</summary>
public sealed class Session
{
    private static readonly TimeSpan IdleLife = TimeSpan.FromDays(30);
    private static readonly TimeSpan WholeLife = TimeSpan.FromDays(180);

    private Session() { }

    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>Keyed hash of the network it came from: somebody who guesses passwords elsewhere cannot keep its owner out.</summary>
    public required string NetworkHash { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset LastUsedAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public static Session Start(Guid accountId, string networkHash, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        AccountId = accountId,
        NetworkHash = networkHash,
        StartedAt = now,
        LastUsedAt = now,
    };

    public bool IsLive(DateTimeOffset now) => EndedAt is null && now < LastUsedAt + IdleLife && now < StartedAt + WholeLife;

    public void Use(DateTimeOffset now) => LastUsedAt = now;

    public void End(DateTimeOffset now) => EndedAt ??= now;
}
