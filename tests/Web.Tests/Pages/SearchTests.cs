using System.Net;
using System.Text.Json;
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
    public async Task Words_are_asked_for_as_typed_with_both_sides_of_what_is_known_about_the_experience_they_name()
    {
        var jo = await site.Visitor().Go("/find?near=Denver&q=clenching");
        var query = site.Town.To("GET /api/v1/practitioners").Last().Query;
        Assert.Contains("q=clenching", query, StringComparison.Ordinal);
        Assert.DoesNotContain("specialty", query, StringComparison.Ordinal);
        Assert.Contains("Some say it helps. Nothing controlled is known.", jo.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_say_how_many_they_would_find_and_can_be_taken_away_one_by_one()
    {
        var jo = await site.Visitor().Go("/find?near=Denver&lineage=upledger&verified=true&weekday=monday&maxPrice=120&currency=USD");
        var query = site.Town.To("GET /api/v1/practitioners").Last().Query;
        Assert.Contains("facets=true", query, StringComparison.Ordinal);
        Assert.Contains("maxPrice=12000&currency=USD", query, StringComparison.Ordinal);
        Assert.Contains("weekday=monday", query, StringComparison.Ordinal);
        Assert.Equal("Upledger, 30 people", jo.Page.QuerySelector("input[value=upledger][checked]")!.ParentElement!.TextContent.Trim());
        Assert.Equal("With proof only, 9 people", jo.Page.QuerySelector("input[name=verified]")!.ParentElement!.TextContent.Trim());
        Assert.Equal("Filters, 4 set", jo.Page.QuerySelector(".sifting summary")!.TextContent.Trim());
        Assert.Equal(
            ["Remove: Upledger", "Remove: With proof of training", "Remove: Up to 120 USD", "Remove: Monday"],
            jo.Page.QuerySelectorAll(".chosen a").Select(a => a.TextContent.Trim()));
        Assert.Equal("/find?near=Denver&verified=true&maxPrice=120&currency=USD&weekday=monday", jo.Page.QuerySelector(".chosen a")!.GetAttribute("href"));
        Assert.Equal("/find?near=Denver&lineage=upledger&verified=true&maxPrice=120&currency=USD&weekday=monday&sort=soonest", jo.Page.QuerySelector(".order a")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("40.5", "4050", "40.50")]
    [InlineData("120", "12000", "120")]
    [InlineData("%2060.25%20", "6025", "60.25")]
    public async Task A_price_may_have_cents_and_is_in_the_money_of_the_people_found_unless_said(string typed, string sent, string said)
    {
        var jo = await site.Visitor().Go($"/find?near=Denver&maxPrice={typed}");
        Assert.Equal($"/find?near=Denver&maxPrice={said}&currency=USD", jo.Last.Headers.Location?.OriginalString);
        await jo.Follow();
        Assert.Contains($"maxPrice={sent}&currency=USD", site.Town.To("GET /api/v1/practitioners").Last().Query, StringComparison.Ordinal);
        Assert.Equal($"Remove: Up to {said} USD", jo.Page.QuerySelector(".chosen a")!.TextContent.Trim());
        Assert.Equal(said, jo.Page.QuerySelector("#MaxPrice")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("-5")]
    [InlineData("40,5")]
    public async Task A_price_that_is_no_number_is_told_of_at_its_field_and_kept_there(string typed)
    {
        var jo = await site.Visitor().Go($"/find?near=Denver&maxPrice={typed}&currency=USD");
        Assert.DoesNotContain("maxPrice", site.Town.To("GET /api/v1/practitioners").Last().Query, StringComparison.Ordinal);
        var field = jo.Page.QuerySelector("#MaxPrice")!;
        Assert.Equal((typed, "true"), (field.GetAttribute("value"), field.GetAttribute("aria-invalid")));
        Assert.Equal("Please give the price as a number, as in 60 or 60.50.", jo.Page.QuerySelector($"#{field.GetAttribute("aria-describedby")}")!.TextContent);
        Assert.True(field.Closest("details")!.HasAttribute("open"));
        Assert.Equal("#MaxPrice", jo.Page.QuerySelector("[data-mistakes] a")!.GetAttribute("href"));
        Assert.DoesNotContain(typed, jo.Page.QuerySelector("a[rel~='next']")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_of_the_wrong_kind_is_left_out_and_said_to_be()
    {
        var jo = await site.Visitor().Go("/find?near=Denver&verified=maybe&radiusKm=abc&minutes=60");
        Assert.Contains("Part of this address cannot be read and was left out: radiusKm, verified.", jo.Page.QuerySelector("[data-mistakes]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("minutes=60", site.Town.To("GET /api/v1/practitioners").Last().Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_somebody_is_counts_until_they_type_a_place_and_is_no_page_to_be_listed()
    {
        var jo = await site.Visitor().Go("/find?lat=39.741&lon=-104.987");
        var query = site.Town.To("GET /api/v1/practitioners").Last().Query;
        Assert.Contains("lat=39.74&lon=-104.99", query, StringComparison.Ordinal);
        Assert.Equal("42 people near you", jo.Heading);
        Assert.NotNull(jo.Page.QuerySelector("meta[name=robots][content=noindex]"));
        Assert.Null(jo.Page.QuerySelector("link[rel=canonical]"));
        await jo.Go("/find?near=Boulder&lat=39.74&lon=-104.99");
        Assert.DoesNotContain("lat=", site.Town.To("GET /api/v1/practitioners").Last().Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_baby_is_looked_for_among_people_who_see_babies()
    {
        await site.Visitor().Go("/find?near=Denver&for=baby");
        Assert.Contains("population=infants", site.Town.To("GET /api/v1/practitioners").Last().Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_nobody_fits_the_page_says_what_little_would_have_to_change()
    {
        site.Town.On("GET /api/v1/practitioners", asked => Results.Json(new { total = asked.Query.Contains("radiusKm=160", StringComparison.Ordinal) ? 7 : 0, origin = new { name = "Denver, Colorado, US", country = "US" }, items = Array.Empty<object>() }));
        var jo = await site.Visitor().Go("/find?near=Denver&weekday=sunday");
        Assert.Equal("No one found yet", jo.Heading);
        var way = Assert.Single(jo.Page.QuerySelectorAll(".ways li"));
        Assert.Equal("Within 100 miles 7 people", string.Join(' ', way.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal("/find?near=Denver&radiusKm=160&weekday=sunday", way.QuerySelector("a")!.GetAttribute("href"));
        Assert.NotNull(jo.Page.QuerySelector("meta[name=robots][content=noindex]"));
    }

    [Fact]
    public async Task The_map_is_not_loaded_before_it_is_asked_for_and_gets_everybody_as_points()
    {
        var jo = await site.Visitor().Go("/find?near=Denver&lineage=upledger");
        Assert.DoesNotContain(jo.Page.QuerySelectorAll("script[src], link[href]"), e => (e.GetAttribute("src") ?? e.GetAttribute("href"))!.Contains("map", StringComparison.Ordinal));
        var box = jo.Page.QuerySelector("[data-map]")!;
        Assert.True(box.HasAttribute("hidden"));
        site.Town.On("GET /api/v1/practitioners", asked => Results.Json(new
        {
            total = 2,
            items = new[] { new { slug = asked.Query.Contains("cursor", StringComparison.Ordinal) ? "b" : "a", name = "A B", location = new { lat = 39.7, lon = -105.0, timeZone = "America/Denver" } } },
            nextCursor = asked.Query.Contains("cursor", StringComparison.Ordinal) ? null : "more",
        }));
        await jo.Go(box.GetAttribute("data-points")!);
        var points = JsonDocument.Parse(await jo.Last.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(["/practitioners/a", "/practitioners/b"], points.GetProperty("people").EnumerateArray().Select(p => p.GetProperty("address").GetString()));
    }

    [Fact]
    public async Task Only_tiles_that_are_configured_may_be_fetched_from_elsewhere()
    {
        Assert.Contains("img-src 'self';", (await site.Visitor().Go("/")).Last.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        await using var mapped = await Site.Open(own: ("MAP_TILE_URL", "https://{s}.tiles.example/{z}/{x}/{y}.png"));
        Assert.Contains("img-src 'self' https://*.tiles.example;", (await mapped.Visitor().Go("/")).Last.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_place_is_answered_with_ones_that_may_be_meant()
    {
        site.Town.Refuse("GET /api/v1/practitioners", 422, "place-not-found", new { suggestions = Denver });
        var jo = await site.Visitor().Go("/find?near=Denwer&language=es");
        Assert.Contains("We could not find “Denwer”.", jo.Text, StringComparison.Ordinal);
        Assert.Equal("We could not find that place", jo.Page.QuerySelector("main h1, main form, main h2, main summary")!.TextContent);
        Assert.Equal("/find?near=Denver,%20Colorado,%20US&language=es", jo.Page.QuerySelector(".told a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_name_that_several_larger_places_have_is_answered_with_the_others_unless_a_region_was_typed()
    {
        site.Town.On("GET /api/v1/practitioners", _ => Results.Json(new { origin = new { name = "Springfield, Missouri, US", country = "US" }, total = 0, items = Array.Empty<object>() }));
        site.Town.On("GET /api/v1/places", _ => Results.Json(new
        {
            items = new[]
            {
                Called("Springfield", "Missouri", "US", 166_810), Called("Springfield", "Massachusetts", "US", 154_341), Called("Springfield", "Ontario", "CA", 60_000),
                Called("Springfield", "Tennessee", "US", 16_808), Called("Springfield Gardens", "New York", "US", 60_000),
            },
        }));
        var jo = await site.Visitor().Go("/find?near=springfield&language=es");
        Assert.Equal(
            ["Springfield, Massachusetts", "Springfield, Ontario, CA"],
            jo.Page.QuerySelectorAll("[aria-labelledby=namesakes] a").Select(a => a.TextContent.Trim()));
        Assert.Equal("/find?near=Springfield,%20Massachusetts,%20US&language=es", jo.Page.QuerySelector("[aria-labelledby=namesakes] a")!.GetAttribute("href"));

        foreach (var typed in (string[])["Springfield, Missouri", "Springfield MO", "65801"])
        {
            await jo.Go($"/find?near={Uri.EscapeDataString(typed)}");
            Assert.Null(jo.Page.QuerySelector("#namesakes"));
        }

        static object Called(string name, string region, string country, int population) => new { id = $"{name}{region}", name, region, country, population };
    }

    [Fact]
    public async Task A_search_that_cannot_be_read_is_not_taken_for_a_place()
    {
        site.Town.Refuse("GET /api/v1/practitioners", 400, "validation");
        Assert.Equal("We could not read that search", (await site.Visitor().Go("/find?bbox=nowhere")).Heading);
    }

    [Theory]
    [InlineData("", "Next free times, Denver time")]
    [InlineData("&within=7", "Next free times, Denver time")]
    [InlineData("&timeOfDay=morning&timeOfDay=evening", "Next free times in the morning or evening, Denver time")]
    [InlineData("&weekday=thursday&timeOfDay=evening", "Next free times on a Thursday evening, Denver time")]
    [InlineData("&weekday=friday&weekday=monday&weekday=tuesday", "Next free times on a Monday, Tuesday or Friday, Denver time")]
    [InlineData("&weekday=saturday&timeOfDay=morning&timeOfDay=afternoon", "Next free times on a Saturday, in the morning or afternoon, Denver time")]
    public async Task The_times_are_those_that_were_asked_for_and_lead_to_booking_them(string asked, string words)
    {
        var jo = await site.Visitor().Go($"/find?near=Denver{asked}");
        Assert.Equal(words, jo.Page.QuerySelector(".soon p")!.TextContent);
        var time = jo.Page.QuerySelector(".soon a")!.GetAttribute("href")!;
        Assert.StartsWith($"/practitioners/{Town.Slug}/times?service={Town.Visit}&pick=", time, StringComparison.Ordinal);
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
        Assert.Contains("We cannot show free times at the moment.", jo.Text, StringComparison.Ordinal);
        Assert.NotNull(jo.Page.QuerySelector(".reach a"));
    }

    [Fact]
    public async Task A_training_without_proof_is_what_the_practitioner_says()
    {
        var jo = await site.Visitor().Go($"/practitioners/{Town.Slug}");
        Assert.Equal(
            ["Confirmed by Upledger Institute International, valid to 31 May 2027", "They say so themselves: valid until 31 May 2030"],
            jo.Page.QuerySelectorAll(".trainings small").Select(s => s.TextContent));
    }

    [Fact]
    public async Task Nobody_is_led_to_times_that_are_known_to_be_none()
    {
        site.Town.On($"GET /api/v1/practitioners/{Town.Slug}/openings", _ => Results.Json(new { timeZone = "America/Denver", days = Array.Empty<object>() }));
        var jo = await site.Visitor().Go($"/practitioners/{Town.Slug}");
        Assert.Contains("No free time in the next weeks.", jo.Text, StringComparison.Ordinal);
        Assert.Null(jo.Page.QuerySelector(".reach a"));
    }

    [Fact]
    public async Task Nobody_unpublished_has_a_page()
    {
        var jo = await site.Visitor().Go("/practitioners/nobody");
        Assert.Equal(HttpStatusCode.NotFound, jo.Last.StatusCode);
        Assert.Equal("There is no such page", jo.Heading);
    }
}
