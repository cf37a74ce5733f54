using System.Text.Json.Nodes;
using TestKit;
using Xunit;

namespace Bookings.Tests;

/// <summary>Requests that are refused before anything is kept. None of them leaves a trace, so they share one world.</summary>
public sealed class RequestBookingRefusalTests(RequestBookingRefusalTests.Quiet quiet) : IClassFixture<RequestBookingRefusalTests.Quiet>
{
    private readonly World world = quiet.World;

    public sealed class Quiet : IAsyncLifetime
    {
        public World World { get; private set; } = null!;

        public async Task InitializeAsync() => World = await World.Start();

        public async Task DisposeAsync() => await World.DisposeAsync();
    }

    [Theory]
    [InlineData("client.email", "client", "email", "not an address")]
    [InlineData("client.email", "client", "email", "Kim <kim@example.org>")]
    [InlineData("client.name", "client", "name", " ")]
    [InlineData("client.name", "client", "name", "Kim\u0007")]
    [InlineData("client.phone", "client", "phone", "3035550123")]
    [InlineData("client.phone", "client", "phone", "+1303555012345678")]
    [InlineData("client.timeZone", "client", "timeZone", "Mars/Olympus")]
    [InlineData("touch", null, "touch", "[\"tickle\"]")]
    [InlineData("touch", null, "touch", "[\"seated\",\"seated\"]")]
    [InlineData("note", null, "note", "\"a\\u0000b\"")]
    [InlineData("start", null, "start", "\"2026-12-01T09:00:00\"")]
    [InlineData("start", null, "start", "\"tomorrow\"")]
    [InlineData("visitor.birthMonth", null, "visitor", "{\"relation\":\"child\",\"firstName\":\"Mo\",\"guardianConsent\":true}")]
    [InlineData("visitor.birthMonth", null, "visitor", "{\"relation\":\"child\",\"firstName\":\"Mo\",\"birthMonth\":\"2026-13\",\"guardianConsent\":true}")]
    [InlineData("visitor.birthMonth", null, "visitor", "{\"relation\":\"child\",\"firstName\":\"Mo\",\"birthMonth\":\"2027-03\",\"guardianConsent\":true}")]
    [InlineData("visitor.birthMonth", null, "visitor", "{\"relation\":\"child\",\"firstName\":\"Mo\",\"birthMonth\":\"2001-03\",\"guardianConsent\":true}")]
    [InlineData("visitor.firstName", null, "visitor", "{\"relation\":\"child\",\"birthMonth\":\"2026-03\",\"guardianConsent\":true}")]
    [InlineData("visitor.guardianConsent", null, "visitor", "{\"relation\":\"child\",\"firstName\":\"Mo\",\"birthMonth\":\"2026-03\",\"guardianConsent\":false}")]
    [InlineData("visitor.relation", null, "visitor", "{\"relation\":\"dog\"}")]
    [InlineData("price", null, "price", "{\"amount\":1,\"currency\":\"USD\"}")]
    [InlineData("status", null, "status", "\"confirmed\"")]
    [InlineData("client", null, "client", null)]
    public async Task A_malformed_request_names_the_field(string path, string? parent, string field, string? value)
    {
        var wish = world.Wish();
        if (parent is not null)
            wish[parent]![field] = value;
        else if (value is null)
            wish.Remove(field);
        else
            wish[field] = JsonNode.Parse(value);

        using var answer = await world.Ask(wish);
        await Refusal.Names(answer, path);
        await NothingStored();
    }

    [Fact]
    public async Task A_note_has_its_limit()
    {
        var wish = world.Wish();
        wish["note"] = new string('n', 2001);
        using var answer = await world.Ask(wish);
        await Refusal.Names(answer, "note");
    }

    [Fact]
    public async Task A_visit_for_babies_is_not_for_oneself()
    {
        using var answer = await world.Ask(world.Wish(world.Listings.Offer(forWhom: new AgeRange(null, 24))));
        await Refusal.Names(answer, "visitor.relation");
    }

    [Fact]
    public async Task The_policy_comes_before_the_safety_screen_and_that_before_anything_is_kept()
    {
        var wish = world.Wish();
        wish["acceptPolicies"] = false;
        wish.Remove("safety");
        using var policy = await world.Ask(wish);
        await Refusal.Is(policy, 422, "policy-not-accepted");

        wish["acceptPolicies"] = true;
        using var missing = await world.Ask(wish);
        await Refusal.Is(missing, 422, "safety-required");

        wish["safety"] = new JsonObject { ["version"] = "1999-01", ["noneApply"] = true };
        using var unknown = await world.Ask(wish);
        await Refusal.Is(unknown, 422, "safety-required");

        wish["safety"] = new JsonObject { ["version"] = "2026-11", ["noneApply"] = false };
        using var stop = await world.Ask(wish);
        var advice = (await Refusal.Is(stop, 422, "safety-stop")).GetProperty("advice").GetString()!;
        Assert.Contains("911", advice, StringComparison.Ordinal);
        Assert.Contains("988", advice, StringComparison.Ordinal);
        await NothingStored();
    }

    [Fact]
    public async Task Who_says_who_they_are_and_cannot_prove_it_is_no_guest()
    {
        var forgotten = TestKeys.Person(world.Now.AddHours(-1), Guid.CreateVersion7(), "kim@example.org", ["client"]);
        foreach (var token in new[] { forgotten, "no token" })
        {
            using var caller = world.Service.Bearing(token);
            using var answer = await world.Ask(world.Wish(), caller: caller);
            await Refusal.Is(answer, 401, "unauthenticated");
        }

        await NothingStored();
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        using var answer = await world.Ask(world.Wish(new Choice(Guid.CreateVersion7(), world.Listings.Usual.ServiceId, world.Listings.Usual.LocationId)));
        await Refusal.Is(answer, 404, "not-found");
    }

    [Fact]
    public async Task A_visit_by_request_is_not_booked_at_once()
    {
        using var answer = await world.Ask(world.Wish(world.Listings.Offer(bookingMode: "request")));
        await Refusal.Is(answer, 422, "not-an-opening");
    }

    private async Task NothingStored()
    {
        Assert.Equal(0, await world.Count("SELECT count(*) FROM bookings"));
        Assert.Empty(world.Availability.Claims);
        Assert.Empty(world.Payments.Checkouts);
    }
}
