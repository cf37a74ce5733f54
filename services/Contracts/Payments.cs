namespace Contracts;

/// <summary>A client's payment for a booking has been captured.</summary>
/// <param name="PaymentId">One per captured payment; a booking that was paid twice has two.</param>
public record PaymentCaptured(Guid BookingId, Guid PaymentId, Money Amount, DateTimeOffset At);

/// <summary>Money has gone back to the client.</summary>
/// <param name="RefundedInTotal">All that has gone back for this booking so far; the highest is right when facts overtake each other.</param>
public record PaymentRefunded(Guid BookingId, Guid RefundId, Money Amount, Money RefundedInTotal, DateTimeOffset At);
