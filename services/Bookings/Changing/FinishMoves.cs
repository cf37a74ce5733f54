using Microsoft.EntityFrameworkCore;
using Platform;

namespace Bookings.Changing;

/// <summary>No move stays half made: one that a crash or an absent Availability cut off is finished, or dropped when the time is gone.</summary>
public sealed class FinishMoves(BookingOptions options) : Worker
{
    private const int BatchSize = 20;

    protected override TimeSpan Period => TimeSpan.FromSeconds(2);

    protected override async Task<bool> RunOnce(IServiceProvider services, CancellationToken ct)
    {
        var db = services.GetRequiredService<BookingsDb>();
        var moves = services.GetRequiredService<Moves>();
        var before = services.GetRequiredService<TimeProvider>().GetUtcNow().AddSeconds(-options.MovePatienceSeconds);

        // The number makes a second copy's call the same move, so no row is locked while Availability is asked. In no
        // fixed order, or one that cannot be finished would keep those behind it from being reached.
        var waiting = await db.Bookings.AsNoTracking().IgnoreAutoIncludes()
            .Where(b => b.IntendedMove != null && b.UpdatedAt <= before).OrderBy(_ => EF.Functions.Random()).Take(BatchSize).ToListAsync(ct);
        foreach (var booking in waiting)
            await moves.Finish(booking.Id, booking.IntendedMove!, ct);
        return waiting.Count == BatchSize;
    }
}
