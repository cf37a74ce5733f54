namespace Payments;

/// <summary>A practitioner's account at Stripe, and what it may do.</summary>
public sealed class ConnectedAccount
{
    private ConnectedAccount() { }

    public required Guid PractitionerId { get; init; }

    public required string StripeAccountId { get; init; }

    /// <summary>Made up for a practitioner of the demonstration directory.</summary>
    public required bool Demo { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public bool DetailsSubmitted { get; private set; }

    public bool ChargesEnabled { get; private set; }

    public bool PayoutsEnabled { get; private set; }

    /// <summary>The instant that this state is of.</summary>
    public DateTimeOffset SeenAt { get; private set; }

    public static ConnectedAccount Open(Guid practitionerId, Stripe.Account account, bool demo, DateTimeOffset now) => new()
    {
        PractitionerId = practitionerId,
        StripeAccountId = account.Id,
        Demo = demo,
        CreatedAt = now,
        DetailsSubmitted = account.DetailsSubmitted,
        ChargesEnabled = account.ChargesEnabled,
        PayoutsEnabled = account.PayoutsEnabled,
        SeenAt = new DateTimeOffset(account.Created),
    };

    /// <param name="at">When Stripe said so; older news than what is known changes nothing.</param>
    public bool See(Stripe.Account account, DateTimeOffset at)
    {
        if (at < SeenAt)
            return false;
        (DetailsSubmitted, ChargesEnabled, PayoutsEnabled, SeenAt) = (account.DetailsSubmitted, account.ChargesEnabled, account.PayoutsEnabled, at);
        return true;
    }
}
