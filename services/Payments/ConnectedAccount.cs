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

    /// <summary>The second that this state is of; Stripe's events tell no finer time.</summary>
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

    /// <param name="at">When Stripe said so; news of an earlier second than what is known changes nothing.</param>
    public void See(Stripe.Account account, DateTimeOffset at)
    {
        var second = DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());
        if (second < SeenAt)
            return;
        (DetailsSubmitted, ChargesEnabled, PayoutsEnabled, SeenAt) = (account.DetailsSubmitted, account.ChargesEnabled, account.PayoutsEnabled, second);
    }
}
