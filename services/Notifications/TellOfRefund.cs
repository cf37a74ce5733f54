using Contracts;
using MassTransit;

namespace Notifications;

/// <summary>
/// A client hears that money is on its way back. A booking that expired after all, because the money came too late, is covered here too:
/// this is the only mail about it.
/// </summary>
public sealed class TellOfRefund(NotificationsDb db, TimeProvider clock) : IConsumer<PaymentRefunded>
{
    public Task Consume(ConsumeContext<PaymentRefunded> context) =>
        db.Queue(Message.Refunded(context.Message, clock.GetUtcNow()), context.CancellationToken);
}
