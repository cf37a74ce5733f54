using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Platform;

namespace Availability;

/// <summary>Keeps a held time a little longer, once.</summary>
public static class ExtendHold
{
    /// <param name="Token">The hold's token, when it does not come in the header.</param>
    public sealed record Request(string? Token = null);

    public sealed record Response(Guid Id, DateTimeOffset ExpiresAt);

    public static void Map(IEndpointRouteBuilder holds) => holds
        .MapPost("/{id:guid}/extend", Handle)
        .WithName(nameof(ExtendHold))
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status410Gone);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid id, [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] Request? request,
        AvailabilityDb db, AvailabilityOptions options, TimeProvider clock, CancellationToken ct, [FromHeader(Name = HoldToken.Header)] string? holdToken = null)
    {
        var now = clock.GetUtcNow();
        if ((holdToken ?? request?.Token) is not { } token)
            return Problem.NotFound;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var hold = await Claim.Lock(db, token, ct);
        if (hold is null || hold.Id != id)
            return Problem.NotFound;
        if (!hold.HasTime(now))
            return Problems.HoldExpired;
        if (!hold.Extend(options.ExtensionLasts))
            return Problems.AlreadyExtended;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(new Response(hold.Id, hold.ExpiresAt!.Value));
    }
}
