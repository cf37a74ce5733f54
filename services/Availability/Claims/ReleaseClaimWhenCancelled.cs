using Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Availability;

/// <summary>A cancelled booking gives its time back for good: a payment that is told of later does not take it again.</summary>
public sealed class ReleaseClaimWhenCancelled(AvailabilityDb db, TimeProvider clock) : IConsumer<BookingCancelled>
{
    public async Task Consume(ConsumeContext<BookingCancelled> context)
    {
        var (bookingId, now, ct) = (context.Message.BookingId, clock.GetUtcNow(), context.CancellationToken);
        await db.LockTime(context.Message.PractitionerId, ct);
        await db.Database.ExecuteSqlAsync($"INSERT INTO cancelled_bookings (booking_id, at) VALUES ({bookingId}, {now}) ON CONFLICT DO NOTHING", ct);
        if (await Claim.Lock(db, bookingId, ct) is { } claim && claim.Release())
        {
            await db.SaveChangesAsync(ct);
            await db.OpeningsMayHaveChanged(now, ct, claim.PractitionerId);
        }
    }
}
