using Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Payments;

/// <summary>Another service asks what has been paid for a booking.</summary>
public static class ShowPayment
{
    /// <param name="CheckoutUrl">Only while it can still be paid.</param>
    public record Response(Money? Captured, Money? Refunded, string? CheckoutUrl);

    public static void Map(IEndpointRouteBuilder inner) => inner.MapGet("/payments/{bookingId:guid}", Handle).WithName(nameof(ShowPayment));

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(Guid bookingId, PaymentsDb db, CancellationToken ct)
    {
        if (await db.Checkouts.AsNoTracking().SingleOrDefaultAsync(c => c.BookingId == bookingId, ct) is not { } checkout)
            return Problem.NotFound;

        return TypedResults.Ok(new Response(
            checkout.CapturedAt is null ? null : checkout.Captured,
            checkout.RefundedMinor == 0 ? null : checkout.Refunded,
            checkout.IsOver ? null : checkout.Url));
    }
}
