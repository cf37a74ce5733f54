using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Availability;

/// <summary>Gives a booking's time back, for instance because its checkout could not be made, and for good. Money that comes all the same may still retake it.</summary>
public static class ReleaseClaim
{
    public static void Map(IEndpointRouteBuilder claims) => claims.MapDelete("/{bookingId:guid}", Handle);

    public static async Task<NoContent> Handle(Guid bookingId, AvailabilityDb db, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await Queue(db, bookingId, ct);
        if (await Claim.Lock(db, bookingId, ct) is not { } claim)
        {
            // Its claim may still be on the way, from somebody who has given up waiting: it would keep time for nobody.
            await db.Database.ExecuteSqlAsync($"INSERT INTO released_bookings (booking_id, at) VALUES ({bookingId}, {now}) ON CONFLICT DO NOTHING", ct);
            await transaction.CommitAsync(ct);
        }
        else if (claim.Release())
        {
            await db.SaveChangesAsync(ct);
            await db.OpeningsMayHaveChanged(now, ct, claim.PractitionerId);
            await transaction.CommitAsync(ct);
        }

        return TypedResults.NoContent();
    }

    /// <summary>
    /// Lets one booking's claim and release through one at a time, until the transaction ends, so that neither misses the other. Taken before any
    /// practitioner's lock, since a release does not know whose time it is.
    /// </summary>
    internal static Task Queue(AvailabilityDb db, Guid bookingId, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({bookingId.ToString()}, 1))", ct);

    /// <summary>Whether a booking's time was given back before there was any.</summary>
    internal static async Task<bool> CameFirst(AvailabilityDb db, Guid bookingId, CancellationToken ct) =>
        await db.Database.SqlQuery<int>($"""SELECT 1 AS "Value" FROM released_bookings WHERE booking_id = {bookingId}""").AnyAsync(ct);
}
