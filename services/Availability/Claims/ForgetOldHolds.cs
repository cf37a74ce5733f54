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
        var before = now.AddDays(-options.KeepReleasedHoldsDays);
        return Math.Max(await Forget(db, before, ct), await ForgetReleases(db, before, ct)) == BatchSize;
    }

    /// <summary>A batch of those that ended before this instant; answers how many there were.</summary>
    public static Task<int> Forget(AvailabilityDb db, DateTimeOffset before, CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        DELETE FROM claims WHERE id IN (
            SELECT id FROM claims WHERE state = 'released' AND kind = 'hold' AND expires_at < {before} LIMIT {BatchSize} FOR UPDATE SKIP LOCKED)
        """, ct);

    /// <summary>The same for bookings whose time was given back before it was claimed: no claim is on its way for so long.</summary>
    public static Task<int> ForgetReleases(AvailabilityDb db, DateTimeOffset before, CancellationToken ct) => db.Database.ExecuteSqlAsync($"""
        DELETE FROM released_bookings WHERE booking_id IN (SELECT booking_id FROM released_bookings WHERE at < {before} LIMIT {BatchSize} FOR UPDATE SKIP LOCKED)
        """, ct);
}
