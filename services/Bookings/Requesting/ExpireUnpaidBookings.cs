using Microsoft.EntityFrameworkCore;
using Platform;

namespace Bookings.Requesting;

/// <summary>
/// No booking waits for its money longer than its hold. Availability says when a hold ends; this is for the booking that was stored
/// only after that was said.
/// </summary>
public sealed class ExpireUnpaidBookings(BookingOptions options) : Worker
{
    private const int BatchSize = 100;

    protected override TimeSpan Period => TimeSpan.FromSeconds(5);

    protected override async Task<bool> RunOnce(IServiceProvider services, CancellationToken ct)
    {
        var db = services.GetRequiredService<BookingsDb>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var overdue = await db.Database.SqlQuery<Guid>($"""
            SELECT id AS "Value" FROM bookings b
            WHERE status = 'awaitingPayment' AND hold_expires_at < {now.AddSeconds(-options.UnpaidGraceSeconds)}
              AND NOT EXISTS (SELECT 1 FROM captures c WHERE c.booking_id = b.id AND c.counts)
            LIMIT {BatchSize} FOR UPDATE SKIP LOCKED
            """).ToListAsync(ct);
        foreach (var booking in await db.Bookings.AsSingleQuery().Where(b => overdue.Contains(b.Id)).ToListAsync(ct))
        {
            // Where nothing was due the time may be kept for good already, with nobody left to say that it was: Availability would never end it by itself.
            if (booking.Expire(now) && booking.DueMinor == 0)
                db.Add(new AbandonedAttempt { BookingId = booking.Id, At = now });
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return overdue.Count == BatchSize;
    }
}
