using Microsoft.EntityFrameworkCore;
using Platform;

namespace Bookings.Requesting;

/// <summary>Times of tries at booking that were given up do not stay held.</summary>
public sealed class ReleaseAbandonedTimes : Worker
{
    private const int BatchSize = 20;

    protected override TimeSpan Period => TimeSpan.FromSeconds(2);

    protected override async Task<bool> RunOnce(IServiceProvider services, CancellationToken ct)
    {
        var db = services.GetRequiredService<BookingsDb>();
        var availability = services.GetRequiredService<AvailabilityClient>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();

        // Letting go twice is harmless, so no row is locked while Availability is asked. In no fixed order, or one that
        // cannot be let go would keep those behind it from being reached.
        var waiting = await db.AbandonedAttempts.Where(a => a.ReleasedAt == null).OrderBy(_ => EF.Functions.Random()).Take(BatchSize).ToListAsync(ct);
        foreach (var attempt in waiting)
        {
            await availability.Release(attempt.BookingId, ct);
            attempt.ReleasedAt = now;
            await db.SaveChangesAsync(ct);
        }
        return waiting.Count == BatchSize;
    }
}
