using Microsoft.EntityFrameworkCore;
using Platform;
using Stripe;

namespace Payments;

/// <summary>Finds the refunds that were made by hand at Stripe, or whose events got lost.</summary>
public sealed class LookForRefunds(RefundService stripe, TimeProvider clock, ILogger<LookForRefunds> log) : Worker
{
    private const int BatchSize = 20;

    protected override TimeSpan Period => TimeSpan.FromSeconds(1);

    /// <summary>Has a payment looked into: its charge says how much has gone back, but not by which refunds.</summary>
    public static async Task<Applied> OfCharge(PaymentsDb db, Charge charge, DateTimeOffset now, CancellationToken ct)
    {
        if (charge.PaymentIntentId is null)
            return new();
        if (await db.LockByIntent(charge.PaymentIntentId, ct) is not { } checkout)
            return new(WaitsFor: charge.PaymentIntentId);
        if (charge.AmountRefunded > checkout.RefundedMinor)
            checkout.LookForRefunds(now);
        return new();
    }

    /// <summary>Records every refund of a payment that Stripe knows; returns the ids of those that we asked for.</summary>
    public static async Task<HashSet<Guid>> RecordAll(RefundService stripe, PaymentsDb db, string paymentIntentId, TimeProvider clock, CancellationToken ct)
    {
        var ours = new HashSet<Guid>();
        string? after = null;
        while (true)
        {
            var page = await stripe.ListAsync(new RefundListOptions { PaymentIntent = paymentIntentId, Limit = 100, StartingAfter = after }, cancellationToken: ct);
            foreach (var refund in page.Data)
            {
                await Record(db, refund, clock, ct);
                if (Guid.TryParse(refund.Metadata?.GetValueOrDefault("refund_id"), out var id))
                    ours.Add(id);
            }

            if (!page.HasMore)
                return ours;
            after = page.Data[^1].Id;
        }
    }

    public static async Task Record(PaymentsDb db, Stripe.Refund refund, TimeProvider clock, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await RecordRefund.FromStripe(db, refund, clock.GetUtcNow(), ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    protected override async Task<bool> RunOnce(IServiceProvider services, CancellationToken ct)
    {
        var db = services.GetRequiredService<PaymentsDb>();
        var now = clock.GetUtcNow();
        var again = now.AddSeconds(30);
        var due = await db.Checkouts.FromSql($"""
            UPDATE checkouts SET look_for_refunds_at = {again}
            WHERE id IN (SELECT id FROM checkouts WHERE look_for_refunds_at <= {now} ORDER BY look_for_refunds_at LIMIT {BatchSize} FOR UPDATE SKIP LOCKED)
            RETURNING *
            """).AsNoTracking().ToListAsync(ct);
        foreach (var checkout in due)
        {
            try
            {
                await RecordAll(stripe, db, checkout.PaymentIntentId!, clock, ct);
            }
            catch (Exception e) when (StripeConnection.IsAway(e, ct))
            {
                log.LogWarning("Stripe does not answer; the refunds of booking {BookingId} are looked for later", checkout.BookingId);
                continue;
            }

            // Unless another reason to look has come up meanwhile.
            await db.Database.ExecuteSqlAsync(
                $"UPDATE checkouts SET look_for_refunds_at = NULL WHERE id = {checkout.Id} AND look_for_refunds_at = {again}", ct);
        }

        return due.Count == BatchSize;
    }
}
