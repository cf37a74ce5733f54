namespace Bookings;

/// <summary>A payment that arrived for a booking.</summary>
public sealed class Capture
{
    public required Guid PaymentId { get; init; }

    public required Guid BookingId { get; init; }

    public required long AmountMinor { get; init; }

    public required string Currency { get; init; }

    /// <summary>True for the one payment that pays for the visit; any other goes back in full.</summary>
    public required bool Counts { get; init; }

    public required DateTimeOffset CapturedAt { get; init; }
}

/// <summary>Money that must go back, or has gone back.</summary>
public sealed class Refund
{
    public required Guid RefundId { get; init; }

    public required Guid BookingId { get; init; }

    public required long AmountMinor { get; set; }

    public required string Currency { get; init; }

    public required RefundReason Reason { get; init; }

    public required DateTimeOffset OwedAt { get; init; }

    /// <summary>Null while the money is not with the client: still on its way, or come back.</summary>
    public DateTimeOffset? RefundedAt { get; set; }

    /// <summary>The version of the latest fact about it; 0 before the first.</summary>
    public int Told { get; set; }
}

public enum RefundReason
{
    Cancelled,

    /// <summary>The time was gone when the money came.</summary>
    HoldLost,

    /// <summary>The booking was not waiting for this payment: cancelled before, or paid already.</summary>
    NotPayable,

    /// <summary>Of the practitioner's own accord.</summary>
    ByPractitioner,

    /// <summary>Sent back by somebody at the payment provider, without an obligation recorded here.</summary>
    Outside,
}

/// <summary>One line of what happened to a booking.</summary>
public sealed class HistoryEntry
{
    public required Guid BookingId { get; init; }

    /// <summary>1 for the first line of a booking; two writers cannot both write the same line.</summary>
    public required int Position { get; init; }

    public required DateTimeOffset At { get; init; }

    public required BookingStatus Status { get; init; }

    public required Party By { get; init; }

    /// <summary><c>requested</c>, <c>paid</c>, <c>confirmed</c>, <c>moved</c>, <c>refunded</c>, …: a word for people and programs, never free text.</summary>
    public required string Event { get; init; }
}

/// <summary>A look into what a client entrusted to a booking.</summary>
public sealed class EntrustedRead
{
    public required Guid Id { get; init; }

    public required Guid BookingId { get; init; }

    public required Guid ReaderId { get; init; }

    public required DateTimeOffset At { get; init; }

    public static EntrustedRead Of(Booking booking, Guid reader, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), BookingId = booking.Id, ReaderId = reader, At = now };
}
