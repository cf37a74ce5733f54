using System.Net;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Web.Tests.Pages;

public sealed class SearchTests : IAsyncLifetime
{
    private static readonly string[] Denver = ["Denver, Colorado, US"];

    private Site site = null!;

    public async Task InitializeAsync() => site = await Site.Open();

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Theory]
    [InlineData("/practitioners/%20")]
    [InlineData("/practitioners/%C2%A0/times")]
    [InlineData("/dev/mail/%E2%80%A8")]
    public async Task An_address_with_nothing_but_space_in_it_leads_nowhere(string address) =>
        Assert.Equal(HttpStatusCode.NotFound, (await site.Visitor().Go(address)).Last.StatusCode);

    [Theory]
    [InlineData("9999-12-31")]
    [InlineData("0001-01-01")]
    public async Task Times_far_away_are_looked_for_from_today(string day)
    {
        var jo = await site.Visitor().Go($"/practitioners/{Town.Slug}/times?from={day}");
        Assert.Equal(HttpStatusCode.OK, jo.Last.StatusCode);
        Assert.Contains("from=2026-11-23", site.Town.To($"GET /api/v1/practitioners/{Town.Slug}/openings").Last().Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_are_listed_with_their_training_its_proof_and_three_free_times()
    {
        var jo = await site.Visitor().Go("/find?near=Denver");
        Assert.Equal("42 people near Denver, Colorado, US", jo.Heading);
        Assert.Contains("Confirmed by Upledger Institute International", jo.Text, StringComparison.Ordinal);
        Assert.Contains("1.1 miles away", jo.Text, StringComparison.Ordinal);
        var time = jo.Page.QuerySelector(".soon a")!;
        Assert.StartsWith($"/practitioners/{Town.Slug}/times?service={Town.Visit}", time.GetAttribute("href")!, StringComparison.Ordinal);
        Assert.Equal("9:00 am, Tue 1 Dec, Denver time, with Ana Reyes", time.TextContent.Trim());
    }

    [Fact]
    public async Task What_is_asked_for_stands_in_the_address_and_pages_go_on_from_it()
    {
        var jo = await site.Visitor().Go("/find?near=Denver&lineage=upledger&lineage=biodynamic&verified=true&within=7&sort=soonest");
        var query = site.Town.To("GET /api/v1/practitioners").Last().Query;
        Assert.Contains("near=Denver", query, StringComparison.Ordinal);
        Assert.Contains("lineage=upledger&lineage=biodynamic", query, StringComparison.Ordinal);
        Assert.Contains("availableWithinDays=7", query, StringComparison.Ordinal);
        var next = jo.Page.QuerySelector("a[rel~='next']")!.GetAttribute("href")!;
        await jo.Go(next);
        Assert.Contains("cursor=next-page", site.Town.To("GET /api/v1/practitioners").Last().Query, StringComparison.Ordinal);
        Assert.Contains("verified=true", next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_find_the_experience_they_name_with_both_sides_of_what_is_known()
    {
        var jo = await site.Visitor().Go("/find?near=Denver&q=clenching");
        var query = site.Town.To("GET /api/v1/practitioners").Last().Query;
        Assert.Contains("specialty=tmj", query, StringComparison.Ordinal);
        Assert.DoesNotContain("clenching", query, StringComparison.Ordinal);
        Assert.Contains("Some say it helps. Nothing controlled is known.", jo.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_place_is_answered_with_ones_that_may_be_meant()
    {
        site.Town.Refuse("GET /api/v1/practitioners", 422, "place-not-found", new { suggestions = Denver });
        var jo = await site.Visitor().Go("/find?near=Denwer&language=es");
        Assert.Contains("We do not know “Denwer”.", jo.Text, StringComparison.Ordinal);
        Assert.Equal("/find?near=Denver,%20Colorado,%20US&language=es", jo.Page.QuerySelector(".told a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Places_are_offered_while_somebody_types()
    {
        var jo = await site.Visitor().Go("/places?q=denv");
        Assert.Equal("Denver, Colorado, US", jo.Page.QuerySelector("li[role=option]")!.TextContent);
    }

    [Fact]
    public async Task A_profile_is_worth_reading_while_free_times_cannot_be_had()
    {
        site.Town.On($"GET /api/v1/practitioners/{Town.Slug}/openings", _ => Results.StatusCode(500));
        var jo = await site.Visitor().Go($"/practitioners/{Town.Slug}");
        Assert.Equal(HttpStatusCode.OK, jo.Last.StatusCode);
        Assert.Equal("Ana Reyes", jo.Heading);
    }

    [Fact]
    public async Task Nobody_unpublished_has_a_page()
    {
        var jo = await site.Visitor().Go("/practitioners/nobody");
        Assert.Equal(HttpStatusCode.NotFound, jo.Last.StatusCode);
        Assert.Equal("There is no such page", jo.Heading);
    }
}
