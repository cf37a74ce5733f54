namespace Accounts;

/// <summary>Settings of sign-in, from the environment.</summary>
public sealed class AccountOptions
{
    public Uri PublicUrl { get; set; } = new("http://localhost:8080");

    /// <summary><c>on</c> or <c>off</c>.</summary>
    public bool RateLimits { get; set; } = true;

    /// <summary>How slow a guess is; 210,000 is what OWASP asks for with PBKDF2-SHA-512 (2023).</summary>
    public int PasswordRounds { get; set; } = 210_000;

    public double AccessTokenMinutes { get; set; } = 15;

    /// <summary>How long after its exchange a refresh token still works, for a second tab that had it too.</summary>
    public double RefreshGraceSeconds { get; set; } = 30;

    /// <summary>Wrong sign-ins per mail address and network in 15 minutes.</summary>
    public int MaxSignInFailures { get; set; } = 10;

    /// <summary>Wrong sign-ins per mail address from all networks it was never used from, together, in 15 minutes.</summary>
    public int MaxSignInFailuresFromStrangers { get; set; } = 30;

    /// <summary>Wrong sign-ins per network in 15 minutes, whomever they try.</summary>
    public int MaxSignInFailuresPerNetwork { get; set; } = 100;

    /// <summary>Mails that strangers can make us send to one address in an hour.</summary>
    public int MaxCodeMailsPerAddress { get; set; } = 5;

    /// <summary>Registrations, and requests for a new password, per network in an hour.</summary>
    public int MaxCodeMailsPerNetwork { get; set; } = 30;
}
