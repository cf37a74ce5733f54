using Contracts;
using MassTransit;
using Platform;

namespace Bookings.Settling;

/// <summary>The rules of a zone have changed: a booking goes where Availability has put its time, or says that it could not be put there.</summary>
public sealed class FollowZone(BookingsDb db, TimeProvider clock) : IConsumer<TimeFollowedZone>, IConsumer<TimeLeftByZone>
{
    public async Task Consume(ConsumeContext<TimeFollowedZone> context)
    {
        var fact = context.Message;
        var booking = await Find(fact.BookingId, context.CancellationToken);
        booking?.FollowZone(fact.WasAt, fact.StartsAt, fact.ZoneVersion, clock.GetUtcNow());
    }

    public async Task Consume(ConsumeContext<TimeLeftByZone> context)
    {
        var fact = context.Message;
        var booking = await Find(fact.BookingId, context.CancellationToken);
        booking?.StayBehindZone(fact.StartsAt, fact.ZoneVersion, clock.GetUtcNow());
    }

    private async Task<Booking?> Find(Guid id, CancellationToken ct)
    {
        var booking = await db.ForChange(id, ct);
        // Which of the two came first is known once the move is finished, a few seconds from now.
        return booking?.IntendedMove is null ? booking : throw new UnavailableException("A move that is under way");
    }
}
