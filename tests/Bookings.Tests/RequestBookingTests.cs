using System.Net;
using System.Text.Json.Nodes;
using TestKit;
using Xunit;

namespace Bookings.Tests;

public sealed class RequestBookingTests : IAsyncLifetime
{
    private World world = null!;

    public async Task InitializeAsync() => world = await World.Start();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task A_time_is_held_and_a_page_to_pay_on_is_offered()
    {
        var wish = world.Wish();
        var booked = await world.Book(wish: wish);

        var body = booked.Body;
        Assert.Equal("awaitingPayment", body.GetProperty("status").GetString());
        Assert.Equal((string)wish["start"]!, body.GetProperty("start").GetString());
        Assert.Equal(12_000, body.GetProperty("dueNow").GetProperty("amount").GetInt64());
        Assert.Equal(["100", "50"], body.GetProperty("policy").GetProperty("tiers").EnumerateArray().Select(t => t.GetProperty("refundPercent").ToString()));
        Assert.Equal($"http://pay.example.org/{booked.Id}", body.GetProperty("checkoutUrl").GetString());
        Assert.Equal($"http://localhost:8080/manage/{booked.Id}?token={booked.Token}", body.GetProperty("manageUrl").GetString());
        Assert.Equal(world.Now.AddMinutes(15), body.GetProperty("holdExpiresAt").GetDateTimeOffset());
        Assert.Equal(7, booked.Id.Version);

        var checkout = world.Payments.Checkouts[booked.Id];
        Assert.Equal(("Visit with Ana Reyes", true), (checkout.Description, checkout.Demo));
        // The payment provider leads people back and learns no secret by it.
        Assert.All((Uri[])[checkout.SuccessUrl, checkout.CancelUrl], back => Assert.Equal($"http://localhost:8080/bookings/{booked.Id}", back.ToString()));
        Assert.Equal(1, await world.Count("SELECT count(*) FROM outbox WHERE type LIKE 'Contracts.BookingRequested,%'"));
    }

    [Fact]
    public async Task What_is_told_in_confidence_is_stored_sealed_only()
    {
        var booked = await world.Book();
        var row = await world.Service.Db.Scalar<string>("SELECT row_to_json(b)::text || (SELECT string_agg(body::text, '') FROM outbox) FROM bookings b WHERE id = $1", booked.Id);

        Assert.DoesNotContain("left hip", row, StringComparison.Ordinal);
        Assert.DoesNotContain("no-mouth-work", row, StringComparison.Ordinal);
        Assert.Equal(1, await world.Count("SELECT count(*) FROM bookings WHERE id = $1 AND entrusted IS NOT NULL", booked.Id));
    }

