using Bookings.Requesting;
using Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Bookings.Desk;

/// <summary>A practitioner cannot come to a visit: the client gets everything back.</summary>
public static class CancelVisit
{
    public sealed record Request(string? Reason = null);

    public sealed record Response(BookingStatus Status, Money Refund);

    public static void Map(RouteGroupBuilder mine) => mine
        .MapPost("/{id:guid}/cancel", Handle)
        .WithName(nameof(CancelVisit))
        .RequireRole("practitioner")
        .Idempotent()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid id, CurrentPractitioner me, BookingsDb db, SecretBox box, TimeProvider clock, CancellationToken ct, Request? request = null)
    {
        var check = new Check();
        check.Text("reason", request?.Reason, 1000, lines: true, optional: true);
        if (check.Failed(out var malformed))
            return malformed;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.ForChange(id, ct) is not { } booking || booking.PractitionerId != me.Id)
            return Problems.NotFound;
        var now = clock.GetUtcNow();
        var refund = booking.RefundIfCancelled(Party.Practitioner, now);
        if (!booking.Cancel(Party.Practitioner, now, Entrusted.SealReason(request?.Reason, box)))
            return Problems.NotCancellable;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(new Response(booking.Status, refund));
    }
}
