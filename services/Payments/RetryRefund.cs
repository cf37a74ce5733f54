using Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Payments;

/// <summary>An operator has a refund that came back made again: a new card may have taken the old one's place at the client's bank.</summary>
public static class RetryRefund
{
    /// <param name="Id">The new try's.</param>
    /// <param name="Amount">No more than is left of the payment by now.</param>
    public sealed record Response(Guid Id, Money Amount);

    public static void Map(IEndpointRouteBuilder operators) => operators
        .MapPost("/refunds/{id:guid}/retry", Handle)
        .WithName(nameof(RetryRefund))
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(Guid id, PaymentsDb db, TimeProvider clock, CancellationToken ct)
    {
        if (await db.Refunds.AsNoTracking().SingleOrDefaultAsync(refund => refund.Id == id, ct) is not { } known)
            return Problem.NotFound;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var checkout = (await db.Lock(known.BookingId, ct))!;
        // Read again behind the lock: of two presses one tries again.
        var failed = await db.Refunds.SingleAsync(refund => refund.Id == id, ct);
        var now = clock.GetUtcNow();
        if (failed.TryAgain(await db.Left(checkout, ct), now) is not { } again)
            return Problems.RefundHasNotFailed;

        db.Add(again);
        if (again.Status == RefundStatus.Covered)
            db.Publish(again.Told(checkout, now), now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(new Response(again.Id, again.Amount));
    }
}
