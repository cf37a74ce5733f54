using Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Bookings.Desk;

/// <summary>A practitioner gives a client money back of their own accord, in whole or in part; the visit itself stays as it is.</summary>
public static class RefundVisit
{
    /// <param name="Amount">All that is left when left out.</param>
    public sealed record Request(Money? Amount = null);

    /// <param name="Left">What could still be given back.</param>
    public sealed record Response(BookingStatus Status, Money Refund, Money Left);

    public static void Map(RouteGroupBuilder mine) => mine
        .MapPost("/{id:guid}/refund", Handle)
        .WithName(nameof(RefundVisit))
        .RequireRole("practitioner")
        .Idempotent()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid id, CurrentPractitioner me, BookingsDb db, TimeProvider clock, CancellationToken ct, Request? request = null)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.ForChange(id, ct) is not { } booking || booking.PractitionerId != me.Id)
            return Problems.NotFound;
        if (booking.Refundable.Amount == 0)
            return Problems.StateConflict("There is no money of this visit that could go back.");

        var amount = request?.Amount ?? booking.Refundable;
        var check = new Check();
        check.That("amount.currency", amount.Currency == booking.Currency, $"It was paid in {booking.Currency}.");
        check.That("amount.amount", amount.Amount > 0, "More than nothing, please.");
        check.That("amount.amount", amount.Amount <= booking.Refundable.Amount, $"At most {booking.Refundable.Amount} is left of what was paid.");
        if (check.Failed(out var malformed))
            return malformed;

        booking.GiveBack(amount, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(new Response(booking.Status, amount, booking.Refundable));
    }
}
