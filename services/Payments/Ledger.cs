namespace Payments;

/// <summary>Where money is or whose it is. Positive amounts are money we have, negative ones are money that is somebody's.</summary>
public enum LedgerAccount
{
    /// <summary>At Stripe, ours and the practitioners' together.</summary>
    StripeBalance,

    /// <summary>The practitioner's part, which Stripe moves to the connected account.</summary>
    PractitionerPayable,

    /// <summary>What the platform has earned.</summary>
    PlatformFees,

    /// <summary>Refunds that came back: at Stripe with us, and the client's.</summary>
    ClientRefunds,
}

/// <summary>Why money moved.</summary>
public enum LedgerKind
{
    Payment,
    Refund,

    /// <summary>A refund that did not reach the client and came back.</summary>
    RefundReturned,
}

/// <summary>
/// One line of the double-entry ledger. The lines of a transaction sum to zero per currency, and none is ever changed; the database
/// refuses anything else. A kind and its subject are booked once.
/// </summary>
public sealed class LedgerEntry
{
    private LedgerEntry() { }

    public required Guid Id { get; init; }

    /// <summary>Rises with time.</summary>
    public required Guid TransactionId { get; init; }

    public required LedgerKind Kind { get; init; }

    /// <summary>The payment or the refund.</summary>
    public required Guid SubjectId { get; init; }

    public required Guid BookingId { get; init; }

    public required Guid PractitionerId { get; init; }

    public required LedgerAccount Account { get; init; }

    public required long AmountMinor { get; init; }

    public required string Currency { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>120.00 paid with a fee of 6.00: Stripe has 120.00 more, of which 114.00 are the practitioner's and 6.00 ours.</summary>
    public static IEnumerable<LedgerEntry> OfPayment(Checkout checkout, DateTimeOffset now) =>
        Of(LedgerKind.Payment, checkout.Id, checkout, now, Parts(checkout.CapturedMinor, checkout.FeeMinor));

    /// <summary>The payment's lines the other way round, for the part that goes back.</summary>
    public static IEnumerable<LedgerEntry> OfRefund(Refund refund, Checkout checkout, long feeMinor, DateTimeOffset now) =>
        Of(LedgerKind.Refund, refund.Id, checkout, now, Parts(-refund.AmountMinor, -feeMinor));

    /// <summary>What went back was the platform's alone; the practitioner keeps their part.</summary>
    public static IEnumerable<LedgerEntry> OfRefundByPlatform(Refund refund, Checkout checkout, DateTimeOffset now) =>
        Of(LedgerKind.Refund, refund.Id, checkout, now,
            [(LedgerAccount.StripeBalance, -refund.AmountMinor), (LedgerAccount.PlatformFees, refund.AmountMinor)]);

    /// <summary>Stripe has the money again. It keeps what it took back from the practitioner and of the fee, so all of it is the client's.</summary>
    public static IEnumerable<LedgerEntry> OfReturnedRefund(Refund refund, Checkout checkout, DateTimeOffset now) =>
        Of(LedgerKind.RefundReturned, refund.Id, checkout, now,
            [(LedgerAccount.StripeBalance, refund.AmountMinor), (LedgerAccount.ClientRefunds, -refund.AmountMinor)]);

    /// <summary>The client's money, which had come back, has gone to them after all.</summary>
    public static IEnumerable<LedgerEntry> OfRefundAgain(Refund refund, Checkout checkout, DateTimeOffset now) =>
        Of(LedgerKind.Refund, refund.Id, checkout, now,
            [(LedgerAccount.StripeBalance, -refund.AmountMinor), (LedgerAccount.ClientRefunds, refund.AmountMinor)]);

    private static (LedgerAccount Account, long Amount)[] Parts(long gross, long fee) =>
        [(LedgerAccount.StripeBalance, gross), (LedgerAccount.PractitionerPayable, fee - gross), (LedgerAccount.PlatformFees, -fee)];

    private static IEnumerable<LedgerEntry> Of(
        LedgerKind kind, Guid subject, Checkout checkout, DateTimeOffset now, (LedgerAccount Account, long Amount)[] lines)
    {
        var transaction = Guid.CreateVersion7(now);
        return lines.Where(line => line.Amount != 0).Select(line => new LedgerEntry
        {
            Id = Guid.CreateVersion7(now),
            TransactionId = transaction,
            Kind = kind,
            SubjectId = subject,
            BookingId = checkout.BookingId,
            PractitionerId = checkout.PractitionerId,
            Account = line.Account,
            AmountMinor = line.Amount,
            Currency = checkout.Currency,
            At = now,
        });
    }
}
