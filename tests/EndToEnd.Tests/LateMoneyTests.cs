using TestKit;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>Paid is booked or refunded, however late the money comes.</summary>
[Collection(RunningProduct.Name)]
public sealed class LateMoneyTests(Product product) : IDisposable
{
    private readonly Visitor visitor = new(product);

    public void Dispose() => visitor.Dispose();

    [Fact]
    public async Task Money_that_comes_after_the_hold_has_ended_books_a_time_that_is_still_free()
    {
        var offers = await visitor.FreeTimes();
        var booking = await visitor.Book(offers[3]);
        Product.Freeze("payments");
        try
        {
            await Books.EndHold(product, booking);
            // The session is still open at Stripe, since the product cannot tell it to close.
            await visitor.Pay(booking);
            await visitor.Becomes(booking, "expired");
        }
        finally
        {
            Product.Thaw("payments");
        }

        await Books.BookedOnce(product, visitor, booking);
    }

    [Fact]
    public async Task Money_that_comes_after_the_time_was_lost_goes_back_in_full()
    {
        var offers = await visitor.FreeTimes();
        var late = await visitor.Book(offers[3]);
        Product.Freeze("payments");
        try
        {
            await Books.EndHold(product, late);
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

        await Eventually.True(async () => await Books.Of(product, late) == (late.Due, late.Due), Books.Patience, "the late payment is refunded");
        Assert.Equal("expired", await visitor.Status(late));
        Assert.Equal(0, await Books.Appointments(product, late));
        await Books.Balance(product, Books.Patience);
    }
}
