using Contracts;
using MassTransit;

namespace Bookings.Settling;

/// <summary>
/// Money has arrived. A booking that waits for it, or has just expired, is noted as paid, and Availability is to make its time an
/// appointment; any other payment goes back.
/// </summary>
public sealed class ConfirmBookingWhenPaid(BookingsDb db, TimeProvider clock) : IConsumer<PaymentCaptured>
{
    public async Task Consume(ConsumeContext<PaymentCaptured> context)
    {
        var paid = context.Message;
        // Money without a booking is nothing to pass over: it waits in the error queue, where an operator sees it.
        var booking = await db.ForChange(paid.BookingId, context.CancellationToken)
            ?? throw new InvalidOperationException($"Payment {paid.PaymentId} is for a booking that does not exist.");
        booking.NotePayment(paid.PaymentId, paid.Amount, clock.GetUtcNow());
    }
}
