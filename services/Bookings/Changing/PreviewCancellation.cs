using Bookings.Reading;
using Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Bookings.Changing;

/// <summary>What cancelling now would send back, before anybody clicks.</summary>
public static class PreviewCancellation
{
    /// <param name="Keeps">What stays with the practitioner.</param>
    /// <param name="Until">The last instant at which this refund holds; null when time does not change it.</param>
    public sealed record Response(Money Refund, Money Keeps, DateTimeOffset? Until);

    public static void Map(IEndpointRouteBuilder bookings) => bookings
        .MapGet("/{id:guid}/cancel-preview", Handle)
        .WithName(nameof(PreviewCancellation))
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid id, HttpContext http, BookingsDb db, LinkTokens tokens, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var booking = await db.ToRead(id, ct);
        if (await Access.PartyOf(http, booking, tokens) is not { } party || booking is null)
            return Problems.NotFound;
        if (!booking.CanCancel(party, now))
            return Problems.NotCancellable;

        var refund = booking.RefundIfCancelled(party, now);
        var kept = booking.IsPaid && booking.WasConfirmed ? booking.Refundable - refund : Money.Zero(booking.Currency);
        var byPolicy = booking is { IsPaid: true, Status: BookingStatus.Confirmed } && party is Party.Client;
        return TypedResults.Ok(new Response(
            refund, kept, byPolicy && booking.Policy.TierAt(now) is { } tier ? Views.Local(booking, tier.Until) : null));
    }
}
