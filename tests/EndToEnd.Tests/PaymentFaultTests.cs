using TestKit;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>Paid is booked or refunded, whatever dies in between.</summary>
[Collection(RunningProduct.Name)]
public sealed class PaymentFaultTests(Product product) : IDisposable
{
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

        await Books.BookedOnce(product, visitor, booking);
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

        await Books.BookedOnce(product, visitor, booking);
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
        await Eventually.True(async () => await product.Sql<long>(service, sql, booking.Id) == 1, Books.Patience, step);
        Product.Kill(part);
        await paying;

        await Books.BookedOnce(product, visitor, booking);
        // What has done its share already may have been confirmed without; the next test needs it again.
        await product.IsWhole(Books.Patience);
    }
}
