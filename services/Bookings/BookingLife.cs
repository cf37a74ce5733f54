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

    /// <summary>Whether <paramref name="by"/> may cancel: the client until the start, the practitioner until the visit counts as done.</summary>
    public bool CanCancel(Party by, DateTimeOffset now) => Status switch
    {
        BookingStatus.AwaitingPayment => true,
        BookingStatus.Expired => IsPaid,
        BookingStatus.Confirmed => by is not Party.Client || now < StartsAt,
        _ => false,
    };

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

    /// <summary>The practitioner calls off the whole day.</summary>
    public bool CancelFor(DayOff day, DateTimeOffset now)
    {
        if (!Cancel(Party.Practitioner, now, day.Reason))
            return false;

        DayOffId = day.Id;
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
