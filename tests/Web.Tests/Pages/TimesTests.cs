using Microsoft.AspNetCore.Http;
using Xunit;

namespace Web.Tests.Pages;

public sealed class TimesTests : IAsyncLifetime
{
    private Site site = null!;

    public async Task InitializeAsync() => site = await Site.Open();

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task Times_are_heard_with_their_day_and_their_clock()
    {
        var jo = await site.Visitor().Go($"/practitioners/{Town.Slug}/times");
        var label = jo.Page.QuerySelector($"input[value='{Journey.NineAtTheStudio}']")!.Closest("label")!;
        Assert.StartsWith("9:00 am, Tuesday 1 December, Denver time", label.TextContent.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_goes_by_another_clock_is_told_of_times_and_written_to_by_it()
    {
        const string five = "2026-12-01T17:00:00+01:00";
        site.Town.On("GET /api/v1/places", _ => Results.Json(new { items = new[] { new { id = "2", name = "Berlin", country = "DE", timeZone = "Europe/Berlin" } } }));
        site.Town.On($"GET /api/v1/practitioners/{Town.Slug}/openings", asked => Results.Json(new
        {
            timeZone = asked.Query.Contains("timeZone=Europe%2FBerlin", StringComparison.Ordinal) ? "Europe/Berlin" : "America/Denver",
            days = new[] { new { date = "2026-12-01", openings = new[] { new { start = five, end = "2026-12-01T18:00:00+01:00", locationId = Town.Studio } } } },
        }));
        var jo = await site.Visitor().Go($"/practitioners/{Town.Slug}/times?town=Berlin");
        await jo.Follow();
        Assert.Contains("All times are Berlin time.", jo.Text, StringComparison.Ordinal);
        await (await jo.Press("Keep this time", ("Time", $"{five}|{Town.Studio}"))).Follow();
        await (await jo.Press("Continue", ("For", "me"))).Follow();
        await jo.ToReview();
        Assert.Contains("5:00 pm, Berlin time. That is 9:00 am, Tuesday 1 December, Denver time", jo.Text, StringComparison.Ordinal);
        await jo.Press("Book and pay");
        Assert.Equal("Europe/Berlin", Assert.Single(site.Town.To("POST /api/v1/bookings")).Json.GetProperty("client").GetProperty("timeZone").GetString());

        await jo.Go($"/practitioners/{Town.Slug}/times?zone=Europe/Berlin&pick={Journey.NineAtTheStudio}");
        Assert.Equal($"{five}|{Town.Studio}", jo.Page.QuerySelector("input[name=Time][checked]")!.GetAttribute("value"));
        await jo.Go($"/practitioners/{Town.Slug}/times?zone=Nowhere/Else");
        Assert.Contains("All times are Denver time.", jo.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_town_that_nobody_knows_is_said_to_be_unknown()
    {
        site.Town.On("GET /api/v1/places", _ => Results.Json(new { items = Array.Empty<object>() }));
        var jo = await site.Visitor().Go($"/practitioners/{Town.Slug}/times?town=Xyzzy");
        Assert.Equal("#Town", jo.Page.QuerySelector("[data-mistakes] a")!.GetAttribute("href"));
        var town = jo.Page.QuerySelector("#Town")!;
        Assert.Equal("Xyzzy", town.GetAttribute("value"));
        Assert.Contains("do not know", jo.Page.GetElementById(town.GetAttribute("aria-describedby")!)!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_time_that_was_pointed_at_comes_first_and_is_chosen()
    {
        var jo = await site.Visitor().Go($"/practitioners/{Town.Slug}/times?pick={Uri.EscapeDataString(Journey.NineAtTheStudio)}");
        Assert.Equal("Your choice", jo.Page.QuerySelector("form fieldset legend")!.TextContent.Trim());
        Assert.Equal(Journey.NineAtTheStudio, Assert.Single(jo.Page.QuerySelectorAll("input[name=Time][checked]")).GetAttribute("value"));

        await jo.Go($"/practitioners/{Town.Slug}/times?pick={Uri.EscapeDataString($"2026-12-01T11:00:00-07:00|{Town.Studio}")}");
        Assert.Contains("11:00 am on Tuesday 1 December is not free for Visit, 60 minutes. These are close.", jo.Text, StringComparison.Ordinal);
        Assert.Empty(jo.Page.QuerySelectorAll("input[name=Time][checked]"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?from=2026-12-01")]
    public async Task Who_has_chosen_no_time_is_led_to_the_first_one(string later)
    {
        var jo = await site.Visitor().Go($"/practitioners/{Town.Slug}/times{later}");
        await jo.Press("Keep this time");
        Assert.Equal("#Time", jo.Page.QuerySelector("[data-mistakes] a")!.GetAttribute("href"));
        Assert.Equal(Journey.NineAtTheStudio, Assert.Single(jo.Page.QuerySelectorAll("#Time")).GetAttribute("value"));
    }

    [Fact]
    public async Task Whoever_keeps_a_time_sees_it_with_the_others_and_can_go_on_with_it()
    {
        var jo = await site.AtReview();
        await jo.Go(jo.Page.QuerySelector("a.change")!.GetAttribute("href")!);
        Assert.Equal("hold-token", site.Town.To($"GET /api/v1/practitioners/{Town.Slug}/openings").Last().Headers["X-Hold-Token"]);
        Assert.Contains("We keep 9:00 am, Tuesday 1 December, Denver time for you until 2:15.", jo.Text, StringComparison.Ordinal);
        Assert.Contains("/book/review", jo.Page.QuerySelectorAll("main a.back").Select(a => a.GetAttribute("href")));

        var stranger = await site.Visitor().Go($"/practitioners/{Town.Slug}/times");
        Assert.DoesNotContain("We keep", stranger.Text, StringComparison.Ordinal);
        Assert.False(site.Town.To($"GET /api/v1/practitioners/{Town.Slug}/openings").Last().Headers.ContainsKey("X-Hold-Token"));
    }

    [Fact]
    public async Task A_time_that_was_just_taken_is_answered_with_ones_that_are_close()
    {
        site.Town.Refuse("POST /api/v1/holds", 409, "slot-taken");
        var jo = await site.Visitor().Go($"/practitioners/{Town.Slug}/times");
        await jo.Press("Keep this time", ("Time", Journey.NineAtTheStudio));
        await jo.Follow();
        Assert.Contains("Someone has just taken 9:00 am, Tuesday 1 December. These are close.", jo.Text, StringComparison.Ordinal);
    }
}
