using System.Net;
using Microsoft.EntityFrameworkCore;
using Platform;
using Stripe;
using Stripe.Checkout;

namespace Payments;

/// <summary>The page of a booking that has ended is closed at Stripe; if somebody was quicker and paid, the money is recorded.</summary>
public sealed class ExpireCheckouts(SessionService stripe, TimeProvider clock, ILogger<ExpireCheckouts> log) : Worker
{
    private const int BatchSize = 20;

    protected override TimeSpan Period => TimeSpan.FromSeconds(1);

    protected override async Task<bool> RunOnce(IServiceProvider services, CancellationToken ct)
    {
        var db = services.GetRequiredService<PaymentsDb>();
        var now = clock.GetUtcNow();
        var due = await db.Checkouts.FromSql($"""
            UPDATE checkouts SET expire_at = {now.AddSeconds(30)}
            WHERE id IN (SELECT id FROM checkouts WHERE status = 'open' AND ended_at IS NOT NULL AND expire_at <= {now}
                         ORDER BY expire_at LIMIT {BatchSize} FOR UPDATE SKIP LOCKED)
            RETURNING *
            """).AsNoTracking().ToListAsync(ct);
        foreach (var checkout in due)
        {
            try
            {
                await Reconcile.Record(db, checkout, await Close(checkout, ct), clock, ct);
            }
            catch (Exception e) when (StripeConnection.IsAway(e, ct))
            {
                log.LogWarning("Stripe does not answer; the page of booking {BookingId} is closed later", checkout.BookingId);
            }
        }

        return due.Count == BatchSize;
    }

    /// <summary>The session as it is after the call; null when Stripe has none.</summary>
    private async Task<Session?> Close(Checkout checkout, CancellationToken ct)
    {
        try
        {
            return await stripe.ExpireAsync(checkout.SessionId!, cancellationToken: ct);
        }
        catch (StripeException refusal) when (refusal.HttpStatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound)
        {
            // Only an open page can be closed: this one is paid, or closed already.
            return await Reconcile.Ask(stripe, checkout, ct);
        }
    }
}
