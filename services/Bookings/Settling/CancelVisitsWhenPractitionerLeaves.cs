using Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Bookings.Settling;

/// <summary>A practitioner has erased their account: the visits ahead are off, and everything that was paid for them goes back.</summary>
public sealed class CancelVisitsWhenPractitionerLeaves(BookingsDb db, TimeProvider clock) : IConsumer<AccountErased>
{
    public async Task Consume(ConsumeContext<AccountErased> context)
    {
        var (practitioner, now, ct) = (context.Message.PractitionerId, clock.GetUtcNow(), context.CancellationToken);
        foreach (var id in await db.Bookings.Where(b => b.PractitionerId == practitioner && b.StartsAt > now).OrderBy(b => b.Id).Select(b => b.Id).ToListAsync(ct))
        {
            var booking = await db.ForChange(id, ct);
            booking?.Cancel(Party.Practitioner, now);
        }
    }
}
