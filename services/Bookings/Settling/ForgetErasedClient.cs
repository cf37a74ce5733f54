using Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Bookings.Settling;

/// <summary>Somebody has erased their account: their bookings forget who they were, and they wait for nothing any more.</summary>
public sealed class ForgetErasedClient(BookingsDb db, TimeProvider clock) : IConsumer<AccountErased>
{
    public async Task Consume(ConsumeContext<AccountErased> context)
    {
        var (account, now, ct) = (context.Message.AccountId, clock.GetUtcNow(), context.CancellationToken);
        await db.Waitlist.Where(e => e.AccountId == account).ExecuteDeleteAsync(ct);
        foreach (var id in await db.Bookings.Where(b => b.ClientAccountId == account).OrderBy(b => b.Id).Select(b => b.Id).ToListAsync(ct))
        {
            var booking = await db.ForChange(id, ct);
            booking?.ForgetClient(now);
        }
    }
}
