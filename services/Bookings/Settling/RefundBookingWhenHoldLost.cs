using Contracts;
using MassTransit;

namespace Bookings.Settling;

/// <summary>The money came when the time was gone: the booking ends and all of it goes back.</summary>
public sealed class RefundBookingWhenHoldLost(BookingsDb db, TimeProvider clock) : IConsumer<HoldLost>
{
    public async Task Consume(ConsumeContext<HoldLost> context)
    {
        var booking = await db.ForChange(context.Message.BookingId, context.CancellationToken);
        booking?.LoseTime(clock.GetUtcNow());
    }
}
