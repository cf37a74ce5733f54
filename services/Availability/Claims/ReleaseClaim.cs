using Microsoft.AspNetCore.Http.HttpResults;

namespace Availability;

/// <summary>Gives a booking's time back, for instance because its checkout could not be made. Money that comes all the same may still retake it.</summary>
public static class ReleaseClaim
{
    public static void Map(IEndpointRouteBuilder claims) => claims.MapDelete("/{bookingId:guid}", Handle);

    public static async Task<NoContent> Handle(Guid bookingId, AvailabilityDb db, TimeProvider clock, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await Claim.Lock(db, bookingId, ct) is { } claim && claim.Release())
        {
            await db.SaveChangesAsync(ct);
            await db.OpeningsMayHaveChanged(clock.GetUtcNow(), ct, claim.PractitionerId);
            await transaction.CommitAsync(ct);
        }

        return TypedResults.NoContent();
    }
}
