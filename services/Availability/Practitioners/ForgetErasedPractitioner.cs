using Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Availability;

/// <summary>A practitioner has erased their account: hours, time off and calendars go, and their own feed ends. Appointments stay, for they are the clients' too.</summary>
public sealed class ForgetErasedPractitioner(AvailabilityDb db) : IConsumer<AccountErased>
{
    public async Task Consume(ConsumeContext<AccountErased> context)
    {
        if (context.Message.PractitionerId is not { } practitionerId)
            return;
        await db.LockTime(practitionerId, context.CancellationToken);
        await db.OutsideCalendars.Where(c => c.PractitionerId == practitionerId).ExecuteDeleteAsync(context.CancellationToken);
        await db.Schedules.Where(s => s.PractitionerId == practitionerId).ExecuteDeleteAsync(context.CancellationToken);
        await db.TimeOff.Where(t => t.PractitionerId == practitionerId).ExecuteDeleteAsync(context.CancellationToken);
        await db.ExtraHours.Where(h => h.PractitionerId == practitionerId).ExecuteDeleteAsync(context.CancellationToken);
        if (await db.Practitioners.SingleOrDefaultAsync(p => p.Id == practitionerId, context.CancellationToken) is { } practitioner)
            practitioner.RotateFeed();
    }
}
