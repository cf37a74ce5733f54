using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Platform;

namespace Availability;

/// <summary>Gives a held time back before it runs out.</summary>
public static class LetHoldGo
{
    public static void Map(IEndpointRouteBuilder holds) => holds
        .MapDelete("/{id:guid}", Handle)
        .WithName(nameof(LetHoldGo))
        .ProducesProblem(StatusCodes.Status404NotFound);

    /// <param name="token">The hold's token, for programs that cannot set the header.</param>
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid id, AvailabilityDb db, TimeProvider clock, CancellationToken ct,
        [FromHeader(Name = HoldToken.Header)] string? holdToken = null, [FromQuery] string? token = null)
    {
        if ((holdToken ?? token) is not { } own)
            return Problem.NotFound;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var hold = await Claim.Lock(db, own, ct);
        if (hold is null || hold.Id != id)
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
