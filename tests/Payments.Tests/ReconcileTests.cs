using System.Net.Http.Json;
using System.Text.Json;
using Contracts;
using TestKit;
using Xunit;

namespace Payments.Tests;

/// <summary>Webhooks are lost here; looking at Stripe makes up for them.</summary>
public sealed class ReconcileTests : IAsyncLifetime
{
    private Till till = null!;

    public async Task InitializeAsync()
    {
        till = await Till.Open(webhooks: true, ("RECONCILE_SECONDS", "0.3"));
        await till.Stripe.Post("/_sandbox/webhooks/drop");
    }

    public async Task DisposeAsync() => await till.DisposeAsync();

    [Fact]
    public async Task A_payment_that_nobody_told_of_is_found()
    {
        var (id, url) = await till.Booking();
        await till.Stripe.Pay(url);
        till.Clock.Advance(TimeSpan.FromSeconds(1));

        await till.Heard(id);
        Assert.Single(till.Captures, c => c.BookingId == id);
        Assert.Equal(12345, await till.Balance(id, "stripeBalance"));
    }

    [Fact]
    public async Task A_refund_by_hand_that_nobody_told_of_is_found()
    {
        var id = await PaidUntold();
        var intent = (await till.Stripe.Session(id)).GetProperty("payment_intent").GetString()!;
        await till.Stripe.Post("/v1/refunds", ("payment_intent", intent), ("reverse_transfer", "true"), ("refund_application_fee", "true"));

        await till.HeardRefund(id);
        Assert.Equal("refunded", await till.Status(id));
        Assert.Equal(0, await till.Balance(id, "platformFees"));
    }

    [Fact]
    public async Task Money_that_is_nowhere_after_five_minutes_is_listed_for_the_operator()
    {
        var stuck = await PaidUntold();
        var fine = await PaidUntold();
        await till.Tell(new BookingConfirmed(fine, Guid.CreateVersion7(), 0, till.Clock.GetUtcNow(), till.Clock.GetUtcNow(), till.Clock.GetUtcNow()));
        await Eventually.True(async () => await till.Count("checkouts WHERE booking_id = $1 AND confirmed_at IS NOT NULL", fine) == 1);

        Assert.DoesNotContain(stuck, await Unsettled());
        till.Clock.Advance(TimeSpan.FromMinutes(6));
        var listed = await Unsettled();
        Assert.Contains(stuck, listed);
        Assert.DoesNotContain(fine, listed);

        await Refusal.Is(await till.Payments.As("practitioner").GetAsync("/api/v1/payments/unsettled"), 403, "forbidden");
        await Refusal.Is(await till.Payments.Guest().GetAsync("/api/v1/payments/unsettled"), 401, "unauthenticated");
    }

    private async Task<Guid> PaidUntold()
    {
        var (id, url) = await till.Booking();
        await till.Stripe.Pay(url);
        till.Clock.Advance(TimeSpan.FromSeconds(1));
        await till.Heard(id);
        return id;
    }

    private async Task<List<Guid>> Unsettled()
    {
        var answer = await till.Payments.As("operator").GetFromJsonAsync<JsonElement>("/api/v1/payments/unsettled");
        return [.. answer.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("bookingId").GetGuid())];
    }
}
