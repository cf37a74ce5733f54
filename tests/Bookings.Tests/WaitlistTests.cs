using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TestKit;
using Xunit;

namespace Bookings.Tests;

public sealed class WaitlistTests : IAsyncLifetime
{
    private const string Search = "near=Denver,%20CO&specialty=pelvic-health&availableWithinDays=7";

    private World world = null!;

    public async Task InitializeAsync() => world = await World.Start(settings: new() { ["WAITLIST_SECONDS"] = "0.1" });

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task Who_waits_is_told_once_when_somebody_fits()
    {
        var entry = await Joined(new { email = "Kim@Example.org", search = Search });
        var other = await Joined(new { email = "lee@example.org", search = "near=Boulder" });
        Assert.Equal("waiting", await Status(entry));
        await LookAgain();
        Assert.Equal(0, await Facts("WaitlistAnswered"));

        world.Listings.Finds[$"?limit=1&{Search}"] = 3;
        await Eventually.True(async () => await Status(entry) == "answered" || await Later());
        await LookAgain();

        Assert.Equal((2, 1), (await Facts("WaitlistJoined"), await Facts("WaitlistAnswered")));
        Assert.Equal("waiting", await Status(other));
    }

    [Fact]
    public async Task Who_waits_for_one_practitioner_is_told_when_they_have_a_free_time()
    {
        var visit = world.Listings.Usual;
        var entry = await Joined(new { email = "kim@example.org", practitionerId = visit.PractitionerId, serviceId = visit.ServiceId });

        world.Availability.HaveOpenings[visit.ServiceId] = true;

        await Eventually.True(async () => await Status(entry) == "answered" || await Later());
        await Refusal.Is(await Join(new { email = "kim@example.org", practitionerId = visit.PractitionerId, serviceId = visit.ServiceId }), 409, "available-now");
    }

    [Fact]
    public async Task Nobody_waits_for_what_can_be_had_or_cannot_be_asked()
    {
        world.Listings.Finds["?limit=1&near=Denver"] = 1;

        await Refusal.Is(await Join(new { email = "kim@example.org", search = "near=Denver&sort=price&facets=true" }), 409, "available-now");
        await Refusal.Is(await Join(new { email = "kim@example.org", search = "near=Nowhere" }), 422, "place-not-found");
        await Refusal.Names(await Join(new { email = "kim", search = "near=Denver" }), "email");
        await Refusal.Names(await Join(new { email = "kim@example.org" }), "search");
        await Refusal.Names(await Join(new { email = "kim@example.org", search = Search, practitionerId = Guid.CreateVersion7(), serviceId = Guid.CreateVersion7() }), "search");
        await Refusal.Names(await Join(new { email = "kim@example.org", practitionerId = Guid.CreateVersion7() }), "serviceId");
        await Refusal.Names(await Join(new { email = "kim@example.org", search = new string('x', 2001) }), "search");
        await Refusal.Names(await Join(new { email = "kim@example.org", search = "near=\u0000" }), "search");
        Assert.Equal(0, await world.Count("SELECT count(*) FROM waitlist"));
    }

    [Fact]
    public async Task An_entry_is_there_for_whoever_made_it_only_and_goes_when_they_leave()
    {
        var entry = await Joined(new { email = "kim@example.org", search = Search });

        Assert.Equal(Search, (await Show(entry)).GetProperty("search").GetString());
        using var account = world.Service.As("client", email: "kim@example.org");
        Assert.Equal(HttpStatusCode.OK, (await account.GetAsync($"/api/v1/waitlist/{entry.Id}")).StatusCode);
        using var stranger = world.Service.As("client", email: "lee@example.org");
        foreach (var caller in new[] { world.Guest, stranger })
        {
            await Refusal.Is(await caller.GetAsync($"/api/v1/waitlist/{entry.Id}"), 404, "not-found");
            await Refusal.Is(await caller.DeleteAsync($"/api/v1/waitlist/{entry.Id}"), 404, "not-found");
        }

        Assert.Equal(HttpStatusCode.NoContent, (await Call(HttpMethod.Delete, entry)).StatusCode);
        await Refusal.Is(await Call(HttpMethod.Get, entry), 404, "not-found");
        Assert.Equal(0, await world.Count("SELECT count(*) FROM waitlist"));
    }

