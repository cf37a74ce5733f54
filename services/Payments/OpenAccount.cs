using Microsoft.EntityFrameworkCore;
using Stripe;

namespace Payments;

/// <summary>Gives a practitioner an account at Stripe; asked twice, even at once, it is the same one.</summary>
public static class OpenAccount
{
    /// <summary>The day that a demonstration account is said to have agreed to Stripe's terms; fixed, so that a repeated call is the same call.</summary>
    private static readonly DateTime DemoAgreedOn = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>An account that the practitioner completes on Stripe's own pages.</summary>
    public static Task<ConnectedAccount> ForPractitioner(
        PaymentsDb db, AccountService accounts, Guid practitionerId, string email, string? country, DateTimeOffset now, CancellationToken ct) =>
        Open(db, accounts, practitionerId, demo: false, now, new AccountCreateOptions
        {
            Type = "express",
            Country = country,
            Email = email,
            Capabilities = Capabilities(),
            Metadata = new() { ["practitioner_id"] = practitionerId.ToString() },
        }, ct);

    /// <summary>An account in the name of somebody invented, which the sandbox lets take payments at once.</summary>
    public static Task<ConnectedAccount> ForDemo(
        PaymentsDb db, AccountService accounts, Guid practitionerId, DateTimeOffset now, CancellationToken ct) =>
        Open(db, accounts, practitionerId, demo: true, now, new AccountCreateOptions
        {
            Type = "custom",
            BusinessType = "individual",
            Capabilities = Capabilities(),
            Metadata = new() { ["practitioner_id"] = practitionerId.ToString() },
            TosAcceptance = new() { Date = DemoAgreedOn, Ip = "192.0.2.1" },
        }, ct);

    private static async Task<ConnectedAccount> Open(
        PaymentsDb db, AccountService accounts, Guid practitionerId, bool demo, DateTimeOffset now, AccountCreateOptions options, CancellationToken ct)
    {
        if (await db.ConnectedAccounts.FindAsync([practitionerId], ct) is { } known)
            return known;

        var key = new RequestOptions { IdempotencyKey = $"account-{(demo ? "demo-" : "")}{practitionerId}" };
        var opened = ConnectedAccount.Open(practitionerId, await accounts.CreateAsync(options, key, ct), demo, now);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO connected_accounts (practitioner_id, stripe_account_id, demo, created_at, details_submitted, charges_enabled, payouts_enabled, seen_at)
            VALUES ({opened.PractitionerId}, {opened.StripeAccountId}, {opened.Demo}, {opened.CreatedAt}, {opened.DetailsSubmitted},
                    {opened.ChargesEnabled}, {opened.PayoutsEnabled}, {opened.SeenAt})
            ON CONFLICT DO NOTHING
            """,
            ct);
        return await db.ConnectedAccounts.SingleAsync(account => account.PractitionerId == practitionerId, ct);
    }

    private static AccountCapabilitiesOptions Capabilities() => new()
    {
        CardPayments = new() { Requested = true },
        Transfers = new() { Requested = true },
    };
}
