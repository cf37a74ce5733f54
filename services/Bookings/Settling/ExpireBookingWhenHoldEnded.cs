using Contracts;
using MassTransit;

namespace Bookings.Settling;

/// <summary>
/// The hold ended: a booking that is not paid expires. A paid one waits for Availability's answer, which retakes the time or says that it
/// is gone. A hold whose booking was never stored, because the process died in between, concerns nobody.
/// </summary>
public sealed class ExpireBookingWhenHoldEnded(BookingsDb db, TimeProvider clock) : IConsumer<HoldEnded>
{
    public async Task Consume(ConsumeContext<HoldEnded> context)
    {
        var booking = await db.ForChange(context.Message.BookingId, context.CancellationToken);
        booking?.Expire(clock.GetUtcNow());
    }
}
