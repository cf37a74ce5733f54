using Contracts;
using MassTransit;

namespace Notifications;

/// <summary>Somebody hears that they are on the waiting list, with a way to leave it, and later, once, that what they wait for can be had.</summary>
public sealed class TellOfWaiting(NotificationsDb db, TimeProvider clock) : IConsumer<WaitlistJoined>, IConsumer<WaitlistAnswered>
{
    public Task Consume(ConsumeContext<WaitlistJoined> context) => Queue(MessageKind.WaitingBegun, context.Message.EntryId, context.CancellationToken);

    public Task Consume(ConsumeContext<WaitlistAnswered> context) => Queue(MessageKind.WaitingOver, context.Message.EntryId, context.CancellationToken);

    private Task Queue(MessageKind kind, Guid entryId, CancellationToken ct) => db.Queue(Message.OfWaiting(kind, entryId, clock.GetUtcNow()), ct);
}
