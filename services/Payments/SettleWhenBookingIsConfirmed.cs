using Contracts;
using MassTransit;

namespace Payments;

/// <summary>A captured payment has become an appointment, so nobody need ask what became of the money.</summary>
public sealed class SettleWhenBookingIsConfirmed(PaymentsDb db, TimeProvider clock) : IConsumer<BookingConfirmed>
{
    public async Task Consume(ConsumeContext<BookingConfirmed> context)
    {
        // Bookings that cost nothing online have no checkout.
        if (await db.Lock(context.Message.BookingId, context.CancellationToken) is { } checkout)
            checkout.Confirm(clock.GetUtcNow());
    }
}
