namespace Contracts;

/// <summary>Somebody has an account now.</summary>
public record AccountRegistered(Guid AccountId, Guid? PractitionerId, DateTimeOffset At);

/// <summary>Somebody asked for a mail that proves an address is theirs. The code itself is fetched from Accounts when the mail is sent.</summary>
/// <param name="Purpose"><c>confirm</c>, <c>reset</c> or <c>known</c> (the address already has an account).</param>
public record SignInCodeAsked(Guid AccountId, Guid RequestId, string Purpose, DateTimeOffset At);

/// <summary>
/// An account and what it held about a person are gone. It is published twice: at once, and when the last token issued for it has expired, since
/// something may have been written with one in between.
/// </summary>
public record AccountErased(Guid AccountId, Guid? PractitionerId, DateTimeOffset At);
