using Microsoft.EntityFrameworkCore;
using Platform;
using Stripe;

namespace Payments;

/// <summary>Every refund that is owed is made at Stripe, once, taking back the practitioner's part and the platform's fee in proportion.</summary>
public sealed class MakeRefunds(RefundService stripe, TimeProvider clock, ILogger<MakeRefunds> log) : Worker
{
    private const int BatchSize = 20;

    protected override TimeSpan Period => TimeSpan.FromSeconds(1);

    protected override async Task<bool> RunOnce(IServiceProvider services, CancellationToken ct)
    {
        var db = services.GetRequiredService<PaymentsDb>();
        var now = clock.GetUtcNow();

        // Taken before the call and with the pause to the next try: no transaction is open while Stripe is asked, and a process that dies
        // here leaves the refund to be tried again.
        var due = await db.Refunds.FromSql($"""
            UPDATE refunds SET attempts = attempts + 1, try_at = {now} + make_interval(secs => least(5 * 2 ^ attempts, 600))
            WHERE id IN (SELECT id FROM refunds WHERE status = 'owed' AND try_at <= {now} ORDER BY try_at LIMIT {BatchSize} FOR UPDATE SKIP LOCKED)
            RETURNING *
            """).AsNoTracking().ToListAsync(ct);
        foreach (var refund in due)
            await Make(db, refund, ct);
        return due.Count == BatchSize;
    }

    private async Task Make(PaymentsDb db, Refund refund, CancellationToken ct)
    {
        var checkout = await db.Checkouts.AsNoTracking().SingleAsync(c => c.Id == refund.CheckoutId, ct);
        try
        {
            // A key is remembered for a day; after that only a look tells whether an earlier try has been heard.
            if (refund.Attempts > 1 && (await LookForRefunds.RecordAll(stripe, db, checkout.PaymentIntentId!, clock, ct)).Contains(refund.Id))
                return;

            var made = await stripe.CreateAsync(
                new RefundCreateOptions
                {
                    PaymentIntent = checkout.PaymentIntentId,
                    Amount = refund.AmountMinor,
                    // Both have been taken back by the first try, and stay so when its money comes back.
                    ReverseTransfer = refund.Round == 0 ? true : null,
                    RefundApplicationFee = refund.Round == 0 && checkout.FeeMinor > 0 ? true : null,
                    Metadata = new() { ["booking_id"] = refund.BookingId.ToString(), ["refund_id"] = refund.Id.ToString() },
                },
                new RequestOptions { IdempotencyKey = refund.IdempotencyKey },
                ct);
            await LookForRefunds.Record(db, made, clock, ct);
        }
        catch (StripeException refusal) when (!StripeConnection.IsAway(refusal, ct))
        {
            log.LogWarning("Stripe refused refund {RefundId}: {Code}", refund.Id, StripeConnection.Code(refusal));
            await Refused(db, refund, checkout.PaymentIntentId!, StripeConnection.Code(refusal), ct);
        }
        catch (Exception e) when (StripeConnection.IsAway(e, ct))
        {
            log.LogWarning("Stripe does not answer; refund {RefundId} waits", refund.Id);
        }
    }

    /// <summary>Perhaps somebody has refunded at Stripe in the meantime: then less, or nothing, is left to do. Else a person sees why not.</summary>
    private async Task Refused(PaymentsDb db, Refund refund, string paymentIntentId, string code, CancellationToken ct)
    {
        await LookForRefunds.RecordAll(stripe, db, paymentIntentId, clock, ct);

        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var checkout = (await db.LockByIntent(paymentIntentId, ct))!;
        var owed = await db.Refunds.SingleAsync(r => r.Id == refund.Id, ct);
        owed.Refuse(code);
        var now = clock.GetUtcNow();
        if (owed.Shrink(checkout.CapturedMinor - checkout.RefundedMinor))
            db.Publish(owed.Told(checkout, now), now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
