using Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Availability;

/// <summary>The calendars of somebody who has left are read no more, and their own feed ends.</summary>
public sealed class ForgetErasedPractitioner(AvailabilityDb db) : IConsumer<AccountErased>
{
    public async Task Consume(ConsumeContext<AccountErased> context)
    {
        if (context.Message.PractitionerId is not { } practitionerId)
            return;
        await db.LockTime(practitionerId, context.CancellationToken);
        await db.OutsideCalendars.Where(c => c.PractitionerId == practitionerId).ExecuteDeleteAsync(context.CancellationToken);
        if (await db.Practitioners.SingleOrDefaultAsync(p => p.Id == practitionerId, context.CancellationToken) is { } practitioner)
            practitioner.RotateFeed();
    }
}
