using Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Availability;

/// <summary>Keeps what practitioners offer as Listings last told it, whatever order the facts arrive in.</summary>
public sealed class FollowPublishedPractitioners(AvailabilityDb db, TimeProvider clock) : IConsumer<PractitionerPublished>, IConsumer<PractitionerWithdrawn>
{
    public async Task Consume(ConsumeContext<PractitionerPublished> context)
    {
        var fact = context.Message;
        var practitioner = await Practitioner.Lock(db, fact.PractitionerId, context.CancellationToken);
        var (before, now) = (practitioner.Offer, new Offer(fact.Locations, fact.Services));
        if (!practitioner.Publish(fact.Version, now))
            return;
        if (await db.Schedules.SingleOrDefaultAsync(s => s.PractitionerId == fact.PractitionerId, context.CancellationToken) is { } stored
            && stored.Document.Following(before, now) is { } moved)
            stored.Replace(moved);
        // What was told before may name places and services that are gone, so all is told again.
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO openings_told (practitioner_id, version, refresh_at) VALUES ({fact.PractitionerId}, 0, {clock.GetUtcNow()})
            ON CONFLICT (practitioner_id) DO UPDATE SET refresh_at = excluded.refresh_at, digest = NULL
            """, context.CancellationToken);
    }

    public async Task Consume(ConsumeContext<PractitionerWithdrawn> context)
    {
        var practitioner = await Practitioner.Lock(db, context.Message.PractitionerId, context.CancellationToken);
        practitioner.Withdraw(context.Message.Version);
    }
}
