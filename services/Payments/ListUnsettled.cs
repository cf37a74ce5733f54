using Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Payments;

/// <summary>An operator sees money that is not where it belongs after five minutes, and why.</summary>
public static class ListUnsettled
{
    private const int Most = 100;

    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    /// <param name="Kind">
    /// <c>payment</c> (captured, but neither an appointment nor refunded), <c>refund</c> (owed, on its way or failed), <c>checkout</c> (its
    /// booking has ended and the page is still open) or <c>event</c> (Stripe said something that a person must look at).
    /// </param>
    /// <param name="Id">The payment's, the refund's or Stripe's event's.</param>
    /// <param name="Detail">A code, never a person's words.</param>
    public sealed record Item(string Kind, string Id, Guid? BookingId, Money? Amount, DateTimeOffset Since, string? Detail);

    public sealed record Response(IReadOnlyList<Item> Items);

    public static void Map(IEndpointRouteBuilder operators) => operators.MapGet("/unsettled", Handle).WithName(nameof(ListUnsettled));

    public static async Task<Ok<Response>> Handle(PaymentsDb db, TimeProvider clock, CancellationToken ct)
    {
        var before = clock.GetUtcNow() - Grace;
        var payments = await db.Checkouts.AsNoTracking()
            .Where(c => c.Status == CheckoutStatus.Captured && c.ConfirmedAt == null && c.CapturedAt < before)
            .OrderBy(c => c.CapturedAt).Take(Most).ToListAsync(ct);
        var refunds = await db.Refunds.AsNoTracking()
            .Where(r => (r.Status == RefundStatus.Owed || r.Status == RefundStatus.Pending || r.Status == RefundStatus.Failed) && r.CreatedAt < before)
            .OrderBy(r => r.CreatedAt).Take(Most).ToListAsync(ct);
        var pages = await db.Checkouts.AsNoTracking()
            .Where(c => c.Status == CheckoutStatus.Open && c.EndedAt < before)
            .OrderBy(c => c.EndedAt).Take(Most).ToListAsync(ct);
        var events = await db.StripeEvents.AsNoTracking()
            .Where(e => e.Trouble != null || (e.Waiting && e.ReceivedAt < before))
            .OrderBy(e => e.ReceivedAt).Take(Most).Select(e => new { e.Id, e.ReceivedAt, e.Type, e.Trouble }).ToListAsync(ct);

        return TypedResults.Ok(new Response(
        [
            .. payments.Select(c => new Item("payment", $"{c.Id}", c.BookingId, c.Captured, c.CapturedAt!.Value, null)),
            .. refunds.Select(r => new Item("refund", $"{r.Id}", r.BookingId, r.Amount, r.CreatedAt, r.Trouble ?? (r.Status == RefundStatus.Pending ? "pending" : null))),
            .. pages.Select(c => new Item("checkout", $"{c.Id}", c.BookingId, new Money(c.AmountMinor, c.Currency), c.EndedAt!.Value, null)),
            .. events.Select(e => new Item("event", e.Id, null, null, e.ReceivedAt, e.Trouble ?? $"waiting: {e.Type}")),
        ]));
    }
}
