using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TestKit;
using Xunit;

namespace Bookings.Tests;

/// <summary>A practitioner writes down an appointment for a client on the phone.</summary>
public sealed class EnterBookingTests : AtTheDesk
{
    [Fact]
    public async Task It_is_confirmed_at_once_with_nothing_due_online()
    {
        using var answer = await Enter(Wish());
        Assert.Equal(201, (int)answer.StatusCode);
        var booking = await World.Read(answer);
        Assert.Equal("confirmed", booking.GetProperty("status").GetString());
        Assert.Equal(12_000, booking.GetProperty("price").GetProperty("amount").GetInt64());
        Assert.Equal(0, booking.GetProperty("dueNow").GetProperty("amount").GetInt64());
        Assert.Equal(("Kim Client", "America/Denver"), (booking.GetProperty("client").GetProperty("name").GetString(), booking.GetProperty("client").GetProperty("timeZone").GetString()));
        Assert.True(booking.GetProperty("safety").GetProperty("askedInPerson").GetBoolean());
        Assert.Equal(World.Now, booking.GetProperty("safety").GetProperty("answeredAt").GetDateTimeOffset());
        Assert.Equal(["entered practitioner", "confirmed system"], booking.GetProperty("history").EnumerateArray().Select(h => $"{h.GetProperty("event").GetString()} {h.GetProperty("by").GetString()}"));
        Assert.False(booking.TryGetProperty("manageToken", out _));

        var claim = World.Availability.Claims[booking.GetProperty("id").GetGuid()];
        Assert.Equal((true, false, null, null), (claim.ByOwner, claim.HasReason, claim.ClientKey, claim.AddressKey));
        Assert.Contains(claim.BookingId, World.Availability.Kept);
        Assert.Equal(1, await World.Count("SELECT count(*) FROM outbox WHERE type LIKE 'Contracts.BookingConfirmed,%'"));
        Assert.Empty(World.Payments.Checkouts);
    }

    [Fact]
    public async Task An_unusual_time_needs_a_reason_which_only_the_practitioner_sees()
    {
        var wish = Wish();
        World.Availability.Unusual = wish["start"]!.GetValue<DateTimeOffset>();
        using (var refused = await Enter(wish, key: "r"))
            await Refusal.Names(refused, "reason");
        wish["reason"] = "She drives three hours.";
        var booking = await World.Read(await Enter(wish, key: "r"));
        var id = booking.GetProperty("id").GetGuid();
        Assert.Equal("She drives three hours.", (await World.Read(await Practitioner.GetAsync(new Uri($"/api/v1/bookings/{id}", UriKind.Relative)))).GetProperty("entrusted").GetProperty("ownReason").GetString());
        Assert.Equal(1, await World.Count("SELECT count(*) FROM bookings WHERE position('three hours'::bytea IN own_reason) = 0"));
    }

    [Fact]
    public async Task A_repeat_is_the_same_booking_and_a_time_is_given_once()
    {
        var wish = Wish();
        var first = await (await Enter(wish, key: "k")).Content.ReadAsStringAsync();
        using var again = await Enter(wish, key: "k");
        Assert.Equal(("true", first), (again.Headers.GetValues("Idempotent-Replayed").Single(), await again.Content.ReadAsStringAsync()));
        Assert.Equal(1, await World.Count("SELECT count(*) FROM bookings"));
        using var other = await Enter(wish);
        Assert.NotEmpty((await Refusal.Is(other, 409, "slot-taken")).GetProperty("alternatives").EnumerateArray());
    }

    [Fact]
    public async Task A_client_and_the_practitioner_never_both_have_a_time()
    {
        for (var round = 0; round < 5; round++)
        {
            var (own, wish) = (Wish(), World.Wish());
            wish["start"] = own["start"]!.DeepClone();
            var answers = await Task.WhenAll(Enter(own), World.Ask(wish));
            Assert.Equal([201, 409], answers.Select(a => (int)a.StatusCode).Order());
        }
    }

