using Contracts;

namespace Bookings;

/// <summary>What a booking makes of money: what pays for it, what goes back.</summary>
public sealed partial class Booking
{
    /// <summary>The page where the client pays. The first one stays.</summary>
    public bool OfferCheckout(string checkoutUrl, DateTimeOffset now)
    {
        if (CheckoutUrl is not null)
            return false;
        CheckoutUrl = checkoutUrl;
        UpdatedAt = now;
        return true;
    }

    /// <summary>
    /// Money has arrived. It pays for the visit if the booking was waiting for it, or had only just expired (the time may still be free);
    /// any other payment, a second one or one of another sum, goes back in full.
    /// </summary>
    public bool NotePayment(Guid paymentId, Money amount, DateTimeOffset now)
    {
        if (_captures.Exists(c => c.PaymentId == paymentId))
            return false;

        var counts = Status is BookingStatus.AwaitingPayment or BookingStatus.Expired && Counted is null && amount == DueNow;
        _captures.Add(new Capture
        {
            PaymentId = paymentId,
            BookingId = Id,
            AmountMinor = amount.Amount,
            Currency = amount.Currency,
            Counts = counts,
            CapturedAt = now,
        });
        Remember("paid", Party.Client, now);
        if (counts)
            _facts.Add(new BookingPaid(Id, PractitionerId, now));
        else
            Owe(amount, RefundReason.NotPayable, now);
        return true;
    }

    /// <summary>The money came, but the time was gone: all of it goes back.</summary>
    public bool LoseTime(DateTimeOffset now)
    {
        if (!IsPaid || Status is not (BookingStatus.AwaitingPayment or BookingStatus.Expired))
            return false;

        if (Status is BookingStatus.AwaitingPayment)
        {
            Become(BookingStatus.Expired, "expired", Party.System, now);
            _facts.Add(new BookingExpired(Id, PractitionerId, now));
        }
        Owe(DueNow, RefundReason.HoldLost, now);
        return true;
    }

    /// <summary>
    /// What cancelling at <paramref name="now"/> sends back: everything while the visit is not confirmed or when it is not the client
    /// who cancels, else what the policy says for that instant. Never more than is still here.
    /// </summary>
    public Money RefundIfCancelled(Party by, DateTimeOffset now)
    {
        if (!IsPaid)
            return Money.Zero(Currency);

        var agreed = Status is BookingStatus.Confirmed && by is Party.Client ? Policy.RefundAt(now, DueNow) : DueNow;
        var gone = _refunds.Where(r => r is { Reason: RefundReason.Outside, RefundedAt: not null } or { Reason: RefundReason.ByPractitioner }).Sum(r => r.AmountMinor);
        return agreed with { Amount = Math.Clamp(DueMinor - gone, 0, agreed.Amount) };
    }

    /// <summary>What cancelling has sent back, or is sending.</summary>
    public Money RefundForCancelling => new(_refunds.Where(r => r.Reason is RefundReason.Cancelled).Sum(r => r.AmountMinor), Currency);

    /// <summary>What a practitioner can still give back: all that was captured, less what has gone back or is on its way.</summary>
    public Money Refundable => new(WasConfirmed ? Math.Max(0, (Paid - Refunded - RefundDue).Amount) : 0, Currency);

    /// <summary>The practitioner gives money back of their own accord; the visit stays what it is.</summary>
    public bool GiveBack(Money amount, DateTimeOffset now)
    {
        if (amount.Currency != Currency || amount.Amount <= 0 || amount.Amount > Refundable.Amount)
            return false;

        Owe(amount, RefundReason.ByPractitioner, now);
        Remember("refundPromised", Party.Practitioner, now);
        return true;
    }

    /// <summary>Money has gone back to the client's card.</summary>
    /// <param name="version">Rises with each fact about this refund; an older one than is known changes nothing.</param>
    public bool NoteRefund(Guid refundId, Money amount, int version, DateTimeOffset now) =>
        NoteRefund(refundId, amount, version, "refunded", refundedAt: now, now);

    /// <summary>Money that had gone back did not reach the client, and is still to come.</summary>
    /// <inheritdoc cref="NoteRefund(Guid, Money, int, DateTimeOffset)"/>
    public bool NoteReturnedRefund(Guid refundId, Money amount, int version, DateTimeOffset now) =>
        NoteRefund(refundId, amount, version, "refundReturned", refundedAt: null, now);

    private bool NoteRefund(Guid refundId, Money amount, int version, string what, DateTimeOffset? refundedAt, DateTimeOffset now)
    {
        var refund = _refunds.Find(r => r.RefundId == refundId);
        if (refund?.Told >= version)
            return false;

        if (refund is null)
        {
            refund = new Refund
            {
                RefundId = refundId,
                BookingId = Id,
                AmountMinor = amount.Amount,
                Currency = amount.Currency,
                Reason = RefundReason.Outside,
                OwedAt = now,
            };
            _refunds.Add(refund);
        }
        refund.AmountMinor = amount.Amount;
        refund.RefundedAt = refundedAt;
        refund.Told = version;
        Remember(what, Party.System, now);
        return true;
    }

    private void Owe(Money amount, RefundReason reason, DateTimeOffset now)
    {
        var refund = new Refund
        {
            RefundId = Guid.CreateVersion7(now),
            BookingId = Id,
            AmountMinor = amount.Amount,
            Currency = amount.Currency,
            Reason = reason,
            OwedAt = now,
        };
        _refunds.Add(refund);
        var code = reason switch
        {
            RefundReason.Cancelled => "cancelled",
            RefundReason.HoldLost => "holdLost",
            RefundReason.ByPractitioner => "byPractitioner",
            _ => "notPayable",
        };
        _facts.Add(new RefundOwed(Id, refund.RefundId, amount, code, now));
    }
}