    [Fact]
    public async Task The_limits_are_counted_by_keys_that_are_not_the_address()
    {
        var wish = world.Wish();
        var first = await world.Book(wish: wish);
        var again = world.Wish();
        again["client"]!["email"] = ((string)wish["client"]!["email"]!).ToUpperInvariant();
        var second = await world.Book(wish: again);

        Assert.Equal(world.Availability.Claims[first.Id].ClientKey, world.Availability.Claims[second.Id].ClientKey);
        Assert.DoesNotContain("example.org", world.Availability.Claims[first.Id].ClientKey, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_due_online_is_confirmed_at_once()
    {
        var booked = await world.Book(world.Listings.Offer(price: 0));

        Assert.Equal("confirmed", booked.Body.GetProperty("status").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, booked.Body.GetProperty("checkoutUrl").ValueKind);
        Assert.Contains(booked.Id, world.Availability.Kept);
        Assert.True(world.Availability.Claims[booked.Id].IsFree);
        Assert.False(world.Availability.Claims[(await world.Book()).Id].IsFree);
        Assert.Equal("confirmed", await world.Status(booked.Id));
        Assert.Equal(1, await world.Count("SELECT count(*) FROM outbox WHERE type LIKE 'Contracts.BookingConfirmed,%'"));
    }

    [Theory]
    [InlineData(0, 11, "2026-12", true)]
    [InlineData(0, 11, "2026-01", true)]
    [InlineData(0, 11, "2025-12", true)]
    [InlineData(0, 11, "2025-11", false)]
    [InlineData(12, 60, "2025-12", true)]
    [InlineData(12, 60, "2026-01", false)]
    public async Task A_childs_age_fits_the_visit(int youngest, int oldest, string born, bool fits)
    {
        var wish = world.Wish(world.Listings.Offer(forWhom: new AgeRange(youngest, oldest)));
        wish["visitor"] = JsonNode.Parse($$"""{"relation":"child","firstName":"Mo","birthMonth":"{{born}}","guardianConsent":true}""");

        using var answer = await world.Ask(wish);
        if (fits)
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        else
            await Refusal.Names(answer, "visitor.birthMonth");
    }

    [Fact]
    public async Task A_visit_at_home_needs_the_address_and_keeps_it_sealed()
    {
        var visit = world.Listings.Offer(format: "homeVisit");
        using var without = await world.Ask(world.Wish(visit));
        await Refusal.Names(without, "visitAddress");

        var wish = world.Wish(visit);
        wish["visitAddress"] = new JsonObject { ["line"] = "7 Elm Road", ["locality"] = "Denver", ["postalCode"] = "80202" };
        var booked = await world.Book(wish: wish);
        Assert.DoesNotContain("Elm", await world.Service.Db.Scalar<string>("SELECT row_to_json(b)::text FROM bookings b WHERE id = $1", booked.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_price_that_was_changed_counts_from_then_on()
    {
        var visit = world.Listings.Offer(price: 12_000);
        var before = await world.Book(visit);
        world.Listings.Reprice(visit, 15_000);
        var after = await world.Book(visit);

        Assert.Equal(12_000, before.Body.GetProperty("price").GetProperty("amount").GetInt64());
        Assert.Equal(15_000, after.Body.GetProperty("price").GetProperty("amount").GetInt64());
    }

    [Fact]
    public async Task Availabilitys_refusals_are_handed_on()
    {
        var wish = world.Wish();
        await world.Book(wish: wish);
        var other = world.Wish();
        other["start"] = (string)wish["start"]!;
        using var taken = await world.Ask(other);
        Assert.Single((await Refusal.Is(taken, 409, "slot-taken")).GetProperty("alternatives").EnumerateArray());

        other["start"] = "2026-12-01T09:00:01-07:00";
        using var never = await world.Ask(other);
        await Refusal.Is(never, 422, "not-an-opening");

        other["start"] = "2020-12-01T09:00:00-07:00";
        using var past = await world.Ask(other);
        await Refusal.Is(past, 422, "not-an-opening");

        var late = world.Wish();
        late["holdToken"] = "ended";
        using var ended = await world.Ask(late);
        await Refusal.Is(ended, 410, "hold-expired");
    }

    [Fact]
    public async Task A_sixth_unpaid_hold_is_refused()
    {
        var email = $"many-{Guid.CreateVersion7():N}@example.org";
        for (var i = 0; i < 5; i++)
            await world.Book(wish: Wish());
        using var sixth = await world.Ask(Wish());
        await Refusal.Is(sixth, 409, "too-many-holds");

        JsonObject Wish()
        {
            var wish = world.Wish();
            wish["client"]!["email"] = email;
            return wish;
        }
    }

    [Fact]
    public async Task A_practitioner_who_cannot_be_paid_lets_the_time_go()
    {
        world.Payments.Instead = _ => Task.FromResult<Microsoft.AspNetCore.Http.IResult?>(Platform.Problem.Unprocessable("not-payable", "Payments are not set up"));
        using var answer = await world.Ask(world.Wish());

        await Refusal.Is(answer, 422, "not-payable");
        Assert.Empty(world.Availability.Claims);
        Assert.Equal(1, await world.Count("SELECT count(*) FROM bookings WHERE status = 'expired'"));
    }
}
