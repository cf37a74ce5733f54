using TestKit;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>Paid is booked or refunded, whatever dies in between.</summary>
[Collection(RunningProduct.Name)]
public sealed class PaymentFaultTests(Product product) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Visitor visitor = new(product);

    public void Dispose() => visitor.Dispose();

    [Theory]
    [InlineData("payments")]
    [InlineData("bookings")]
    [InlineData("availability")]
    [InlineData("notifications")]
    [InlineData("rabbitmq")]
    [InlineData("postgres")]
    [InlineData("stripe-sandbox")]
    public async Task A_part_that_dies_right_after_paying_loses_nothing(string part)
    {
        var offers = await visitor.FreeTimes();
        var booking = await visitor.Book(offers[3]);

        await visitor.Pay(booking);
        Product.Kill(part);

        await IsBookedOnce(booking);
    }

    [Theory]
    [InlineData("payments")]
    [InlineData("bookings")]
    [InlineData("availability")]
    public async Task A_part_that_dies_right_before_paying_loses_nothing(string part)
    {
        var offers = await visitor.FreeTimes();
        var booking = await visitor.Book(offers[3]);

        Product.Kill(part);
        await visitor.Pay(booking);

        await IsBookedOnce(booking);
    }

    /// <summary>What can be seen of a payment's way to its confirmation, in this order.</summary>
    private static readonly Dictionary<string, (string Service, string Sql)> Steps = new()
    {
        ["captured"] = ("PAYMENTS", "SELECT count(*) FROM audit_payments WHERE booking_id = $1 AND status = 'captured'"),
        ["kept"] = ("AVAILABILITY", "SELECT count(*) FROM audit_claims WHERE booking_id = $1 AND kind = 'appointment' AND state = 'live'"),
        ["confirmed"] = ("BOOKINGS", "SELECT count(*) FROM audit_bookings WHERE booking_id = $1 AND status = 'confirmed'"),
    };

    [Theory]
    [InlineData("captured", "payments")]
    [InlineData("captured", "bookings")]
    [InlineData("captured", "availability")]
    [InlineData("kept", "availability")]
    [InlineData("kept", "bookings")]
    [InlineData("confirmed", "bookings")]
    [InlineData("confirmed", "notifications")]
    public async Task A_part_that_dies_once_a_step_is_taken_loses_nothing(string step, string part)
    {
        var (service, sql) = Steps[step];
        var offers = await visitor.FreeTimes();
        var booking = await visitor.Book(offers[3]);

        var paying = visitor.Pay(booking);
        await Eventually.True(async () => await product.Sql<long>(service, sql, booking.Id) == 1, Patience, step);
        Product.Kill(part);
        await paying;

        await IsBookedOnce(booking);
        // What has done its share already may have been confirmed without; the next test needs it again.
        await product.IsWhole(Patience);
    }

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
            await IsBookedOnce(booking);
    }

    /// <summary>A minute in which people go on booking, paying, cancelling and coming too late.</summary>
    [Fact]
    public async Task A_broker_that_is_down_for_a_minute_delays_and_loses_nothing()
    {
        var offers = await visitor.FreeTimes(40);
        var (before, late, calledOff) = (await visitor.Book(offers[0]), await visitor.Book(offers[8]), await visitor.Book(offers[16]));
        await visitor.Pay(calledOff);
        await visitor.Becomes(calledOff, "confirmed", Patience);

        await Product.Stop("rabbitmq");
        Booked during;
        long refund;
        try
        {
            var minute = Pause(TimeSpan.FromMinutes(1));
            await visitor.Pay(before);
            during = await visitor.Book(offers[24]);
            await visitor.Pay(during);
            await EndHold(late);
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
        await visitor.Becomes(before, "confirmed", 2 * Patience);
        await IsBookedOnce(before);
        await IsBookedOnce(during);
        await IsBookedOnce(late);
        await Eventually.True(async () => await Books.Of(product, calledOff) == (calledOff.Due, refund), Patience, "what was called off is refunded");
        Assert.Equal(0, await Books.Appointments(product, calledOff));
        foreach (var booking in (Booked[])[before, during, late, calledOff])
            await Mailbox.HasEachOnce(product, booking, Patience);
    }

    [Fact]
    public async Task Money_that_comes_after_the_hold_has_ended_books_a_time_that_is_still_free()
    {
        var offers = await visitor.FreeTimes();
        var booking = await visitor.Book(offers[3]);
        Product.Freeze("payments");
        try
        {
            await EndHold(booking);
            // The session is still open at Stripe, since the product cannot tell it to close.
            await visitor.Pay(booking);
            await visitor.Becomes(booking, "expired");
        }
        finally
        {
            Product.Thaw("payments");
        }

        await IsBookedOnce(booking);
    }

    [Fact]
    public async Task Money_that_comes_after_the_time_was_lost_goes_back_in_full()
    {
        var offers = await visitor.FreeTimes();
        var late = await visitor.Book(offers[3]);
        Product.Freeze("payments");
        try
        {
            await EndHold(late);
            await visitor.Becomes(late, "expired");
            await visitor.Pay(late);
            // Somebody else keeps the time; a hold needs no payment.
            using var hold = await visitor.Send(HttpMethod.Post, "/api/v1/holds", body: new
            {
                practitionerId = offers[3].PractitionerId,
                serviceId = offers[3].ServiceId,
                locationId = offers[3].LocationId,
                start = offers[3].Start,
            });
            Assert.True(hold.IsSuccessStatusCode, await hold.Content.ReadAsStringAsync());
        }
        finally
        {
            Product.Thaw("payments");
        }

        await Eventually.True(async () => await Books.Of(product, late) == (late.Due, late.Due), Patience, "the late payment is refunded");
        Assert.Equal("expired", await visitor.Status(late));
        Assert.Equal(0, await Books.Appointments(product, late));
        await Books.Balance(product, Patience);
    }

    private static async Task Pause(TimeSpan span)
    {
        using var timer = new PeriodicTimer(span);
        await timer.WaitForNextTickAsync();
    }

    private async Task EndHold(Booked booking) => await product.Sql<object>(
        "AVAILABILITY", "UPDATE claims SET expires_at = now() - interval '1 second' WHERE booking_id = $1", booking.Id);

    private async Task IsBookedOnce(Booked booking)
    {
        await visitor.Becomes(booking, "confirmed", Patience);
        Assert.Equal((booking.Due, 0L), await Books.Of(product, booking));
        Assert.Equal(1, await Books.Appointments(product, booking));
        await Mailbox.Has(product, booking, Patience);
        await Books.Balance(product, Patience);
    }
}
