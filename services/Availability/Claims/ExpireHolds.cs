using Contracts;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Availability;

/// <summary>Holds end on time; those of bookings are told.</summary>
public sealed class ExpireHolds : Worker
{
    private const int BatchSize = 200;

    protected override TimeSpan Period => TimeSpan.FromMilliseconds(500);

    protected override async Task<bool> RunOnce(IServiceProvider services, CancellationToken ct)
    {
        var db = services.GetRequiredService<AvailabilityDb>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var ended = await db.Claims.FromSql($"""
            SELECT * FROM claims WHERE state = 'live' AND kind = 'hold' AND expires_at <= {now} ORDER BY expires_at LIMIT {BatchSize} FOR UPDATE SKIP LOCKED
            """).ToListAsync(ct);
        if (ended.Count == 0)
            return false;

        End(db, ended, now);
        await db.SaveChangesAsync(ct);
        await db.OpeningsMayHaveChanged(now, ct, [.. ended.Select(c => c.PractitionerId).Distinct()]);
        await transaction.CommitAsync(ct);
        return ended.Count == BatchSize;
    }

    /// <summary>
    /// The same for one practitioner whose time the caller has locked, since a hold that has run out must not stand in anyone's way just because it
    /// has not been swept yet. The caller tells that the openings may have changed.
    /// </summary>
    public static async Task EndThose(AvailabilityDb db, Guid practitionerId, DateTimeOffset now, CancellationToken ct)
    {
        var ended = await db.Claims.FromSql($"""
            SELECT * FROM claims WHERE practitioner_id = {practitionerId} AND state = 'live' AND kind = 'hold' AND expires_at <= {now} FOR UPDATE
            """).ToListAsync(ct);
        if (ended.Count == 0)
            return;
        End(db, ended, now);
        await db.SaveChangesAsync(ct);
    }

    private static void End(AvailabilityDb db, List<Claim> ended, DateTimeOffset now)
    {
        foreach (var claim in ended)
        {
            if (claim.Release() && claim.BookingId is { } bookingId)
                db.Publish(new HoldEnded(bookingId, now), now);
        }
    }
}
