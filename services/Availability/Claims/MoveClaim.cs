using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Availability;

/// <summary>
/// Puts a booking's time elsewhere in one step: the old time is given up only with the new one taken, and may overlap it. Keyed by the number of the
/// move: it is made or refused once, whoever asks again, and at the same moment.
/// </summary>
public static class MoveClaim
{
    /// <param name="ByOwner">The practitioner moves it, by the owner's rules.</param>
    /// <param name="HasReason">The practitioner has given a reason, in case the time is outside their hours, notice or horizon.</param>
    public sealed record Request(int Move, DateTimeOffset Start, Guid LocationId, bool ByOwner = false, bool HasReason = false);

    public sealed record Response(DateTimeOffset Start, DateTimeOffset End, string TimeZone, Guid LocationId)
    {
        public static Response Of(Claim claim) =>
            new(Zones.ToLocal(claim.StartsAt, claim.TimeZone), Zones.ToLocal(claim.EndsAt, claim.TimeZone), claim.TimeZone, claim.LocationId);
    }

    public static void Map(IEndpointRouteBuilder claims) => claims.MapPost("/{bookingId:guid}/move", Handle);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid bookingId, Request request, AvailabilityDb db, FirstLook look, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var check = new Check();
        check.Between("move", request.Move, 1, int.MaxValue);
        if (check.Failed(out var malformed))
            return malformed;
        if (await db.Claims.AsNoTracking().SingleOrDefaultAsync(c => c.BookingId == bookingId, ct) is not { } seen)
            return Problem.NotFound;
        if (seen.WasMade(request.Move) is { } before)
            return Again(seen, before);

        // The length that was agreed stays, whatever the service lasts by now, and whether or not it is offered still.
        var minutes = (int)(seen.EndsAt - seen.StartsAt).TotalMinutes;
        var wanted = new Wanted(seen.PractitionerId, seen.ServiceId, request.LocationId, request.Start, minutes, request.ByOwner, request.HasReason);
        var (hopeless, turn) = request.ByOwner ? default : await look.Queue(wanted, ct, seen.Id);
        if (hopeless is not null)
            return await Refuse(db, bookingId, request.Move, hopeless, ct);

        using var first = turn;
        var (made, refusal) = await Make(db, bookingId, request, wanted, now, ct);
        return refusal is null ? made! : await Refuse(db, bookingId, request.Move, refusal, ct);
    }

    private static async Task<(Results<Ok<Response>, ProblemHttpResult>? Made, ProblemHttpResult? Refusal)> Make(
        AvailabilityDb db, Guid bookingId, Request request, Wanted wanted, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var claim = (await Claim.Lock(db, bookingId, ct))!;
        if (claim.WasMade(request.Move) is { } before)
            return (Again(claim, before), null);
        if (!claim.HasTime(now))
            return (null, Problems.HoldExpired);
        var (free, refusal) = await FreeTime.Find(db, wanted, now, ct, without: claim.Id);
        if (refusal is not null)
            return (null, refusal);

        await ExpireHolds.EndThose(db, claim.PractitionerId, now, ct);
        claim.Move(request.Move, request.LocationId, free!.TimeZone, free.Opening, free.Busy, now);
        return await FreeTime.Save(db, transaction, wanted, now, ct, claim.PractitionerId) is { } taken ? (null, taken) : (TypedResults.Ok(Response.Of(claim)), null);
    }

    /// <summary>
    /// Before the refusal is said it is written down: Bookings gives the move up then, and whoever asks for the same one a moment later must not have it made. Unless they
    /// have had it made meanwhile.
    /// </summary>
    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Refuse(AvailabilityDb db, Guid bookingId, int move, ProblemHttpResult refusal, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var claim = (await Claim.Lock(db, bookingId, ct))!;
        if (claim.WasMade(move) is { } before)
            return before ? Again(claim, before) : refusal;
        claim.Refuse(move);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return refusal;
    }

    private static Results<Ok<Response>, ProblemHttpResult> Again(Claim claim, bool wasMade) =>
        wasMade ? TypedResults.Ok(Response.Of(claim)) : Problems.SlotTaken([]);
}
