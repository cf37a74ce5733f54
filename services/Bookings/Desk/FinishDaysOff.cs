using Microsoft.EntityFrameworkCore;
using Platform;

namespace Bookings.Desk;

/// <summary>No day stays half called off: what a crash or an absent Availability cut off is carried out to the end.</summary>
public sealed class FinishDaysOff(BookingOptions options) : Worker
{
    private const int BatchSize = 20;

    protected override TimeSpan Period => TimeSpan.FromSeconds(2);

    protected override async Task<bool> RunOnce(IServiceProvider services, CancellationToken ct)
    {
        var db = services.GetRequiredService<BookingsDb>();
        var daysOff = services.GetRequiredService<DaysOff>();
        var before = services.GetRequiredService<TimeProvider>().GetUtcNow().AddSeconds(-options.MovePatienceSeconds);

        // Two copies at one day do each other no harm, so no row is locked while Availability is asked. In no fixed order,
        // or one that cannot be finished would keep those behind it from being reached.
        foreach (var day in await db.DaysOff.AsNoTracking().Where(d => d.DoneAt == null && d.AskedAt <= before).OrderBy(_ => EF.Functions.Random()).Take(BatchSize).ToListAsync(ct))
            await daysOff.Finish(day, ct);
        return false;
    }
}
