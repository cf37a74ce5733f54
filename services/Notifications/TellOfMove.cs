using Contracts;
using MassTransit;

namespace Notifications;

/// <summary>Both sides hear of an appointment's new time.</summary>
public sealed class TellOfMove(NotificationsDb db, TimeProvider clock) : IConsumer<BookingRescheduled>
{
    public async Task Consume(ConsumeContext<BookingRescheduled> context)
    {
        var now = clock.GetUtcNow();
        await db.Queue(Message.Moved(context.Message, Reader.Client, now), context.CancellationToken);
        await db.Queue(Message.Moved(context.Message, Reader.Practitioner, now), context.CancellationToken);
    }
}
