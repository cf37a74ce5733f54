using Contracts;
using MassTransit;

namespace Notifications;

/// <summary>
/// A client hears that money is on its way back. A booking that expired after all, because the money came too late, is covered here too:
/// this is the only mail about it. Where other refunds had covered what was owed, they have been told already.
/// </summary>
public sealed class TellOfRefund(NotificationsDb db, TimeProvider clock) : IConsumer<PaymentRefunded>
{
    public async Task Consume(ConsumeContext<PaymentRefunded> context)
    {
        if (context.Message.Amount.Amount > 0)
            await db.Queue(Message.Refunded(context.Message, clock.GetUtcNow()), context.CancellationToken);
    }
}
