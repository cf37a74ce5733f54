using System.Net;
using Microsoft.EntityFrameworkCore;
using Platform;
using Stripe;
using Stripe.Checkout;

namespace Payments;

/// <summary>
/// Keeps what we believe about open checkout pages in step with Stripe even when its events are lost, and applies the events that came before
/// the payment they speak of.
/// </summary>
public sealed class Reconcile(SessionService stripe, PaymentOptions options, TimeProvider clock, ILogger<Reconcile> log) : Worker
{
    private const int BatchSize = 50;

    /// <summary>By then an event without a payment belongs to something that is not ours.</summary>
    private static readonly TimeSpan WaitsAtMost = TimeSpan.FromDays(1);

    protected override TimeSpan Period => TimeSpan.FromSeconds(options.ReconcileSeconds);

    /// <summary>The session of a checkout as Stripe knows it; null when it knows none.</summary>
    public static async Task<Session?> Ask(SessionService stripe, Checkout checkout, CancellationToken ct)
    {
        try
        {
            return await stripe.GetAsync(checkout.SessionId!, cancellationToken: ct);
        }
        catch (StripeException refusal) when (refusal.HttpStatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Takes over what a session says; a page that Stripe does not know cannot be paid either.</summary>
    public static async Task Record(PaymentsDb db, Checkout checkout, Session? session, TimeProvider clock, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (session is not null)
            await RecordCapture.FromSession(db, session, clock.GetUtcNow(), ct);
        else
            (await db.Lock(checkout.BookingId, ct))!.Expire();
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    protected override async Task<bool> RunOnce(IServiceProvider services, CancellationToken ct)
    {
        var db = services.GetRequiredService<PaymentsDb>();
        await ApplyWaiting(db, ct);

        var now = clock.GetUtcNow();
        var due = await db.Checkouts.FromSql($"""
            UPDATE checkouts SET reconcile_at = {now.AddSeconds(options.ReconcileSeconds)}
            WHERE id IN (SELECT id FROM checkouts WHERE status = 'open' AND reconcile_at <= {now} ORDER BY reconcile_at LIMIT {BatchSize} FOR UPDATE SKIP LOCKED)
            RETURNING *
            """).AsNoTracking().ToListAsync(ct);
        foreach (var checkout in due)
        {
            try
            {
                await Record(db, checkout, await Ask(stripe, checkout, ct), clock, ct);
            }
            catch (Exception e) when (StripeConnection.IsAway(e, ct))
            {
                log.LogWarning("Stripe does not answer; open pages are compared later");
                return false;
            }
        }

        return due.Count == BatchSize;
    }

    private async Task ApplyWaiting(PaymentsDb db, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var tooOld = now - WaitsAtMost;
        await db.StripeEvents.Where(e => e.Waiting && e.ReceivedAt < tooOld).ExecuteUpdateAsync(e => e.SetProperty(k => k.Waiting, false), ct);
        await ApplyStripeEvent.RetryWaiting(db, now, log, ct);
    }
}