    [Fact]
    public async Task A_try_that_was_cut_off_goes_on_under_its_key()
    {
        var wish = Wish();
        World.Availability.Instead = http => Task.FromResult<IResult?>(http.Request.Path.Value!.EndsWith("/keep", StringComparison.Ordinal) ? Results.StatusCode(503) : null);
        using (var cut = await Enter(wish, key: "c"))
            await Refusal.Is(cut, 503, "unavailable");
        World.Availability.Instead = _ => Task.FromResult<IResult?>(null);
        using var answer = await Enter(wish, key: "c");
        Assert.Equal("confirmed", (await World.Read(answer)).GetProperty("status").GetString());
        Assert.Equal(1, await World.Count("SELECT count(*) FROM bookings WHERE status = 'confirmed'"));
    }

    [Fact]
    public async Task Who_has_not_asked_about_safety_or_is_not_the_practitioner_books_nothing()
    {
        foreach (var safety in (JsonNode?[])[null, new JsonObject { ["askedInPerson"] = false }])
        {
            var wish = Wish();
            wish["safety"] = safety;
            using var unasked = await Enter(wish);
            await Refusal.Is(unasked, 422, "safety-required");
        }
        using (var guest = await Enter(Wish(), caller: World.Guest))
            await Refusal.Is(guest, 401, "unauthenticated");
        using (var client = await Enter(Wish(), caller: World.Service.As("client")))
            await Refusal.Is(client, 403, "forbidden");
        using (var colleague = await Enter(Wish(), caller: World.Service.As("practitioner", practitionerId: Guid.CreateVersion7())))
            await Refusal.Is(colleague, 404, "not-found");
        foreach (var (field, value) in new[] { ("email", "kim"), ("phone", "12"), ("name", ""), ("timeZone", "Mars/Olympus") })
        {
            var wish = Wish();
            wish["client"]![field] = value;
            using var bad = await Enter(wish);
            await Refusal.Names(bad, $"client.{field}");
        }
        Assert.Empty(World.Availability.Claims);
    }

    [Fact]
    public async Task A_visit_at_home_needs_the_address()
    {
        var home = World.Listings.Offer(format: "homeVisit", besides: World.Listings.Usual);
        var wish = Wish();
        wish["locationId"] = home.LocationId;
        using (var refused = await Enter(wish))
            await Refusal.Names(refused, "visitAddress");
        wish["visitAddress"] = new JsonObject { ["line"] = "2 Side Street", ["locality"] = "Denver" };
        Assert.Equal(201, (int)(await Enter(wish)).StatusCode);
    }

    [Fact]
    public async Task A_move_against_the_own_rules_needs_a_reason()
    {
        var booked = await World.Confirmed();
        var start = World.Availability.NextStart();
        World.Availability.Unusual = start;
        using (var client = await World.Call(HttpMethod.Post, booked, "/reschedule", new { start }))
            await Refusal.Is(client, 422, "not-an-opening");
        using (var refused = await Practitioner.PostAsJsonAsync($"/api/v1/me/bookings/{booked.Id}/reschedule", new { start }))
            await Refusal.Names(refused, "reason");
        var moved = await World.Read(await Practitioner.PostAsJsonAsync($"/api/v1/me/bookings/{booked.Id}/reschedule", new { start, reason = "The child is asleep earlier." }));
        Assert.Equal(start, moved.GetProperty("start").GetDateTimeOffset());
        Assert.Equal(1, await World.Count("SELECT count(*) FROM bookings WHERE own_reason IS NOT NULL"));
    }

    private JsonObject Wish() => new()
    {
        ["serviceId"] = World.Listings.Usual.ServiceId,
        ["locationId"] = World.Listings.Usual.LocationId,
        ["start"] = World.Availability.NextStart(),
        ["client"] = new JsonObject { ["name"] = "Kim Client", ["email"] = "Kim@example.org", ["phone"] = "+1 303 555 0123" },
        ["safety"] = new JsonObject { ["askedInPerson"] = true },
    };

    private async Task<HttpResponseMessage> Enter(JsonNode wish, string? key = null, HttpClient? caller = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/me/bookings") { Content = JsonContent.Create(wish) };
        request.Headers.Add("Idempotency-Key", key ?? Guid.CreateVersion7().ToString());
        return await (caller ?? Practitioner).SendAsync(request);
    }
}
