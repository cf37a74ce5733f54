using Contracts;
using MassTransit;

namespace Notifications;

/// <summary>Both sides hear of a new appointment.</summary>
public sealed class TellOfBooking(NotificationsDb db, TimeProvider clock) : IConsumer<BookingConfirmed>
{
    public async Task Consume(ConsumeContext<BookingConfirmed> context)
    {
        var now = clock.GetUtcNow();
        await db.Queue(Message.Booked(context.Message, Reader.Client, now), context.CancellationToken);
        await db.Queue(Message.Booked(context.Message, Reader.Practitioner, now), context.CancellationToken);
    }
}
