using System.Net.Http.Json;
using System.Text.Json;
using Contracts;
using TestKit;
using Xunit;

namespace Bookings.Tests;

/// <summary>A practitioner gives money back of their own accord.</summary>
public sealed class RefundVisitTests : AtTheDesk
{
    [Fact]
    public async Task All_that_is_left_goes_back_and_the_visit_stays()
    {
        var booked = await World.Confirmed();
        var done = await World.Read(await Refund(booked));
        Assert.Equal(("confirmed", 12_000, 0), Told(done));
        Assert.Equal(1, await World.Count("SELECT count(*) FROM outbox WHERE type LIKE 'Contracts.RefundOwed,%' AND body->>'reason' = 'byPractitioner'"));
        using (var again = await Refund(booked))
            await Refusal.Is(again, 409, "state-conflict");

        // Nothing is paid back twice when the visit is called off afterwards.
        var cancelled = await World.Read(await World.Call(HttpMethod.Post, booked, "/cancel"));
        Assert.Equal(0, cancelled.GetProperty("refund").GetProperty("amount").GetInt64());
    }

    [Fact]
    public async Task Parts_add_up_to_no_more_than_was_paid()
    {
        var booked = await World.Confirmed();
        Assert.Equal(("confirmed", 2_000, 10_000), Told(await World.Read(await Refund(booked, 2_000))));
        using (var tooMuch = await Refund(booked, 10_001))
            await Refusal.Names(tooMuch, "amount.amount");
        using (var nothing = await Refund(booked, 0))
            await Refusal.Names(nothing, "amount.amount");
        using (var elsewhere = await Refund(booked, 10, "EUR"))
            await Refusal.Names(elsewhere, "amount.currency");

        var preview = await World.Read(await World.Call(HttpMethod.Get, booked, "/cancel-preview"));
        Assert.Equal((10_000, 0), (preview.GetProperty("refund").GetProperty("amount").GetInt64(), preview.GetProperty("keeps").GetProperty("amount").GetInt64()));
        using var cancelled = await Practitioner.PostAsync(new Uri($"/api/v1/me/bookings/{booked.Id}/cancel", UriKind.Relative), null);
        Assert.Equal(10_000, (await World.Read(cancelled)).GetProperty("refund").GetProperty("amount").GetInt64());
    }

    [Fact]
    public async Task Many_at_once_never_give_back_more_than_was_paid()
    {
        var booked = await World.Confirmed();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Refund(booked, 5_000)));
        Assert.Equal(2, answers.Count(a => a.IsSuccessStatusCode));
        Assert.Equal(10_000, await World.Count("SELECT sum(amount_minor)::bigint FROM refunds WHERE booking_id = $1", booked.Id));
    }

    [Fact]
    public async Task What_was_kept_from_a_client_can_go_back_later()
    {
        var booked = await World.Confirmed();
        World.Service.Clock.MoveTo(booked.Body.GetProperty("start").GetDateTimeOffset().AddHours(-3));
        Practitioner = World.Service.As("practitioner", practitionerId: World.Listings.Usual.PractitionerId);
        await World.Read(await World.Call(HttpMethod.Post, booked, "/cancel"));
        Assert.Equal(("cancelledByClient", 6_000, 0), Told(await World.Read(await Refund(booked))));
    }

    [Fact]
    public async Task Nothing_goes_back_that_was_not_paid_or_is_not_ones_own()
    {
        using (var unpaid = await Refund(await World.Book()))
            await Refusal.Is(unpaid, 409, "state-conflict");
        var booked = await World.Confirmed();
        using (var colleague = await Refund(booked, caller: World.Service.As("practitioner", practitionerId: Guid.CreateVersion7())))
            await Refusal.Is(colleague, 404, "not-found");
        using var client = await Refund(booked, caller: World.Service.As("client"));
        await Refusal.Is(client, 403, "forbidden");
    }

    private async Task<HttpResponseMessage> Refund(Booked booked, long? amount = null, string currency = "USD", HttpClient? caller = null) =>
        await (caller ?? Practitioner).PostAsJsonAsync(
            $"/api/v1/me/bookings/{booked.Id}/refund", new { amount = amount is { } a ? new Money(a, currency) : (Money?)null }, Platform.Json.Strict);

    private static (string?, long, long) Told(JsonElement done) => (
        done.GetProperty("status").GetString(), done.GetProperty("refund").GetProperty("amount").GetInt64(), done.GetProperty("left").GetProperty("amount").GetInt64());
}
