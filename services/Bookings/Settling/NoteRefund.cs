using Contracts;
using MassTransit;

namespace Bookings.Settling;

/// <summary>
/// Money has gone back to the client, or what had gone back has returned; the booking says so, whichever is heard first. A refund of nothing
/// ends what was owed: other refunds had covered it.
/// </summary>
public sealed class NoteRefund(BookingsDb db, TimeProvider clock) : IConsumer<PaymentRefunded>, IConsumer<PaymentRefundReturned>
{
    public async Task Consume(ConsumeContext<PaymentRefunded> context)
    {
        var fact = context.Message;
        var booking = await Find(fact.BookingId, fact.RefundId, context.CancellationToken);
        booking.NoteRefund(fact.RefundId, fact.Amount, fact.Version, clock.GetUtcNow());
    }

    public async Task Consume(ConsumeContext<PaymentRefundReturned> context)
    {
        var fact = context.Message;
        var booking = await Find(fact.BookingId, fact.RefundId, context.CancellationToken);
        booking.NoteReturnedRefund(fact.RefundId, fact.Amount, fact.Version, clock.GetUtcNow());
    }

    private async Task<Booking> Find(Guid bookingId, Guid refundId, CancellationToken ct) =>
        await db.ForChange(bookingId, ct) ?? throw new InvalidOperationException($"Refund {refundId} is for a booking that does not exist.");
}
