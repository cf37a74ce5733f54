namespace Accounts.Registering;

/// <summary>
/// A request for an account, kept until the address is proven or a day has passed. The password belongs to the request, not to an account:
/// whoever registers a stranger's address gets nothing, and the owner who follows their own mail gets the password they chose.
/// </summary>
public sealed class Registration
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(24);

    private Registration() { }

    /// <summary>The request id in <see cref="Contracts.SignInCodeAsked"/>.</summary>
    public required Guid Id { get; init; }

    /// <summary>The id that the account will have.</summary>
    public required Guid AccountId { get; init; }

    public required string Email { get; init; }

    public required string NormalizedEmail { get; init; }

    public required string Name { get; init; }

    public required string Role { get; init; }

    public required string PasswordHash { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Of the code in the newest mail; earlier codes of the same request are void.</summary>
    public byte[]? CodeHash { get; set; }

    public static Registration Of(string email, string normalizedEmail, string name, string role, string passwordHash, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        AccountId = Guid.CreateVersion7(now),
        Email = email,
        NormalizedEmail = normalizedEmail,
        Name = name,
        Role = role,
        PasswordHash = passwordHash,
        ExpiresAt = now + Life,
    };
}
