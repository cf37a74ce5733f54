using Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Payments;

/// <summary>A booking owes its client money: kept once, for <see cref="MakeRefunds"/> to make.</summary>
public sealed class OweRefund(PaymentsDb db, TimeProvider clock, ILogger<OweRefund> log) : IConsumer<RefundOwed>
{
    public async Task Consume(ConsumeContext<RefundOwed> context)
    {
        var owed = context.Message;
        if (await db.Lock(owed.BookingId, context.CancellationToken) is not { CapturedAt: not null } checkout)
            throw new InvalidOperationException($"A refund is owed for booking {owed.BookingId}, which has not been paid.");
        if (owed.Amount.Currency != checkout.Currency)
            throw new InvalidOperationException($"Refund {owed.RefundId} is in another currency than its payment.");
        if (await db.Refunds.AnyAsync(refund => refund.Id == owed.RefundId, context.CancellationToken))
            return;

        var left = await db.Left(checkout, context.CancellationToken);
        var amount = Math.Clamp(owed.Amount.Amount, 0, left);
        if (amount < owed.Amount.Amount)
            log.LogWarning("Refund {RefundId} is cut to what is left of the payment of booking {BookingId}", owed.RefundId, owed.BookingId);

        var now = clock.GetUtcNow();
        var refund = Refund.Owe(owed.RefundId, checkout, amount, owed.Reason, now);
        db.Add(refund);
        // Stripe will never speak of it, and the client must not wait for money that has come already.
        if (refund.Status == RefundStatus.Covered)
            db.Publish(refund.Told(checkout, now), now);
    }
}
