using Microsoft.EntityFrameworkCore;
using Platform;
using Stripe;

namespace Payments;

/// <summary>Reads the list of events at Stripe, so that one whose webhook never came is known too: refunds made by hand are seen this way.</summary>
public sealed class CatchUpOnEvents(EventService stripe, PaymentOptions options, TimeProvider clock, ILogger<CatchUpOnEvents> log) : Worker
{
    /// <summary>How far back the very first look goes.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromDays(1);

    /// <summary>Looked at again each time, since events appear in the list a little out of order.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    private static readonly List<string> Types =
    [
        EventTypes.AccountUpdated, EventTypes.ChargeRefunded, EventTypes.CheckoutSessionAsyncPaymentSucceeded, EventTypes.CheckoutSessionCompleted,
        EventTypes.CheckoutSessionExpired, EventTypes.PaymentIntentSucceeded, EventTypes.RefundCreated, EventTypes.RefundFailed, EventTypes.RefundUpdated,
    ];

    protected override TimeSpan Period => TimeSpan.FromSeconds(options.ReconcileSeconds);

    protected override async Task<bool> RunOnce(IServiceProvider services, CancellationToken ct)
    {
        var db = services.GetRequiredService<PaymentsDb>();
        var now = clock.GetUtcNow();
        var caughtUpTo = await db.Database.SqlQuery<DateTimeOffset?>($"""SELECT max(until) AS "Value" FROM events_caught_up""").SingleAsync(ct);
        var since = caughtUpTo - Overlap ?? now - FirstLook;
        try
        {
            var missed = await Missed(db, since, ct);
            foreach (var happened in missed.OrderBy(e => e.Created))
            {
                db.ChangeTracker.Clear();
                if (await ApplyStripeEvent.Once(db, happened, happened.ToJson(), clock.GetUtcNow(), log, ct))
                    log.LogInformation("Stripe event {EventId} was found by looking, its webhook has not come", happened.Id);
            }

            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO events_caught_up (sole, until) VALUES (true, {now})
                ON CONFLICT (sole) DO UPDATE SET until = greatest(events_caught_up.until, excluded.until)
                """,
                ct);
        }
        catch (Exception e) when (StripeConnection.IsAway(e, ct))
        {
            log.LogWarning("Stripe does not answer; its events are looked through later");
        }

        return false;
    }

    private async Task<List<Event>> Missed(PaymentsDb db, DateTimeOffset since, CancellationToken ct)
    {
        var missed = new List<Event>();
        string? after = null;
        while (true)
        {
            var page = await stripe.ListAsync(new EventListOptions { Types = Types, Limit = 100, StartingAfter = after }, cancellationToken: ct);
            var recent = page.Data.Where(e => e.Created >= since.UtcDateTime).ToList();
            var ids = recent.Select(e => e.Id).ToList();
            var known = await db.StripeEvents.Where(e => ids.Contains(e.Id)).Select(e => e.Id).ToListAsync(ct);
            missed.AddRange(recent.Where(e => !known.Contains(e.Id)));
            if (!page.HasMore || recent.Count < page.Data.Count)
                return missed;
            after = page.Data[^1].Id;
        }
    }
}
