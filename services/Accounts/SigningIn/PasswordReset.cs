namespace Accounts.SigningIn;

/// <summary>Somebody asked for a new password.</summary>
public sealed class PasswordReset
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private PasswordReset() { }

    /// <summary>The request id in <see cref="Contracts.SignInCodeAsked"/>.</summary>
    public required Guid Id { get; init; }

    /// <summary>Null when nobody has the address: the same row is written then, so that the answer takes as long.</summary>
    public required Guid? AccountId { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Of the code in the newest mail; earlier codes of the same request are void.</summary>
    public byte[]? CodeHash { get; set; }

    public static PasswordReset Of(Guid? accountId, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        AccountId = accountId,
        ExpiresAt = now + Life,
    };
}
