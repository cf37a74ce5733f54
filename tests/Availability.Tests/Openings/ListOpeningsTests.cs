using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Platform;
using TestKit;
using Xunit;

namespace Availability.Tests;

public sealed class ListOpeningsTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Days_hold_their_openings_with_the_offset_of_the_place()
    {
        var person = await world.Practitioner(from: "09:00", to: "11:00", interval: 60);

        var answer = await world.Openings(person, "2026-12-01", "2026-12-02");

        Assert.Equal("America/Denver", answer.GetProperty("timeZone").GetString());
        Assert.Equal(["2026-12-01", "2026-12-02"], answer.GetProperty("days").EnumerateArray().Select(d => d.GetProperty("date").GetString()!));
        var first = answer.GetProperty("days")[0].GetProperty("openings")[0];
        Assert.Equal("2026-12-01T09:00:00-07:00", first.GetProperty("start").GetString());
        Assert.Equal("2026-12-01T10:00:00-07:00", first.GetProperty("end").GetString());
        Assert.Equal(person.LocationId, first.GetProperty("locationId").GetGuid());
    }

    [Fact]
    public async Task Another_zone_moves_dates_and_offsets()
    {
        var person = await world.Practitioner(from: "15:00", to: "17:00", interval: 60);
        Assert.Equal(["2026-12-02T07:00:00+09:00", "2026-12-02T08:00:00+09:00"], await world.Starts(person, "2026-12-02", "2026-12-02", "&timeZone=Asia/Tokyo"));
    }

    [Theory]
    [InlineData("America/Denver", "2027-03-13", "2027-03-14", "2027-03-13T09:00:00-07:00", "2027-03-14T09:00:00-06:00")]
    [InlineData("America/Denver", "2027-11-06", "2027-11-07", "2027-11-06T09:00:00-06:00", "2027-11-07T09:00:00-07:00")]
    [InlineData("Europe/London", "2027-03-27", "2027-03-28", "2027-03-27T09:00:00+00:00", "2027-03-28T09:00:00+01:00")]
    [InlineData("Europe/London", "2027-10-30", "2027-10-31", "2027-10-30T09:00:00+01:00", "2027-10-31T09:00:00+00:00")]
    public async Task Nine_stays_nine_over_the_clock_change(string zone, string before, string after, params string[] starts)
    {
        var person = await world.Practitioner(zone, "09:00", "10:00");
        Assert.Equal(starts, await world.Starts(person, before, after));
    }

    [Fact]
    public async Task Dublin_sells_no_hour_that_does_not_exist()
    {
        var person = await world.Practitioner("Europe/Dublin", "00:00", "03:00", minutes: 30);
        Assert.Equal(
            ["2027-03-28T00:00:00+00:00", "2027-03-28T00:30:00+00:00", "2027-03-28T02:00:00+01:00", "2027-03-28T02:30:00+01:00"],
            await world.Starts(person, "2027-03-28", "2027-03-28"));
    }

    [Fact]
    public async Task What_is_shown_around_a_clock_change_can_be_held()
    {
        var person = await world.Practitioner("Europe/Dublin", "00:00", "04:00", minutes: 30);
        foreach (var date in new[] { "2027-03-28", "2027-10-31" })
        {
            foreach (var start in await world.Starts(person, date, date))
                await world.Held(person, start);
            Assert.Empty(await world.Starts(person, date, date));
        }
    }

    [Fact]
    public async Task Whoever_keeps_a_time_is_shown_it_with_what_it_keeps_from_others()
    {
        var person = await world.Practitioner(from: "09:00", to: "12:00", interval: 30);
        const string day = "2026-12-01";
        var before = await world.Starts(person, day, day);
        var held = await world.Held(person, "2026-12-01T10:00:00-07:00");

        var others = await world.Starts(person, day, day);
        Assert.NotEqual(before, others);
        Assert.Equal(before, await world.Starts(person, day, day, holdToken: held.Token));
        Assert.Equal(others, await world.Starts(person, day, day));
        Assert.Equal(others, await world.Starts(person, day, day, holdToken: "anything"));
    }

    [Fact]
    public async Task Sixty_two_days_are_shown_and_not_one_more()
    {
        var person = await world.Practitioner();
        Assert.Equal(62, (await world.Openings(person, "2026-12-01", "2027-01-31")).GetProperty("days").GetArrayLength());
        await Ask($"{person.Id}/openings?service={person.ServiceId}&from=2026-12-01&to=2027-02-01").IsProblem(400, "validation");
    }

    [Fact]
    public async Task Without_dates_a_month_from_today_is_shown()
    {
        var person = await world.Practitioner();
        var days = (await Ask($"{person.Id}/openings?service={person.ServiceId}").Is<JsonElement>(200)).GetProperty("days");
        Assert.Equal("2026-11-23", days[0].GetProperty("date").GetString());
        Assert.Equal("2026-12-23", days[days.GetArrayLength() - 1].GetProperty("date").GetString());
    }

    [Fact]
    public async Task The_longest_horizon_is_within_reach()
    {
        var person = await world.Practitioner(horizon: 400);
        Assert.NotEmpty(await world.Starts(person, "2027-12-20", "2028-01-31"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?service=abc")]
    [InlineData("?service={0}&from=2026-13-01")]
    [InlineData("?service={0}&from=12/01/2026")]
    [InlineData("?service={0}&from=2026-12-02&to=2026-12-01")]
    [InlineData("?service={0}&from=2026-12-01&to=9999-12-31")]
    [InlineData("?service={0}&from=0001-01-01")]
    [InlineData("?service={0}&timeZone=Mars/Olympus")]
    [InlineData("?service={0}&location=here")]
    [InlineData("?service={0}&service={0}")]
    [InlineData("?service={0}&from=2026-12-01&from=2026-12-02")]
    public async Task What_cannot_be_read_is_refused(string query)
    {
        var person = await world.Practitioner();
        await Ask($"{person.Id}/openings{query.Replace("{0}", person.ServiceId.ToString(), StringComparison.Ordinal)}").IsProblem(400, "validation");
    }

    [Fact]
    public async Task Strangers_and_others_services_are_not_found()
    {
        var (person, other) = (await world.Practitioner(), await world.Practitioner());
        await Ask($"{Guid.CreateVersion7()}/openings?service={person.ServiceId}").IsProblem(404, "not-found");
        await Ask($"{person.Id}/openings?service={other.ServiceId}").IsProblem(404, "not-found");
        await Ask($"{person.Id}/openings?service={person.ServiceId}&location={other.LocationId}").IsProblem(404, "not-found");
    }

    [Fact]
    public async Task Past_and_far_dates_are_empty()
    {
        var person = await world.Practitioner(horizon: 30);
        Assert.Empty(await world.Starts(person, "2020-01-01", "2020-02-01"));
        Assert.Empty(await world.Starts(person, "2190-01-01", "2190-02-01"));
    }

    [Fact]
    public async Task A_crowd_that_is_answered_together_sees_what_was_taken_a_moment_ago()
    {
        var person = await world.Practitioner(from: "09:00", to: "12:00", interval: 60);
        foreach (var taken in new[] { "2026-12-01T10:00:00-07:00", "2026-12-01T09:00:00-07:00", "2026-12-01T11:00:00-07:00" })
        {
            var before = await Crowd();
            await world.Held(person, taken);
            var after = await Crowd();

            Assert.All(before, starts => Assert.Contains(taken, starts));
            Assert.All(after, starts => Assert.DoesNotContain(taken, starts));
        }

        async Task<string[][]> Crowd() =>
            [.. (await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => world.Starts(person, "2026-12-01", "2026-12-01")))).Select(starts => starts.ToArray())];
    }

    private Task<HttpResponseMessage> Ask(string path) => world.Service.Guest().GetAsync(new Uri($"/api/v1/practitioners/{path}", UriKind.Relative));
}

