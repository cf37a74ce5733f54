using Microsoft.EntityFrameworkCore;
using Platform;

namespace Availability;

/// <summary>Holds that came to nothing do not pile up. A payment that comes later still finds the time lost, and goes back.</summary>
public sealed class ForgetOldHolds(AvailabilityOptions options) : Worker
{
    private const int BatchSize = 1000;

    protected override TimeSpan Period => TimeSpan.FromMinutes(30);

    protected override async Task<bool> RunOnce(IServiceProvider services, CancellationToken ct)
    {
        var db = services.GetRequiredService<AvailabilityDb>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        return await Forget(db, now.AddDays(-options.KeepReleasedHoldsDays), ct) == BatchSize;
    }

    /// <summary>A batch of those that ended before this instant; answers how many there were.</summary>
    public static Task<int> Forget(AvailabilityDb db, DateTimeOffset before, CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        DELETE FROM claims WHERE id IN (
            SELECT id FROM claims WHERE state = 'released' AND kind = 'hold' AND expires_at < {before} LIMIT {BatchSize} FOR UPDATE SKIP LOCKED)
        """, ct);
}
