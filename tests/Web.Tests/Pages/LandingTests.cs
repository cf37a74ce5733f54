using System.Net;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Web.Tests.Pages;

public sealed class LandingTests : IAsyncLifetime
{
    private Site site = null!;

    public async Task InitializeAsync() => site = await Site.Open(own: ("STRIPE_API_KEY", "sk_live_of_nobody"));

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task A_town_has_a_page_of_its_people_that_may_be_listed()
    {
        var jo = await site.Visitor().Go("/us/co/denver");
        Assert.Equal("Craniosacral therapists in Denver, CO", jo.Heading);
        Assert.Contains("Among the nearest, the next free time is 9:00 am, Tuesday 1 December, Denver time.", jo.Text, StringComparison.Ordinal);
        Assert.Equal("http://localhost:8080/us/co/denver", jo.Page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
        Assert.Equal(["en", "x-default"], jo.Page.QuerySelectorAll("link[hreflang]").Select(l => l.GetAttribute("hreflang")));
        Assert.Null(jo.Page.QuerySelector("meta[name=robots]"));
        Assert.NotNull(jo.Page.QuerySelector("a[href='/us/co/denver/tmj']"));
        Assert.NotNull(jo.Page.QuerySelector("a[href='/us/co/lakewood']"));
        Assert.StartsWith("Bearer ", site.Town.To("GET /internal/landing/places/us/co/denver").First().Headers["Authorization"], StringComparison.Ordinal);
        Assert.Contains("demo=false", site.Town.To("GET /internal/landing/places/us/co/denver").First().Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/us/co/denver/tmj")]
    [InlineData("/specialties/tmj")]
    public async Task Both_sides_of_what_is_known_stand_beside_an_experience_with_their_date(string address)
    {
        var jo = await site.Visitor().Go(address);
        foreach (var said in (string[])["Some say it helps.", "Nothing controlled is known.", "A review found less pain.", "A later review found no effect.", "As of November 2026"])
            Assert.Contains(said, jo.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lineage_says_who_gives_its_marks_and_where_its_people_are()
    {
        var jo = await site.Visitor().Go("/lineages/upledger");
        Assert.Contains("Upledger Institute International", jo.Text, StringComparison.Ordinal);
        Assert.Contains("lineage=upledger", site.Town.To("GET /internal/landing/towns").Last().Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/us/co/nowhere")]
    [InlineData("/us/co/denver/sleep")]
    [InlineData("/us/co/nowhere/tmj")]
    [InlineData("/us/co/quiet")]
    [InlineData("/specialties/sleep")]
    [InlineData("/lineages/nobody")]
    public async Task Where_nobody_practises_there_is_no_page(string address) =>
        Assert.Equal(HttpStatusCode.NotFound, (await site.Visitor().Go(address)).Last.StatusCode);

    [Fact]
    public async Task A_town_is_known_by_one_address()
    {
        var jo = await site.Visitor().Go("/us/denver/tmj");
        Assert.Equal(HttpStatusCode.MovedPermanently, jo.Last.StatusCode);
        Assert.Equal("/us/co/denver/tmj", jo.Last.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_page_with_a_single_person_is_there_but_asks_not_to_be_listed()
    {
        var jo = await site.Visitor().Go("/us/co/hygiene");
        Assert.Equal(HttpStatusCode.OK, jo.Last.StatusCode);
        Assert.NotNull(jo.Page.QuerySelector("meta[name=robots][content=noindex]"));
    }

    [Fact]
    public async Task A_topic_that_nobody_has_is_told_all_the_same_and_asks_not_to_be_listed()
    {
        site.Town.On("GET /api/v1/practitioners", _ => Results.Json(new { total = 0, items = Array.Empty<object>() }));
        var jo = await site.Visitor().Go("/specialties/tmj");
        Assert.Equal(HttpStatusCode.OK, jo.Last.StatusCode);
        Assert.Contains("So far nobody here has worked with people for this.", jo.Text, StringComparison.Ordinal);
        Assert.Contains("A later review found no effect.", jo.Text, StringComparison.Ordinal);
        Assert.NotNull(jo.Page.QuerySelector("meta[name=robots][content=noindex]"));
        await jo.Go("/lineages/upledger");
        Assert.Contains("So far nobody here trained in it.", jo.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sitemap_leads_to_every_page_that_may_be_listed()
    {
        var jo = await site.Visitor().Go("/sitemap.xml");
        var parts = await Addresses(jo);
        Assert.Equal(4, parts.Count);
        Assert.Empty(site.Town.To("GET /internal/landing/pages"));
        Assert.Contains("http://localhost:8080/sitemaps/places.xml?after=us%2Fco%2Fdenver%20specialties%2Ftmj", parts);
        var all = new List<string>();
        foreach (var part in parts)
            all.AddRange(await Addresses(await jo.Go(new Uri(part).PathAndQuery)));
        foreach (var path in (string[])["/", "/first-visit", "/specialties/tmj", "/lineages/upledger", "/us/co/denver", "/us/co/denver/tmj", $"/practitioners/{Town.Slug}"])
            Assert.Contains($"http://localhost:8080{path}", all);
        Assert.DoesNotContain("http://localhost:8080/lineages/visionary", all);
    }

    private static async Task<IReadOnlyList<string>> Addresses(Visitor jo) =>
        [.. System.Xml.Linq.XDocument.Parse(await jo.Last.Content.ReadAsStringAsync()).Descendants().Where(e => e.Name.LocalName == "loc").Select(e => e.Value)];
}
