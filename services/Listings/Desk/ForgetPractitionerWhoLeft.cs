using Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Listings.Desk;

/// <summary>A practitioner has erased their account: the listing goes with it.</summary>
public sealed class ForgetPractitionerWhoLeft(ListingsDb db, TimeProvider clock) : IConsumer<AccountErased>
{
    public async Task Consume(ConsumeContext<AccountErased> context)
    {
        var (id, now, ct) = (context.Message.PractitionerId, clock.GetUtcNow(), context.CancellationToken);
        if ((await db.Practitioners.FromSql($"SELECT * FROM practitioners WHERE id = {id} FOR UPDATE").ToListAsync(ct)) is not [var practitioner])
            return;
        practitioner.Leave(now);
        await Publication.Write(db, practitioner, now, ct);
    }
}
