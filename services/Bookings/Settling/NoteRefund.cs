using Contracts;
using MassTransit;

namespace Bookings.Settling;

/// <summary>Money has gone back to the client, and the booking says so.</summary>
public sealed class NoteRefund(BookingsDb db, TimeProvider clock) : IConsumer<PaymentRefunded>
{
    public async Task Consume(ConsumeContext<PaymentRefunded> context)
    {
        var refunded = context.Message;
        var booking = await db.ForChange(refunded.BookingId, context.CancellationToken)
            ?? throw new InvalidOperationException($"Refund {refunded.RefundId} is for a booking that does not exist.");
        booking.NoteRefund(refunded.RefundId, refunded.Amount, clock.GetUtcNow());
    }
}
