using Contracts;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Bookings.Waitlist;

/// <summary>Looks again, every few minutes, for what people wait for, and says so once when it can be had.</summary>
public sealed class TellThoseWaiting(BookingOptions options) : Worker
{
    private const int BatchSize = 20;

    protected override TimeSpan Period => TimeSpan.FromSeconds(Math.Min(5, options.WaitlistSeconds));

    protected override async Task<bool> RunOnce(IServiceProvider services, CancellationToken ct)
    {
        var db = services.GetRequiredService<BookingsDb>();
        var wishes = services.GetRequiredService<Wishes>();
        var box = services.GetRequiredService<SecretBox>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();

        var justNow = now.AddSeconds(-options.WaitlistSeconds);
        await db.Waitlist.Where(e => e.Until <= now).ExecuteDeleteAsync(ct);
        // Taken by saying that they have been looked for, so that no row is locked meanwhile; where that fails, they are looked for the next time.
        var taken = await db.Waitlist.FromSql($"""
            UPDATE waitlist SET looked_at = {now} WHERE id IN (
                SELECT id FROM waitlist WHERE answered_at IS NULL AND looked_at <= {justNow} ORDER BY looked_at LIMIT {BatchSize} FOR UPDATE SKIP LOCKED)
            RETURNING *
            """).AsNoTracking().ToListAsync(ct);
        foreach (var entry in taken)
        {
            // A refusal is like nobody found: a practitioner may be away for a while and come back.
            if ((await wishes.Look(Wish.Open(entry.Wish, box), ct)).CanBeHad)
                await Answer(db, entry.Id, now, ct);
        }
        return taken.Count == BatchSize;
    }

    private static async Task Answer(BookingsDb db, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var answered = await db.Waitlist.Where(e => e.Id == id && e.AnsweredAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.AnsweredAt, now).SetProperty(e => e.Until, now + WaitlistEntry.Afterwards), ct);
        if (answered == 0)
            return;
        db.Publish(new WaitlistAnswered(id, now), now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
