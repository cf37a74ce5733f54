using System.Net;
using Contracts;
using TestKit;
using Xunit;

namespace Payments.Tests;

public sealed class ExpireCheckoutsTests : IAsyncLifetime
{
    private Till till = null!;

    public async Task InitializeAsync() => till = await Till.Open();

    public async Task DisposeAsync() => await till.DisposeAsync();

    [Fact]
    public async Task The_page_of_a_booking_that_expired_or_was_cancelled_is_closed()
    {
        var (expired, expiredUrl) = await till.Booking();
        var (cancelled, cancelledUrl) = await till.Booking();
        await till.Tell(new BookingExpired(expired, Guid.CreateVersion7(), till.Clock.GetUtcNow()));
        await till.Tell(new BookingCancelled(cancelled, Guid.CreateVersion7(), 1, CancelledBy.Client, false, Money.Zero("USD"), till.Clock.GetUtcNow()));

        await till.Becomes(expired, "failed");
        await till.Becomes(cancelled, "failed");
        Assert.Equal(HttpStatusCode.Gone, await till.Stripe.Pay(expiredUrl));
        Assert.Equal(HttpStatusCode.Gone, await till.Stripe.Pay(cancelledUrl));
        Assert.Empty(till.Captures);
    }

    [Fact]
    public async Task Who_paid_just_before_the_page_was_closed_has_paid()
    {
        var (id, url) = await till.Booking();
        await till.Stripe.Post("/_sandbox/webhooks/drop");
        await till.Stripe.Pay(url);
        await till.Tell(new BookingExpired(id, Guid.CreateVersion7(), till.Clock.GetUtcNow()));

        await till.Heard(id);
        Assert.Equal("captured", await till.Status(id));
        Assert.Equal(12345, await till.Balance(id, "stripeBalance"));
    }

    [Fact]
    public async Task A_page_that_ran_out_by_itself_is_known_to_be_closed()
    {
        var (id, url) = await till.Booking();
        till.Clock.Advance(TimeSpan.FromMinutes(32));
        await till.Becomes(id, "failed");
        Assert.Equal(HttpStatusCode.Gone, await till.Stripe.Pay(url));
    }

    [Fact]
    public async Task While_Stripe_is_away_the_page_waits_to_be_closed()
    {
        var (id, _) = await till.Booking();
        await till.Stripe.GoAway();
        await till.Tell(new BookingExpired(id, Guid.CreateVersion7(), till.Clock.GetUtcNow()));
        await Eventually.True(async () => await till.Count("checkouts WHERE booking_id = $1 AND expire_at > ended_at", id) == 1);
        Assert.Equal("open", await till.Status(id));

        await till.Stripe.ComeBack();
        await Eventually.True(async () =>
        {
            till.Clock.Advance(TimeSpan.FromSeconds(10));
            return await till.Status(id) == "failed";
        }, TimeSpan.FromSeconds(30));
    }
}
