using Contracts;
using MassTransit;

namespace Notifications;

/// <summary>Both sides hear that a change of time zone rules has left a visit at another local time than they agreed on.</summary>
public sealed class TellOfLostClock(NotificationsDb db, TimeProvider clock) : IConsumer<BookingLeftByClock>
{
    public async Task Consume(ConsumeContext<BookingLeftByClock> context)
    {
        var now = clock.GetUtcNow();
        await db.Queue(Message.LeftByClock(context.Message, Reader.Client, now), context.CancellationToken);
        await db.Queue(Message.LeftByClock(context.Message, Reader.Practitioner, now), context.CancellationToken);
    }
}
