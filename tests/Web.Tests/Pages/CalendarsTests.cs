using Microsoft.AspNetCore.Http;
using Xunit;

namespace Web.Tests.Pages;

public sealed class CalendarsTests : IAsyncLifetime
{
    private const string Mine = "/api/v1/me/calendars";
    private static readonly Guid Work = new("01980000-0000-7000-8000-00000000ca1a");
    private static readonly string[] NotPublic = ["A public address that begins with https:// or webcal:// is needed."];

    private Site site = null!;

    public async Task InitializeAsync()
    {
        site = await Site.Open();
        site.Town.On("GET /api/v1/me/calendar-feed", _ => Results.Json(new { url = "http://localhost:8080/api/v1/calendar-feeds/x/y.ics" }));
        Stands("current", lastSuccessAt: "2026-11-23T08:57:00Z");
    }

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task Each_calendar_says_how_it_stands_in_plain_words()
    {
        var ana = await site.SignedIn("practitioner");
        await ana.Go("/desk/calendars");
        Assert.Equal("page", ana.Page.QuerySelector(".desk-nav a[href='/desk/calendars']")?.GetAttribute("aria-current"));
        Assert.Contains("Work at calendar.example Up to date. Read 3 minutes ago.", ana.Text, StringComparison.Ordinal);
        Assert.Equal("http://localhost:8080/api/v1/calendar-feeds/x/y.ics", ana.Page.QuerySelector("#feed")!.GetAttribute("value"));
        Assert.True(ana.Last.Headers.CacheControl?.NoStore);

        Stands("failing", "2026-11-23T03:00:00Z", failingSince: "2026-11-23T04:00:00Z", withdrawsAt: "2026-11-24T04:00:00Z");
        await ana.Go("/desk/calendars");
        Assert.Contains("It takes too long to answer. What it said 6 hours ago still counts. If we still cannot read it in 19 hours, we will stop offering your free times until we can.", ana.Text, StringComparison.Ordinal);

        Stands("failing", failingSince: "2026-11-23T08:59:30Z", withdrawsAt: "2026-11-24T04:00:00Z");
        await ana.Go("/desk/calendars");
        Assert.Contains("Until we can read it, nothing in it counts as busy.", ana.Text, StringComparison.Ordinal);

        Stands("withdrawn", "2026-11-21T03:00:00Z", failingSince: "2026-11-21T04:00:00Z");
        await ana.Go("/desk/calendars");
        Assert.Contains("We have not been able to read it for 2 days, so none of your free times are offered. We will try again in 3 minutes.", ana.Text, StringComparison.Ordinal);

        Assert.Empty(ana.Page.QuerySelectorAll("[data-waits-for]"));
        Stands("waiting");
        await ana.Go("/desk/calendars");
        await ana.Go(ana.Page.QuerySelector("[data-waits-for]")!.GetAttribute("data-waits-for")!);
        Assert.Equal("""{"settled":false}""", await ana.Last.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_calendar_is_added_and_what_is_wrong_with_its_address_is_said()
    {
        site.Town.Refuse($"POST {Mine}", 400, "validation", new { errors = new { url = NotPublic } });
        var ana = await site.SignedIn("practitioner");
        await ana.Go("/desk/calendars");
        await ana.Press("Add this calendar");
        Assert.Empty(site.Town.To($"POST {Mine}"));
        Assert.Equal("#Address", ana.Page.QuerySelector("[data-mistakes] a")!.GetAttribute("href"));
        await ana.Press("Add this calendar", ("Address", " http://127.0.0.1/x.ics "), ("Name", ""));
        Assert.Equal("""{"url":"http://127.0.0.1/x.ics"}""", Assert.Single(site.Town.To($"POST {Mine}")).Body);
        Assert.Contains(NotPublic[0], ana.Text, StringComparison.Ordinal);

        site.Town.On($"POST {Mine}", _ => Results.Json(new { id = Work }, statusCode: 201));
        await ana.Press("Add this calendar", ("Address", "webcal://calendar.example/x.ics"), ("Name", "Work"));
        Assert.Equal("""{"url":"webcal://calendar.example/x.ics","name":"Work"}""", site.Town.To($"POST {Mine}").Last().Body);
        Assert.Equal("/desk/calendars", ana.Last.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task One_that_fails_can_be_tried_gone_without_or_removed()
    {
        Stands("withdrawn", "2026-11-21T03:00:00Z", failingSince: "2026-11-21T04:00:00Z");
        foreach (var (button, question) in ((string, string)[])[("Try now", $"POST {Mine}/{Work}/retry"), ("Go on without it", $"POST {Mine}/{Work}/ignore"), ("Remove", $"DELETE {Mine}/{Work}")])
        {
            site.Town.On(question, _ => Results.NoContent());
            var ana = await site.SignedIn("practitioner");
            await ana.Go("/desk/calendars");
            await ana.Press(button);
            Assert.Single(site.Town.To(question));
            Assert.Equal("/desk/calendars", ana.Last.Headers.Location?.OriginalString);
        }

        site.Town.Refuse($"POST {Mine}/{Work}/ignore", 409, "state-conflict");
        var late = await site.SignedIn("practitioner");
        await late.Go("/desk/calendars");
        await late.Press("Go on without it");
        Assert.NotNull(late.Page.QuerySelector("[data-mistakes]"));
    }

    [Fact]
    public async Task A_new_calendar_is_waited_for_whatever_stands_before_it()
    {
        object One(string state) => new { id = Guid.CreateVersion7(), name = state, host = "calendar.example", state, lastSuccessAt = "2026-11-23T08:57:00Z", nextTryAt = "2026-11-23T09:03:30Z" };
        site.Town.On($"GET {Mine}", _ => Results.Json(new { items = new[] { One("current"), One("waiting"), One("waiting") } }));
        var ana = await site.SignedIn("practitioner");
        await ana.Go("/desk/calendars");
        Assert.Equal("/desk/calendars?handler=State", Assert.Single(ana.Page.QuerySelectorAll("[data-waits-for]")).GetAttribute("data-waits-for"));
    }

    [Fact]
    public async Task The_address_of_the_visits_can_be_made_anew()
    {
        const string rotate = "POST /api/v1/me/calendar-feed/rotate";
        site.Town.On(rotate, _ => Results.Json(new { url = "http://localhost:8080/new.ics" }));
        var ana = await site.SignedIn("practitioner");
        await ana.Go("/desk/calendars");
        await ana.Press("Make a new address");
        Assert.Single(site.Town.To(rotate));
    }

    [Fact]
    public async Task Only_practitioners_have_them()
    {
        var client = await site.SignedIn("client");
        await client.Go("/desk/calendars");
        Assert.NotEqual(200, (int)client.Last.StatusCode);
    }

    private void Stands(string state, string? lastSuccessAt = null, string? failingSince = null, string? withdrawsAt = null) => site.Town.On($"GET {Mine}", _ => Results.Json(new
    {
        items = new[]
        {
            new
            {
                id = Work, name = "Work", host = "calendar.example", state, lastSuccessAt, lastTriedAt = lastSuccessAt, nextTryAt = "2026-11-23T09:03:30Z",
                failingSince, problem = failingSince is null ? null : "It takes too long to answer.", withdrawsAt,
            },
        },
    }));
}
