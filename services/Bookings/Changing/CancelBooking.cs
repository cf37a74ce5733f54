using Bookings.Reading;
using Bookings.Requesting;
using Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Bookings.Changing;

/// <summary>The client calls a visit off, and gets back what the policy says at that instant; or the practitioner does, and the client gets everything back.</summary>
public static class CancelBooking
{
    /// <param name="Refund">What the page showed. When it is not what would be paid back by now, nothing is cancelled and the caller hears so.</param>
    public sealed record Request(string? Reason = null, Money? Refund = null);

    public sealed record Response(BookingStatus Status, Money Refund);

    public static void Map(IEndpointRouteBuilder bookings) => bookings
        .MapPost("/{id:guid}/cancel", Handle)
        .WithName(nameof(CancelBooking))
        .Idempotent()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid id, HttpContext http, BookingsDb db, LinkTokens tokens, SecretBox box, TimeProvider clock, CancellationToken ct, Request? request = null)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Read after the lock: whoever waited for it must not get the refund of the moment before.
        var booking = await db.ForChange(id, ct);
        var now = clock.GetUtcNow();
        if (await Access.PartyOf(http, booking, tokens) is not { } party || booking is null)
            return Problems.NotFound;

        var check = new Check();
        check.Text("reason", request?.Reason, 1000, lines: true, optional: true);
        if (check.Failed(out var malformed))
            return malformed;
        if (!booking.CanCancel(party, now))
            return Problems.NotCancellable;
        var refund = booking.RefundIfCancelled(party, now);
        if (request?.Refund is { } shown && shown != refund)
            return Problems.StateConflict("The refund has changed since it was shown. Please look at it again.");

        booking.Cancel(party, now, Entrusted.SealReason(request?.Reason, box));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(new Response(booking.Status, refund));
    }
}
