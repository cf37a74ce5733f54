using Contracts;

namespace Payments;

/// <summary>How far a refund has come.</summary>
public enum RefundStatus
{
    /// <summary>Stripe is still to be asked, or has not said yes yet.</summary>
    Owed,

    /// <summary>Stripe has accepted it, and the money is on its way.</summary>
    Pending,
    Made,

    /// <summary>The money could not reach the client, and Stripe has given it back to us; a person has to find another way or have it tried again.</summary>
    Failed,

    /// <summary>It failed, and another try has taken its place.</summary>
    Replaced,

    /// <summary>The client had the money back by other refunds already.</summary>
    Covered,
}

/// <summary>Money that goes back to the client: owed by a booking, or seen at Stripe because somebody made it there.</summary>
public sealed class Refund
{
    public const string MadeAtStripe = "madeAtStripe";

    private Refund() { }

    public required Guid Id { get; init; }

    public required Guid CheckoutId { get; init; }

    public required Guid BookingId { get; init; }

    /// <summary>The refund that this one is another try at; null for the first, whose id is the obligation's.</summary>
    public Guid? FirstTryId { get; private init; }

    /// <summary>0 for the first try.</summary>
    public int Round { get; private init; }

    public long AmountMinor { get; private set; }

    public required string Currency { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public RefundStatus Status { get; private set; }

    public string? StripeRefundId { get; private set; }

    /// <summary>Times that Stripe has been asked.</summary>
    public int Attempts { get; private set; }

    public DateTimeOffset TryAt { get; private set; }

    public DateTimeOffset? MadeAt { get; private set; }

    /// <summary>Stripe's code for why it said no, the last time.</summary>
    public string? Trouble { get; private set; }

    public Money Amount => new(AmountMinor, Currency);

    /// <summary>What the rest of the product knows it by.</summary>
    public Guid ObligationId => FirstTryId ?? Id;

    /// <summary>The version of what is told when it is made or has nothing left to make; the next is told when it comes back.</summary>
    public int MadeVersion => (2 * Round) + 1;

    /// <summary>Another amount is another call: it can only follow after a look at what Stripe has done.</summary>
    public string IdempotencyKey => $"refund-{Id}-{AmountMinor}";

    /// <summary>A booking's obligation, no larger than what is left of its payment.</summary>
    public static Refund Owe(Guid id, Checkout checkout, long amountMinor, string reason, DateTimeOffset now) => new()
    {
        Id = id,
        CheckoutId = checkout.Id,
        BookingId = checkout.BookingId,
        AmountMinor = amountMinor,
        Currency = checkout.Currency,
        Reason = reason,
        CreatedAt = now,
        TryAt = now,
        Status = amountMinor > 0 ? RefundStatus.Owed : RefundStatus.Covered,
    };

    /// <summary>One that nobody here asked for.</summary>
    public static Refund Discover(Checkout checkout, string stripeRefundId, long amountMinor, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        CheckoutId = checkout.Id,
        BookingId = checkout.BookingId,
        AmountMinor = amountMinor,
        Currency = checkout.Currency,
        Reason = MadeAtStripe,
        CreatedAt = now,
        TryAt = now,
        Status = RefundStatus.Pending,
        StripeRefundId = stripeRefundId,
    };

    /// <summary>Another try at a refund that failed, no larger than what is left of its payment; null when this one has not failed.</summary>
    public Refund? TryAgain(long leftMinor, DateTimeOffset now)
    {
        if (Status != RefundStatus.Failed)
            return null;
        Status = RefundStatus.Replaced;
        var amount = Math.Min(AmountMinor, leftMinor);
        return new Refund
        {
            Id = Guid.CreateVersion7(now),
            FirstTryId = ObligationId,
            Round = Round + 1,
            CheckoutId = CheckoutId,
            BookingId = BookingId,
            AmountMinor = amount,
            Currency = Currency,
            Reason = Reason,
            CreatedAt = now,
            TryAt = now,
            Status = amount > 0 ? RefundStatus.Owed : RefundStatus.Covered,
        };
    }

    public void Pend(string stripeRefundId)
    {
        if (Status != RefundStatus.Owed)
            return;
        Status = RefundStatus.Pending;
        StripeRefundId = stripeRefundId;
    }

    /// <returns>False when it is not to be made any more, or has been.</returns>
    public bool Make(string stripeRefundId, DateTimeOffset now)
    {
        if (Status is not (RefundStatus.Owed or RefundStatus.Pending))
            return false;
        Status = RefundStatus.Made;
        StripeRefundId = stripeRefundId;
        MadeAt = now;
        Trouble = null;
        return true;
    }

    /// <summary>The last word: a refund that failed stays so, whatever is heard late.</summary>
    /// <returns>False when that was known, or its money went back another way.</returns>
    public bool Fail(string stripeRefundId, string? trouble)
    {
        if (Status is RefundStatus.Failed or RefundStatus.Replaced or RefundStatus.Covered)
            return false;
        Status = RefundStatus.Failed;
        StripeRefundId = stripeRefundId;
        Trouble = trouble;
        return true;
    }

    /// <summary>Cuts it to what other refunds have left, in minor units.</summary>
    /// <returns>True when that is nothing, and it has just become <see cref="RefundStatus.Covered"/>.</returns>
    public bool Shrink(long leftMinor)
    {
        if (Status != RefundStatus.Owed || leftMinor >= AmountMinor)
            return false;
        AmountMinor = Math.Max(leftMinor, 0);
        if (AmountMinor > 0)
            return false;
        Status = RefundStatus.Covered;
        return true;
    }

    public void Refuse(string trouble) => Trouble = trouble;

    /// <summary>What the rest of the product hears once it is made, or, with no amount, once there is nothing left of it to make.</summary>
    public PaymentRefunded Told(Checkout checkout, DateTimeOffset now) => new(BookingId, ObligationId, Amount, checkout.Refunded, now, MadeVersion);
}