    [Fact]
    public async Task What_somebody_looks_for_is_sealed_and_their_place_is_coarse()
    {
        var entry = await Joined(new { email = "kim@example.org", search = "lat=39.73915&lon=-104.9847&q=tailbone%20pain" });

        Assert.Equal("lat=39.74&lon=-104.98&q=tailbone%20pain", (await Show(entry)).GetProperty("search").GetString());
        var kept = await world.Service.Db.Scalar<string>("SELECT string_agg(w::text, '') || (SELECT string_agg(o::text, '') FROM outbox o) FROM waitlist w");
        Assert.DoesNotContain("tailbone", kept, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Convert.ToHexStringLower("tailbone"u8), kept, StringComparison.OrdinalIgnoreCase);
        using var letter = await world.Service.AsService().GetAsync($"/internal/waitlist/{entry.Id}/letter");
        Assert.DoesNotContain("tailbone", await letter.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_repeat_is_the_same_entry_and_five_are_enough_for_anybody()
    {
        var key = Guid.CreateVersion7().ToString();
        var wish = new { email = "kim@example.org", search = Search };
        var (once, again) = (await Joined(wish, key), await Joined(wish, key));
        Assert.Equal(once, again);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Join(wish)));

        Assert.Equal((4, 8), (answers.Count(a => a.StatusCode == HttpStatusCode.Created), answers.Count(a => a.StatusCode == HttpStatusCode.Conflict)));
        Assert.Equal(5, await world.Count("SELECT count(*) FROM waitlist"));
        await Refusal.Is(await Join(wish), 409, "too-many-waiting");
    }

    [Fact]
    public async Task While_the_search_is_away_nobody_is_told_and_nobody_is_lost()
    {
        var entry = await Joined(new { email = "kim@example.org", search = Search });
        await world.Listings.Stop();
        await LookAgain();

        Assert.Equal("waiting", await Status(entry));
        await Refusal.Is(await Join(new { email = "kim@example.org", search = Search }), 503, "unavailable");
    }

    [Fact]
    public async Task Nothing_is_kept_of_a_wish_of_long_ago()
    {
        await Joined(new { email = "kim@example.org", search = Search });
        var told = await Joined(new { email = "kim@example.org", search = "near=Boulder" });
        world.Listings.Finds["?limit=1&near=Boulder"] = 1;
        await Eventually.True(async () => await Status(told) == "answered" || await Later());

        world.Service.Clock.Advance(TimeSpan.FromDays(8));
        await Eventually.True(async () => await world.Count("SELECT count(*) FROM waitlist") == 1);
        world.Service.Clock.Advance(TimeSpan.FromDays(83));
        await Eventually.True(async () => await world.Count("SELECT count(*) FROM waitlist") == 0);
    }

    private async Task<HttpResponseMessage> Join(object wish, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/waitlist") { Content = JsonContent.Create(wish) };
        request.Headers.Add("Idempotency-Key", key ?? Guid.CreateVersion7().ToString());
        return await world.Guest.SendAsync(request);
    }

    private async Task<Entry> Joined(object wish, string? key = null)
    {
        using var answer = await Join(wish, key);
        var body = await World.Read(answer);
        Assert.Equal((HttpStatusCode.Created, $"/api/v1/waitlist/{body.GetProperty("id").GetGuid()}"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        return new Entry(body.GetProperty("id").GetGuid(), body.GetProperty("manageToken").GetString()!);
    }

    private async Task<HttpResponseMessage> Call(HttpMethod method, Entry entry)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/waitlist/{entry.Id}");
        request.Headers.Add("X-Manage-Token", entry.Token);
        return await world.Guest.SendAsync(request);
    }

    private async Task<JsonElement> Show(Entry entry)
    {
        using var answer = await Call(HttpMethod.Get, entry);
        return await World.Read(answer);
    }

    private async Task<string?> Status(Entry entry) => (await Show(entry)).GetProperty("status").GetString();

    /// <summary>Until everybody who waits has been looked for once more.</summary>
    private async Task LookAgain()
    {
        world.Service.Clock.Advance(TimeSpan.FromSeconds(1));
        var now = world.Now;
        await Eventually.True(async () => await world.Count("SELECT count(*) FROM waitlist WHERE answered_at IS NULL AND looked_at < $1", now) == 0);
    }

    private async Task<bool> Later()
    {
        await LookAgain();
        return false;
    }

    private Task<long> Facts(string name) => world.Count("SELECT count(*) FROM outbox WHERE type LIKE $1", $"Contracts.{name},%");

    private sealed record Entry(Guid Id, string Token);
}
