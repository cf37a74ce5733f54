using Microsoft.EntityFrameworkCore;
using Platform;

namespace Payments;

/// <summary>
/// The bodies of Stripe's events are kept for questions and then forgotten. That an event was here stays
/// known, so that it still counts once; what waits or troubles somebody is left alone.
/// </summary>
public sealed class ForgetStripeBodies(PaymentOptions options) : Worker
{
    private const int BatchSize = 1000;

    protected override TimeSpan Period => TimeSpan.FromMinutes(30);

    protected override async Task<bool> RunOnce(IServiceProvider services, CancellationToken ct)
    {
        var db = services.GetRequiredService<PaymentsDb>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        return await Forget(db, now.AddDays(-options.KeepEventBodiesDays), ct) == BatchSize;
    }

    /// <summary>A batch of those that came before this instant; returns how many there were.</summary>
    public static Task<int> Forget(PaymentsDb db, DateTimeOffset before, CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        UPDATE stripe_events SET body = '' WHERE id IN (
            SELECT id FROM stripe_events
            WHERE received_at < {before} AND body <> '' AND NOT waiting AND trouble IS NULL LIMIT {BatchSize} FOR UPDATE SKIP LOCKED)
        """, ct);
}
