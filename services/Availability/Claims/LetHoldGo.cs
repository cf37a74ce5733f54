using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Availability;

/// <summary>Gives a held time back before it runs out.</summary>
public static class LetHoldGo
{
    public static void Map(IEndpointRouteBuilder holds) => holds
        .MapDelete("/{id:guid}", Handle)
        .WithName(nameof(LetHoldGo))
        .ProducesProblem(StatusCodes.Status404NotFound);

    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(Guid id, HttpContext http, AvailabilityDb db, TimeProvider clock, CancellationToken ct)
    {
        if (HoldToken.Of(http) is not { } token)
            return Problem.NotFound;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var hold = await db.Claims.FromSql($"SELECT * FROM claims WHERE id = {id} AND token_hash = {HoldToken.Hash(token)} FOR UPDATE").SingleOrDefaultAsync(ct);
        if (hold is null)
            return Problem.NotFound;
        if (hold.Release())
        {
            await db.SaveChangesAsync(ct);
            await db.OpeningsMayHaveChanged(clock.GetUtcNow(), ct, hold.PractitionerId);
            await transaction.CommitAsync(ct);
        }

        return TypedResults.NoContent();
    }
}
