using Contracts;
using MassTransit;

namespace Bookings.Settling;

/// <summary>The time of a paid booking is an appointment: the booking is confirmed. One that was cancelled meanwhile stays so; Availability hears of that too.</summary>
public sealed class ConfirmBookingWhenHoldKept(BookingsDb db, TimeProvider clock) : IConsumer<HoldKept>
{
    public async Task Consume(ConsumeContext<HoldKept> context)
    {
        var booking = await db.ForChange(context.Message.BookingId, context.CancellationToken);
        booking?.Confirm(clock.GetUtcNow());
    }
}
