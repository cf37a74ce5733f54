using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Availability;

/// <summary>Makes a booking's hold an appointment at once, because nothing is due online. A repeat gets the same answer.</summary>
public static class KeepClaim
{
    public static void Map(IEndpointRouteBuilder claims) => claims.MapPost("/{bookingId:guid}/keep", Handle);

    public static async Task<Results<Ok<ClaimForBooking.Response>, ProblemHttpResult>> Handle(Guid bookingId, AvailabilityDb db, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await Claim.Lock(db, bookingId, ct) is not { } claim)
            return Problem.NotFound;
        if (!claim.IsLive)
            return Problems.HoldExpired;
        claim.Keep();
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(ClaimForBooking.Response.Of(claim));
    }
}
