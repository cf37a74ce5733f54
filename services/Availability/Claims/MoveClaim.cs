using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Availability;

/// <summary>
/// Puts a booking's time elsewhere in one step: the old time is given up only with the new one taken, and may overlap it. Keyed by the number of the
/// move, so a repeat changes nothing and gets the same answer.
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
        if (request.Move <= seen.Moves)
            return TypedResults.Ok(Response.Of(seen));

        // The length that was agreed stays, whatever the service lasts by now.
        var minutes = (int)(seen.EndsAt - seen.StartsAt).TotalMinutes;
        var wanted = new Wanted(seen.PractitionerId, seen.ServiceId, request.LocationId, request.Start, minutes, request.ByOwner, request.HasReason);
        var (hopeless, turn) = request.ByOwner ? default : await look.Queue(wanted, ct, seen.Id);
        if (hopeless is not null)
            return hopeless;

        using var first = turn;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var claim = (await Claim.Lock(db, bookingId, ct))!;
        if (request.Move <= claim.Moves)
            return TypedResults.Ok(Response.Of(claim));
        if (!claim.HasTime(now))
            return Problems.HoldExpired;
        var (free, refusal) = await FreeTime.Find(db, wanted, now, ct, lockIt: true, without: claim.Id);
        if (refusal is not null)
            return refusal;

        await ExpireHolds.EndThose(db, claim.PractitionerId, now, ct);
        claim.Move(request.Move, request.LocationId, free!.TimeZone, free.Opening, free.Busy, now);
        if (await FreeTime.Save(db, transaction, wanted, now, ct, claim.PractitionerId) is { } taken)
            return taken;
        return TypedResults.Ok(Response.Of(claim));
    }
}
