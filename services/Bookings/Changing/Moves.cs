using Microsoft.AspNetCore.Http.HttpResults;

namespace Bookings.Changing;

/// <summary>
/// Moves a visit to another time: the move is written down, made in Availability under its number, and finished here. Interrupted anywhere, it is
/// resumed by a repeat of the request or by <see cref="FinishMoves"/>.
/// </summary>
public sealed class Moves(BookingsDb db, ListingsClient listings, AvailabilityClient availability, TimeProvider clock)
{
    /// <param name="seen">The booking as the caller was allowed to see it.</param>
    /// <param name="reason">Why a practitioner overrides their own rules; sealed already.</param>
    public async Task<(Booking? Moved, ProblemHttpResult? Refusal)> Make(Booking seen, Party by, DateTimeOffset start, Guid? locationId, CancellationToken ct, byte[]? reason = null)
    {
        var place = seen.Place;
        if (locationId is { } elsewhere && elsewhere != place.Id)
        {
            if (await listings.Offering(new(seen.PractitionerId, seen.ServiceId, elsewhere), ct) is not { } offering)
                return (null, Problems.NotOfferedThere);
            // For a visit at the client's home the practitioner needs an address that this booking does not have.
            if (offering.Location.IsHomeVisit)
                return (null, Problems.NotOfferedThere);
            place = offering.Location;
        }

        await using (var transaction = await db.Database.BeginTransactionAsync(ct))
        {
            var booking = await db.ForChange(seen.Id, ct);
            var now = clock.GetUtcNow();
            if (booking is null || !booking.CanMove(now))
                return (null, Problems.NotMovable);
            if (booking.IntendedMove is null && booking.StartsAt == start && booking.LocationId == place.Id)
                return (booking, null);
            if (!booking.IntendMove(start, place, by, now, reason))
                return (null, Problems.StateConflict("Another change of this visit is under way. Please try again in a moment."));
            seen = booking;
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
        }
        return await Finish(seen.Id, seen.IntendedMove!, ct);
    }

    /// <summary>Makes a move that has been written down, and finishes it as Availability says.</summary>
    public async Task<(Booking? Moved, ProblemHttpResult? Refusal)> Finish(Guid id, IntendedMove move, CancellationToken ct)
    {
        var (time, refusal) = await availability.Move(id, move, ct);

        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var booking = await db.ForChange(id, ct);
        if (booking is null)
            return (null, Problems.NotFound);
        var now = clock.GetUtcNow();
        if (time is null)
            booking.DropMove(move.Number, now);
        else
            booking.FinishMove(move.Number, AgreedTime.At(move.Place, time.Start, time.End), now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);

        // Somebody cancelled while the move was being made; Availability may have heard of it first, and says that nothing is kept.
        if (booking.Status is not BookingStatus.Confirmed)
            refusal = Problems.StateConflict("It has been cancelled meanwhile.");
        return refusal is null ? (booking, null) : (null, refusal);
    }
}
