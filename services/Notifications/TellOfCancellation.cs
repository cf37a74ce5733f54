using Contracts;
using MassTransit;

namespace Notifications;

/// <summary>
/// Both sides hear that an appointment is off. A request that never became one concerns its client only, and not even them when they
/// took it back themselves.
/// </summary>
public sealed class TellOfCancellation(NotificationsDb db, TimeProvider clock) : IConsumer<BookingCancelled>
{
    public async Task Consume(ConsumeContext<BookingCancelled> context)
    {
        var fact = context.Message;
        var now = clock.GetUtcNow();
        if (fact.WasConfirmed || fact.By != CancelledBy.Client)
            await db.Queue(Message.Cancelled(fact, Reader.Client, now), context.CancellationToken);
        if (fact.WasConfirmed)
            await db.Queue(Message.Cancelled(fact, Reader.Practitioner, now), context.CancellationToken);
    }
}
