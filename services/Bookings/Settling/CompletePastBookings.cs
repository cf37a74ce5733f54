using Microsoft.EntityFrameworkCore;
using Platform;

namespace Bookings.Settling;

/// <summary>A visit of which nobody says otherwise counts as done a day after its end.</summary>
public sealed class CompletePastBookings(BookingOptions options) : Worker
{
    private const int BatchSize = 100;

    protected override TimeSpan Period => TimeSpan.FromSeconds(5);

    protected override async Task<bool> RunOnce(IServiceProvider services, CancellationToken ct)
    {
        var db = services.GetRequiredService<BookingsDb>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var past = await db.Database.SqlQuery<Guid>($"""
            SELECT id AS "Value" FROM bookings
            WHERE status = 'confirmed' AND intended_move IS NULL AND ends_at <= {now.AddHours(-options.CompleteAfterHours)}
            LIMIT {BatchSize} FOR UPDATE SKIP LOCKED
            """).ToListAsync(ct);
        foreach (var booking in await db.Bookings.AsSingleQuery().Where(b => past.Contains(b.Id)).ToListAsync(ct))
            booking.Complete(Party.System, now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return past.Count == BatchSize;
    }
}
