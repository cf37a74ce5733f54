using Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Payments;

/// <summary>
/// A booking has expired or was cancelled, so its page is to be closed by <see cref="ExpireCheckouts"/>; also one that is only just
/// being made.
/// </summary>
public sealed class CloseCheckoutWhenBookingEnds(PaymentsDb db, TimeProvider clock) : IConsumer<BookingExpired>, IConsumer<BookingCancelled>
{
    public Task Consume(ConsumeContext<BookingExpired> context) => Close(context.Message.BookingId, context.CancellationToken);

    public Task Consume(ConsumeContext<BookingCancelled> context) => Close(context.Message.BookingId, context.CancellationToken);

    private async Task Close(Guid bookingId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var checkout = await db.Lock(bookingId, ct);
        await db.Database.ExecuteSqlAsync($"INSERT INTO booking_ends (booking_id, at) VALUES ({bookingId}, {now}) ON CONFLICT DO NOTHING", ct);
        checkout?.End(now);
    }
}
