using TestKit;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>Paid is booked or refunded, whatever the broker does.</summary>
[Collection(RunningProduct.Name)]
public sealed class BrokerFaultTests(Product product) : IDisposable
{
    private readonly Visitor visitor = new(product);

    public void Dispose() => visitor.Dispose();

    [Fact]
    public async Task A_broker_that_hangs_delays_and_loses_nothing()
    {
        var offers = await visitor.FreeTimes(20);
        var bookings = new List<Booked>();
        for (var i = 0; i < 3; i++)
            bookings.Add(await visitor.Book(offers[i * 6]));

        Product.Freeze("rabbitmq");
        try
        {
            foreach (var booking in bookings)
                await visitor.Pay(booking);
            await Pause(TimeSpan.FromSeconds(10));
            Assert.Equal(bookings.Count, await product.Sql<long>("PAYMENTS", "SELECT count(*) FROM audit_outbox WHERE state = 'waiting' AND type LIKE '%PaymentCaptured%'"));
            foreach (var booking in bookings)
                Assert.Equal("awaitingPayment", await visitor.Status(booking));
        }
        finally
        {
            Product.Thaw("rabbitmq");
        }

        foreach (var booking in bookings)
            await Books.BookedOnce(product, visitor, booking);
    }

    /// <summary>A minute in which people go on booking, paying, cancelling and coming too late.</summary>
    [Fact]
    public async Task A_broker_that_is_down_for_a_minute_delays_and_loses_nothing()
    {
        var offers = await visitor.FreeTimes(40);
        var (before, late, calledOff) = (await visitor.Book(offers[0]), await visitor.Book(offers[8]), await visitor.Book(offers[16]));
        await visitor.Pay(calledOff);
        await visitor.Becomes(calledOff, "confirmed", Books.Patience);

        await Product.Stop("rabbitmq");
        Booked during;
        long refund;
        try
        {
            var minute = Pause(TimeSpan.FromMinutes(1));
            await visitor.Pay(before);
            during = await visitor.Book(offers[24]);
            await visitor.Pay(during);
            await Books.EndHold(product, late);
            await visitor.Pay(late);
            refund = (await Visitor.Json(visitor.Send(HttpMethod.Post, $"/api/v1/bookings/{calledOff.Id}/cancel", calledOff.Token, new { })))
                .GetProperty("refund").GetProperty("amount").GetInt64();
            await minute;
            Assert.Equal("awaitingPayment", await visitor.Status(before));
        }
        finally
        {
            Product.Restart("rabbitmq");
        }

        // Started again, the broker is found by services that look for it ever more rarely.
        await visitor.Becomes(before, "confirmed", 2 * Books.Patience);
        await Books.BookedOnce(product, visitor, before);
        await Books.BookedOnce(product, visitor, during);
        await Books.BookedOnce(product, visitor, late);
        await Eventually.True(async () => await Books.Of(product, calledOff) == (calledOff.Due, refund), Books.Patience, "what was called off is refunded");
        Assert.Equal(0, await Books.Appointments(product, calledOff));
        foreach (var booking in (Booked[])[before, during, late, calledOff])
            await Mailbox.HasEachOnce(product, booking, Books.Patience);
    }

    private static async Task Pause(TimeSpan span)
    {
        using var timer = new PeriodicTimer(span);
        await timer.WaitForNextTickAsync();
    }
}
