using Contracts;

namespace Payments;

/// <summary>The one payment of a booking: what is due, the page to pay it on, what was captured and what has gone back.</summary>
public sealed class Checkout
{
    /// <summary>Stripe's floor is 30 minutes; a minute more allows for two clocks and a slow line.</summary>
    private static readonly TimeSpan ShortestLife = TimeSpan.FromMinutes(31);

    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(23);

    private Checkout() { }

    /// <summary>Also the payment's id in messages.</summary>
    public required Guid Id { get; init; }

    public required Guid BookingId { get; init; }

    public required Guid PractitionerId { get; init; }

    /// <summary>Stripe's id of the connected account that is paid.</summary>
    public required string Destination { get; init; }

    public required long AmountMinor { get; init; }

    /// <summary>The platform's part of the amount.</summary>
    public required long FeeMinor { get; init; }

    public required string Currency { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public CheckoutStatus Status { get; private set; }

    /// <summary>Counts the pages asked for; only one is ever handed out.</summary>
    public int Attempt { get; private set; } = 1;

    /// <summary>When Stripe closes the page by itself.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    public string? SessionId { get; private set; }

    public string? Url { get; private set; }

    public string? PaymentIntentId { get; private set; }

    public long CapturedMinor { get; private set; }

    public long RefundedMinor { get; private set; }

    public DateTimeOffset? CapturedAt { get; private set; }

    /// <summary>Since when its booking wants no money: it expired or was cancelled.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Since when the captured payment has its appointment.</summary>
    public DateTimeOffset? ConfirmedAt { get; private set; }

    /// <summary>When to tell Stripe (again) to close the page, once the booking has ended.</summary>
    public DateTimeOffset ExpireAt { get; private set; }

    /// <summary>When to ask Stripe (again) how far an open page has come.</summary>
    public DateTimeOffset ReconcileAt { get; private set; }

    /// <summary>When to ask Stripe (again) which refunds there are; null while there is no reason to.</summary>
    public DateTimeOffset? LookForRefundsAt { get; private set; }

    public Money Captured => new(CapturedMinor, Currency);

    public Money Refunded => new(RefundedMinor, Currency);

    /// <summary>Paid, closed, or not wanted any more.</summary>
    public bool IsOver => EndedAt is not null || Status is not (CheckoutStatus.Preparing or CheckoutStatus.Open);

    /// <summary>One page is one call to Stripe, however often it is made.</summary>
    public string IdempotencyKey => $"checkout-{BookingId}-{Attempt}";

    /// <param name="feeBps">The platform's part in ten-thousandths; <see cref="Money.Share"/> rounds it.</param>
    public static Checkout Ask(
        Guid bookingId, Guid practitionerId, string destination, Money amount, int feeBps, DateTimeOffset holdExpiresAt, DateTimeOffset now) => new()
        {
            Id = Guid.CreateVersion7(now),
            BookingId = bookingId,
            PractitionerId = practitionerId,
            Destination = destination,
            AmountMinor = amount.Amount,
            FeeMinor = amount.Share(feeBps).Amount,
            Currency = amount.Currency,
            CreatedAt = now,
            ExpiresAt = Life(holdExpiresAt, now),
            ExpireAt = now,
            ReconcileAt = now,
        };

    /// <summary>Asks for another page when the one that was asked for never came and would be too short-lived by now.</summary>
    public void Renew(DateTimeOffset holdExpiresAt, DateTimeOffset now)
    {
        if (ExpiresAt < now + ShortestLife - TimeSpan.FromSeconds(45))
            AskForAnother(holdExpiresAt, now);
    }

    /// <summary>Asks for another page, because Stripe has seen this one's key with other parameters; a page that has come stays.</summary>
    public void AskForAnother(DateTimeOffset holdExpiresAt, DateTimeOffset now)
    {
        if (SessionId is not null)
            return;
        Attempt++;
        ExpiresAt = Life(holdExpiresAt, now);
    }

    public void Open(string sessionId, string url, DateTimeOffset reconcileAt)
    {
        if (Status != CheckoutStatus.Preparing)
            return;
        Status = CheckoutStatus.Open;
        SessionId = sessionId;
        Url = url;
        ReconcileAt = reconcileAt;
    }

    /// <summary>The booking wants no money any more; the page is to be closed.</summary>
    public void End(DateTimeOffset now)
    {
        if (EndedAt is not null)
            return;
        EndedAt = now;
        ExpireAt = now;
    }

    /// <summary>The page is closed and nobody has paid.</summary>
    public void Expire()
    {
        if (Status is not (CheckoutStatus.Preparing or CheckoutStatus.Open))
            return;
        Status = CheckoutStatus.Expired;
        Url = null;
    }

    /// <summary>Stripe has taken the money, however late.</summary>
    /// <returns>False when a payment is recorded already.</returns>
    public bool Capture(string paymentIntentId, long amountMinor, DateTimeOffset now)
    {
        if (PaymentIntentId is not null)
            return false;
        Status = CheckoutStatus.Captured;
        PaymentIntentId = paymentIntentId;
        CapturedMinor = amountMinor;
        CapturedAt = now;
        Url = null;
        return true;
    }

    /// <summary>The payment has its appointment.</summary>
    public void Confirm(DateTimeOffset now) => ConfirmedAt ??= now;

    /// <summary>Money has gone back (or, negative, a refund has come back).</summary>
    /// <returns>The platform's fee that goes with it: in proportion to all refunded so far, so that parts add up to the whole fee.</returns>
    public long GiveBack(long amountMinor)
    {
        var before = FeeOf(RefundedMinor);
        RefundedMinor += amountMinor;
        Status = RefundedMinor == CapturedMinor ? CheckoutStatus.Refunded : CheckoutStatus.Captured;
        return FeeOf(RefundedMinor) - before;
    }

    public void LookForRefunds(DateTimeOffset now) => LookForRefundsAt = now;

    /// <summary>The fee's share in a part of what was captured, a half rounded up.</summary>
    private long FeeOf(long partMinor) => (long)decimal.Round((decimal)FeeMinor * partMinor / CapturedMinor, MidpointRounding.AwayFromZero);

    private static DateTimeOffset Life(DateTimeOffset holdExpiresAt, DateTimeOffset now)
    {
        var wanted = holdExpiresAt > now + ShortestLife ? holdExpiresAt : now + ShortestLife;
        return wanted < now + LongestLife ? wanted : now + LongestLife;
    }
}
