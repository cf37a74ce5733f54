namespace Contracts;

/// <summary>A client has asked for a time; it is held until it is paid for or the hold runs out.</summary>
public record BookingRequested(Guid BookingId, Guid PractitionerId, DateTimeOffset At);

/// <summary>The money for a booking has arrived; its time is to become an appointment.</summary>
public record BookingPaid(Guid BookingId, Guid PractitionerId, DateTimeOffset At);

/// <summary>Practitioner and client have an appointment.</summary>
/// <param name="Sequence">Rises with every change that calendars must hear of (RFC 5545 SEQUENCE).</param>
public record BookingConfirmed(
    Guid BookingId, Guid PractitionerId, int Sequence, DateTimeOffset StartsAt, DateTimeOffset EndsAt, DateTimeOffset At);

/// <summary>An appointment has moved to another time.</summary>
/// <param name="ClockChanged">Nobody has moved it: a zone's rules have changed, and it keeps its local time.</param>
public record BookingRescheduled(
    Guid BookingId, Guid PractitionerId, int Sequence, DateTimeOffset StartsAt, DateTimeOffset EndsAt, DateTimeOffset At, bool ClockChanged = false);

/// <summary>A zone's rules have changed, and an appointment cannot keep the local time that was agreed; it stays at its instant.</summary>
public record BookingLeftByClock(
    Guid BookingId, Guid PractitionerId, int Sequence, DateTimeOffset StartsAt, DateTimeOffset EndsAt, DateTimeOffset At);

/// <summary>A booking will not take place.</summary>
/// <param name="WasConfirmed">False when it was cancelled before it became an appointment.</param>
/// <param name="Refund">What goes back to the client, possibly nothing.</param>
public record BookingCancelled(
    Guid BookingId, Guid PractitionerId, int Sequence, CancelledBy By, bool WasConfirmed, Money Refund, DateTimeOffset At);

/// <summary>Who ended a booking.</summary>
public enum CancelledBy
{
    Client,
    Practitioner,
    System,
}

/// <summary>A booking was not paid for in time, or its time was lost before the money came.</summary>
public record BookingExpired(Guid BookingId, Guid PractitionerId, DateTimeOffset At);

/// <summary>The visit has taken place.</summary>
public record BookingCompleted(Guid BookingId, Guid PractitionerId, DateTimeOffset At);

/// <summary>Somebody wants to be told when what they look for can be had.</summary>
public record WaitlistJoined(Guid EntryId, DateTimeOffset At);

/// <summary>What somebody on the waiting list looks for can be had now.</summary>
public record WaitlistAnswered(Guid EntryId, DateTimeOffset At);

/// <summary>Money must go back to the client.</summary>
/// <param name="RefundId">One per obligation, so that a repeat is the same refund.</param>
/// <param name="Reason"><c>cancelled</c>, <c>holdLost</c>, <c>notPayable</c> or <c>byPractitioner</c>.</param>
public record RefundOwed(Guid BookingId, Guid RefundId, Money Amount, string Reason, DateTimeOffset At);
