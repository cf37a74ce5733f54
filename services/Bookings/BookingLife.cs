using Contracts;

namespace Bookings;

/// <summary>The changes of state. Each answers false when there is nothing to do, so a fact that comes twice or late is harmless.</summary>
public sealed partial class Booking
{
    private readonly List<object> _facts = [];

    /// <summary>What happened since the last save and must be told: <see cref="BookingsDb"/> publishes it in the transaction that stores it.</summary>
    public IReadOnlyList<object> TakeFacts()
    {
        object[] facts = [.. _facts];
        _facts.Clear();
        return facts;
    }

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

    /// <summary>The time is an appointment now.</summary>
    public bool Confirm(DateTimeOffset now)
    {
        var settled = Status is BookingStatus.AwaitingPayment && (IsPaid || DueMinor == 0) || Status is BookingStatus.Expired && IsPaid;
        if (!settled)
            return false;

        Become(BookingStatus.Confirmed, "confirmed", Party.System, now);
        _facts.Add(new BookingConfirmed(Id, PractitionerId, Sequence, StartsAt, EndsAt, now));
        return true;
    }

    /// <summary>The hold ended. A booking that is paid waits for Availability's answer instead: the time may be retaken.</summary>
    public bool Expire(DateTimeOffset now)
    {
        if (Status is not BookingStatus.AwaitingPayment || IsPaid)
            return false;

        Become(BookingStatus.Expired, "expired", Party.System, now);
        _facts.Add(new BookingExpired(Id, PractitionerId, now));
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

    /// <summary>Whether <paramref name="by"/> may cancel: the client until the start, the practitioner until the visit counts as done.</summary>
    public bool CanCancel(Party by, DateTimeOffset now) => Status switch
    {
        BookingStatus.AwaitingPayment => true,
        BookingStatus.Expired => IsPaid,
        BookingStatus.Confirmed => by is not Party.Client || now < StartsAt,
        _ => false,
    };

    /// <summary>
    /// What cancelling at <paramref name="now"/> sends back: everything while the visit is not confirmed or when it is not the client
    /// who cancels, else what the policy says for that instant. Never more than is still here.
    /// </summary>
    public Money RefundIfCancelled(Party by, DateTimeOffset now)
    {
        if (!IsPaid)
            return Money.Zero(Currency);

        var agreed = Status is BookingStatus.Confirmed && by is Party.Client ? Policy.RefundAt(now, DueNow) : DueNow;
        var gone = _refunds.Where(r => r.Reason is RefundReason.Outside).Sum(r => r.AmountMinor);
        return agreed with { Amount = Math.Clamp(DueMinor - gone, 0, agreed.Amount) };
    }

    /// <param name="reason">Sealed already.</param>
    public bool Cancel(Party by, DateTimeOffset now, byte[]? reason = null)
    {
        if (!CanCancel(by, now))
            return false;

        var refund = RefundIfCancelled(by, now);
        var wasConfirmed = Status is BookingStatus.Confirmed;
        if (wasConfirmed)
            Sequence++;
        IntendedMove = null;
        CancelReason = reason;
        var (status, cancelledBy) = by switch
        {
            Party.Client => (BookingStatus.CancelledByClient, CancelledBy.Client),
            Party.Practitioner => (BookingStatus.CancelledByPractitioner, CancelledBy.Practitioner),
            _ => (BookingStatus.CancelledBySystem, CancelledBy.System),
        };
        Become(status, "cancelled", by, now);
        _facts.Add(new BookingCancelled(Id, PractitionerId, Sequence, cancelledBy, wasConfirmed, refund, now));
        if (refund.Amount > 0)
            Owe(refund, RefundReason.Cancelled, now);
        return true;
    }

    /// <summary>Money has gone back to the client's card.</summary>
    public bool NoteRefund(Guid refundId, Money amount, DateTimeOffset now)
    {
        var refund = _refunds.Find(r => r.RefundId == refundId);
        if (refund is { RefundedAt: not null })
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
        refund.RefundedAt = now;
        Remember("refunded", Party.System, now);
        return true;
    }

    /// <summary>Nobody can say that a visit has taken place before it began.</summary>
    public bool CanComplete(DateTimeOffset now) => Status is BookingStatus.Confirmed && IntendedMove is null && now >= StartsAt;

    /// <summary>Nobody can say that the client did not come before a quarter of an hour has passed since the start.</summary>
    public bool CanMiss(DateTimeOffset now) => CanComplete(now) && now >= StartsAt.AddMinutes(15);

    /// <summary>The visit has taken place.</summary>
    public bool Complete(Party by, DateTimeOffset now)
    {
        if (!CanComplete(now))
            return false;

        Become(BookingStatus.Completed, "completed", by, now);
        _facts.Add(new BookingCompleted(Id, PractitionerId, now));
        return true;
    }

    /// <summary>The client did not come; what was paid stays with the practitioner.</summary>
    public bool MissVisit(DateTimeOffset now)
    {
        if (!CanMiss(now))
            return false;

        Become(BookingStatus.NoShow, "noShow", Party.Practitioner, now);
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
            _ => "notPayable",
        };
        _facts.Add(new RefundOwed(Id, refund.RefundId, amount, code, now));
    }

    private void Become(BookingStatus status, string what, Party by, DateTimeOffset now)
    {
        Status = status;
        Remember(what, by, now);
    }

    private void Remember(string what, Party by, DateTimeOffset now)
    {
        _history.Add(new HistoryEntry
        {
            BookingId = Id,
            Position = _history.Count + 1,
            At = now,
            Status = Status,
            By = by,
            Event = what,
        });
        UpdatedAt = now;
    }
}