public sealed class OpeningsBySlugTests
{
    [Fact]
    public async Task A_slug_is_asked_for_once_and_an_unknown_one_is_not_found()
    {
        var id = Guid.Empty;
        await using var listings = await FakePeer.Start(app => app.MapGet("/internal/practitioners/by-slug/{slug}", (string slug) =>
            slug == "ana-reyes-denver" ? Results.Json(new { id }, Json.Strict) : Results.NotFound()));
        var world = new WorldWithListings(listings.Url);
        await world.InitializeAsync();
        try
        {
            var person = await world.Practitioner();
            id = person.Id;
            var guest = world.Service.Guest();
            for (var i = 0; i < 3; i++)
                await guest.GetAsync(new Uri($"/api/v1/practitioners/ana-reyes-denver/openings?service={person.ServiceId}", UriKind.Relative)).Is(200);
            Assert.Equal(1, listings.Calls);
            await guest.GetAsync(new Uri($"/api/v1/practitioners/nobody-at-all/openings?service={person.ServiceId}", UriKind.Relative)).IsProblem(404, "not-found");

            await listings.Stop();
            await guest.GetAsync(new Uri($"/api/v1/practitioners/somebody-else/openings?service={person.ServiceId}", UriKind.Relative)).IsProblem(503, "unavailable");
        }
        finally
        {
            await world.DisposeAsync();
        }
    }

    private sealed class WorldWithListings(Uri listings) : World
    {
        protected override Dictionary<string, string?> Settings => new() { ["LISTINGS_URL"] = listings.ToString() };
    }
}
