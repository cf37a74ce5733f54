namespace Contracts;

/// <summary>A client's payment for a booking has been captured.</summary>
/// <param name="PaymentId">The same however often it is told. A second payment of one booking is not told: a person looks at it.</param>
public record PaymentCaptured(Guid BookingId, Guid PaymentId, Money Amount, DateTimeOffset At);

/// <summary>Money has gone back to the client, or nothing is left to send back of what was owed.</summary>
/// <param name="RefundId">The obligation's, however many tries it took.</param>
/// <param name="Amount">Zero when the client had all of it by other refunds already.</param>
/// <param name="RefundedInTotal">All that had gone back for this booking when this was published.</param>
/// <param name="Version">Rises with each message about this refund; the highest holds.</param>
public record PaymentRefunded(Guid BookingId, Guid RefundId, Money Amount, Money RefundedInTotal, DateTimeOffset At, int Version = 1);

/// <summary>A refund published as made did not reach the client after all: the money is with us again, and still the client's.</summary>
/// <param name="Version">As in <see cref="PaymentRefunded"/>, and counted with it.</param>
public record PaymentRefundReturned(Guid BookingId, Guid RefundId, Money Amount, DateTimeOffset At, int Version);
