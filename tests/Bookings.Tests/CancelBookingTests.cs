using System.Text.Json;
using TestKit;
using Xunit;

namespace Bookings.Tests;

public sealed class CancelBookingTests : IAsyncLifetime
{
    private World world = null!;

    public async Task InitializeAsync() => world = await World.Start();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Theory]
    [InlineData("USD", 12_345, 24 * 3600, 12_345, true)]
    [InlineData("USD", 12_345, (24 * 3600) - 1, 6_173, true)]
    [InlineData("JPY", 9_801, 2 * 3600, 4_901, true)]
    [InlineData("KWD", 15_125, (2 * 3600) - 1, 0, false)]
    [InlineData("KWD", 15_125, 1, 0, false)]
    public async Task The_refund_shown_is_the_refund_made(string currency, long price, int secondsBefore, long refund, bool hasUntil)
    {
        var wish = world.Wish(world.Listings.Offer(price, currency));
        var booked = await world.Confirmed(wish: wish);
        world.Service.Clock.MoveTo(DateTimeOffset.Parse((string)wish["start"]!, System.Globalization.CultureInfo.InvariantCulture).AddSeconds(-secondsBefore));

        var preview = await World.Read(await world.Call(HttpMethod.Get, booked, "/cancel-preview"));
        var done = await World.Read(await world.Call(HttpMethod.Post, booked, "/cancel", new { reason = "A cold" }, key: "one"));

        Assert.Equal((refund, currency), Money(done, "refund"));
        Assert.Equal((refund, currency), Money(preview, "refund"));
        Assert.Equal((price - refund, currency), Money(preview, "keeps"));
        Assert.Equal(hasUntil, preview.GetProperty("until").ValueKind == JsonValueKind.String);
        Assert.Equal("cancelledByClient", done.GetProperty("status").GetString());
        var owed = await world.Service.Db.Scalar<string>("SELECT body->'amount'->>'amount' FROM outbox WHERE type LIKE 'Contracts.RefundOwed,%'");
        Assert.Equal(refund == 0 ? null : refund.ToString(System.Globalization.CultureInfo.InvariantCulture), owed);
        Assert.Equal(refund, (await world.Show(booked)).GetProperty("refundDue").GetProperty("amount").GetInt64());
    }

    [Fact]
    public async Task A_repeat_is_answered_the_same_and_cancels_once()
    {
        var booked = await world.Confirmed();
        using var first = await world.Call(HttpMethod.Post, booked, "/cancel", new { }, key: "k");
        using var second = await world.Call(HttpMethod.Post, booked, "/cancel", new { }, key: "k");
        using var third = await world.Call(HttpMethod.Post, booked, "/cancel", new { }, key: "another");

        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        await Refusal.Is(third, 409, "state-conflict");
        Assert.Equal(1, await world.Count("SELECT count(*) FROM outbox WHERE type LIKE 'Contracts.RefundOwed,%'"));
        Assert.Equal(1, await world.Count("SELECT count(*) FROM outbox WHERE type LIKE 'Contracts.BookingCancelled,%'"));
    }

    [Fact]
    public async Task Twenty_clicks_at_once_cancel_once()
    {
        var booked = await world.Confirmed();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => world.Call(HttpMethod.Post, booked, "/cancel", new { })));

        Assert.Single(answers, a => a.IsSuccessStatusCode);
        Assert.Equal(19, answers.Count(a => (int)a.StatusCode == 409));
        Assert.Equal(1, await world.Count("SELECT count(*) FROM outbox WHERE type LIKE 'Contracts.RefundOwed,%'"));
    }

    [Fact]
    public async Task A_refund_that_has_changed_since_it_was_shown_is_no_surprise()
    {
        var booked = await world.Confirmed();
        using var refused = await world.Call(HttpMethod.Post, booked, "/cancel", new { refund = new { amount = 11_999, currency = "USD" } });
        await Refusal.Is(refused, 409, "state-conflict");
        Assert.Equal("confirmed", await world.Status(booked.Id));

        using var done = await world.Call(HttpMethod.Post, booked, "/cancel", new { refund = new { amount = 12_000, currency = "USD" } });
        Assert.True(done.IsSuccessStatusCode);
    }

    [Fact]
    public async Task What_is_not_paid_yet_is_let_go_without_money()
    {
        var booked = await world.Book();
        using var done = await world.Call(HttpMethod.Post, booked, "/cancel");
        Assert.Equal((0, "USD"), Money(await World.Read(done), "refund"));
        Assert.Equal(1, await world.Count("SELECT count(*) FROM outbox WHERE type LIKE 'Contracts.BookingCancelled,%' AND NOT (body->>'wasConfirmed')::bool"));
    }

    [Fact]
    public async Task The_reason_is_stored_sealed()
    {
        var booked = await world.Confirmed();
        using (await world.Call(HttpMethod.Post, booked, "/cancel", new { reason = "Migraine again" }))
        {
            var practitioner = await world.Show(booked, world.Service.As("practitioner", practitionerId: world.Listings.Usual.PractitionerId));
            Assert.Equal("Migraine again", practitioner.GetProperty("entrusted").GetProperty("cancelReason").GetString());
        }
        Assert.DoesNotContain("Migraine", await world.Service.Db.Scalar<string>("SELECT row_to_json(b)::text || (SELECT string_agg(body::text, '') FROM outbox) FROM bookings b"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_cancels_what_has_begun_or_what_is_not_theirs()
    {
        var booked = await world.Confirmed();
        using var stranger = await world.Call(HttpMethod.Post, booked, "/cancel", token: "wrong");
        await Refusal.Is(stranger, 404, "not-found");

        world.Service.Clock.MoveTo(booked.Body.GetProperty("start").GetDateTimeOffset());
        using var late = await world.Call(HttpMethod.Post, booked, "/cancel");
        await Refusal.Is(late, 409, "state-conflict");
        using var preview = await world.Call(HttpMethod.Get, booked, "/cancel-preview");
        await Refusal.Is(preview, 409, "state-conflict");
    }

    [Theory]
    [InlineData("{\"reason\":\"a\\u0001\"}")]
    [InlineData("{\"refund\":{\"amount\":1}}")]
    [InlineData("{\"status\":\"confirmed\"}")]
    public async Task A_malformed_request_changes_nothing(string body)
    {
        var booked = await world.Confirmed();
        using var answer = await world.Call(HttpMethod.Post, booked, "/cancel", JsonDocument.Parse(body).RootElement);
        await Refusal.Is(answer, 400, "validation");
        Assert.Equal("confirmed", await world.Status(booked.Id));
    }

    private static (long Amount, string? Currency) Money(JsonElement body, string name) =>
        (body.GetProperty(name).GetProperty("amount").GetInt64(), body.GetProperty(name).GetProperty("currency").GetString());
}
