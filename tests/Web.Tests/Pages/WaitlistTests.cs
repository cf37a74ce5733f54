using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Web.Tests.Pages;

public sealed class WaitlistTests : IAsyncLifetime
{
    private const string Join = "POST /api/v1/waitlist";
    private const string Address = "/find?near=Denver&q=tailbone&for=baby&lineage=upledger&maxPrice=120&currency=USD&within=7&weekday=thursday&sort=soonest";

    private static readonly string[] NoAddress = ["This is not an e-mail address."];
    private static readonly Guid Entry = new("01980000-0000-7000-8000-0000000000ee");

    private Site site = null!;

    public async Task InitializeAsync()
    {
        site = await Site.Open();
        site.Town.On("GET /api/v1/practitioners", _ => Results.Json(new { total = 0, items = Array.Empty<object>(), facets = new { } }));
        site.Town.On(Join, _ => Results.Json(new { id = Entry, manageToken = "wait-token" }, statusCode: 201));
    }

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task Who_finds_nobody_can_wait_look_at_it_and_stop()
    {
        Waiting(() => Asked().GetProperty("search").GetString());
        var jo = await site.Visitor().Go(Address);
        Assert.Equal("No one found yet", jo.Heading);

        await jo.Press("Tell me when someone fits", ("Email", "jo@example.org"));
        await jo.Follow();

        Assert.Equal("You are waiting for someone who fits", jo.Heading);
        foreach (var told in (string[])["tailbone", "Denver", "Upledger", "Up to 120 USD", "Free within 7 days", "Thursday"])
            Assert.Contains(told, jo.Text, StringComparison.Ordinal);
        var back = jo.Page.QuerySelector(".actions a")!.GetAttribute("href")!;
        Assert.Equal(
            "/find?near=Denver&q=tailbone&lineage=upledger&population=infants&maxPrice=120&currency=USD&within=7&weekday=thursday", back);
        Assert.DoesNotContain(jo.Addresses, a => a.Contains("wait-token", StringComparison.Ordinal));
        Assert.Equal("jo@example.org", Asked().GetProperty("email").GetString());
        Assert.Equal("near=Denver&q=tailbone&lineage=upledger&weekday=thursday&population=infants&availableWithinDays=7&maxPrice=12000&currency=USD", Asked().GetProperty("search").GetString());

        site.Town.On($"DELETE /api/v1/waitlist/{Entry}", _ => Results.NoContent());
        await jo.Press("Stop waiting");
        await jo.Follow();
        Assert.Equal("You are not waiting any more", jo.Heading);
        Assert.Equal("wait-token", site.Town.To($"DELETE /api/v1/waitlist/{Entry}").Single().Headers["X-Manage-Token"]);
    }

    [Fact]
    public async Task The_link_of_the_mail_leads_to_who_fits_and_an_old_one_says_that_it_is_over()
    {
        Waiting(() => "near=Denver&specialty=tmj", "answered");
        var jo = await site.Visitor().Go($"/waiting/{Entry}/open?token=wait-token");
        await jo.Follow();
        Assert.Equal("Someone fits now", jo.Heading);
        Assert.Equal("/find?near=Denver&specialty=tmj", jo.Page.QuerySelector(".actions .button")!.GetAttribute("href"));

        site.Town.Refuse($"GET /api/v1/waitlist/{Entry}", 404, "not-found");
        await jo.Go($"/waiting/{Entry}/open?token=wait-token");
        await jo.Follow();
        Assert.Equal("You are not waiting any more", jo.Heading);
    }

    [Fact]
    public async Task Who_finds_no_free_time_can_wait_for_one()
    {
        site.Town.On($"GET /api/v1/practitioners/{Town.Slug}/openings", _ => Results.Json(new { timeZone = "America/Denver", days = Array.Empty<object>() }));
        var jo = await site.Visitor().Go($"/practitioners/{Town.Slug}");
        await jo.Go(jo.Page.QuerySelectorAll("a").First(a => a.TextContent.StartsWith("Wait for a free time", StringComparison.Ordinal)).GetAttribute("href")!);
        await jo.Press("Tell me when there is a time", ("Email", "jo@example.org"));

        Assert.Equal($"/waiting/{Entry}", jo.Last.Headers.Location!.OriginalString);
        Assert.Equal((Town.Ana, Town.Visit), (Asked().GetProperty("practitionerId").GetGuid(), Asked().GetProperty("serviceId").GetGuid()));
    }

    [Fact]
    public async Task What_is_wrong_is_said_on_the_form_and_nothing_is_lost()
    {
        site.Town.Refuse(Join, 400, "validation", new { errors = new { email = NoAddress } });
        var jo = await site.Visitor().Go(Address);
        await jo.Press("Tell me when someone fits", ("Email", "jo"));
        Assert.Contains("Please enter an email address, as in name@example.org.", jo.Text, StringComparison.Ordinal);
        Assert.Equal("jo", jo.Page.QuerySelector("#Email")!.GetAttribute("value"));

        site.Town.Refuse(Join, 409, "too-many-waiting");
        await jo.Press("Tell me when someone fits", ("Email", "jo@example.org"));
        Assert.Contains("You are waiting for several things already.", jo.Text, StringComparison.Ordinal);

        site.Town.Refuse(Join, 409, "available-now");
        await jo.Press("Tell me when someone fits", ("Email", "jo@example.org"));
        Assert.StartsWith("/find?near=Denver&q=tailbone", jo.Last.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(3, site.Town.To(Join).Select(a => a.Headers["Idempotency-Key"]).Distinct().Count());
    }

    [Fact]
    public async Task What_is_still_being_worked_on_is_asked_again_as_the_same_wish()
    {
        site.Town.Refuse(Join, 409, "request-in-progress");
        var jo = await site.Visitor().Go(Address);
        await jo.Press("Tell me when someone fits", ("Email", "jo@example.org"));
        Assert.Contains("We are still working on it.", jo.Text, StringComparison.Ordinal);

        await jo.Press("Tell me when someone fits");
        Assert.Equal(2, site.Town.To(Join).Count());
        Assert.Single(site.Town.To(Join).Select(a => a.Headers["Idempotency-Key"]).Distinct());
    }

    private void Waiting(Func<string?> search, string status = "waiting") => site.Town.On($"GET /api/v1/waitlist/{Entry}", asked =>
        asked.Headers.GetValueOrDefault("X-Manage-Token") == "wait-token"
            ? Results.Json(new { id = Entry, status, search = search(), until = "2027-02-21T09:00:00+00:00" })
            : Results.Text("""{"type":"urn:problem:not-found","title":"There is nothing here","status":404}""", "application/problem+json", statusCode: 404));

    private JsonElement Asked() => JsonDocument.Parse(site.Town.To(Join).Last().Body).RootElement;
}
