using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TestKit;
using Xunit;

namespace Web.Tests.Door;

public sealed class DoorTests
{
    [Fact]
    public async Task Every_answer_tells_the_browser_what_not_to_do()
    {
        await using var site = await Site.Open();
        var jo = site.Visitor();
        foreach (var address in (string[])["/", "/nothing-here", "/find?near=Denver"])
        {
            await jo.Go(address);
            var policy = jo.Last.Headers.GetValues("Content-Security-Policy").Single();
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("form-action 'self' https://checkout.stripe.com https://connect.stripe.com http://127.0.0.1:4242;", policy, StringComparison.Ordinal);
            var nonce = jo.Page.QuerySelector("script")!.GetAttribute("nonce")!;
            Assert.Contains($"script-src 'nonce-{nonce}'", policy, StringComparison.Ordinal);
            Assert.All(jo.Page.QuerySelectorAll("script:not([type='application/ld+json'])"), script => Assert.Empty(script.TextContent));
            Assert.All(jo.Page.QuerySelectorAll("script"), script => Assert.Equal(nonce, script.GetAttribute("nonce")));
            Assert.Empty(jo.Page.QuerySelectorAll("[style], style, [onclick]"));
            Assert.Equal("nosniff", jo.Last.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("same-origin", jo.Last.Headers.GetValues("Referrer-Policy").Single());
        }
    }

    [Fact]
    public async Task A_nonce_is_used_once()
    {
        await using var site = await Site.Open();
        var jo = site.Visitor();
        var first = (await jo.Go("/")).Page.QuerySelector("script")!.GetAttribute("nonce");
        Assert.NotEqual(first, (await jo.Go("/")).Page.QuerySelector("script")!.GetAttribute("nonce"));
    }

    [Fact]
    public async Task A_dead_service_shows_a_calm_page()
    {
        await using var site = await Site.Open(own: ("BOOKINGS_URL", "http://127.0.0.1:9"));
        var jo = await site.Visitor().Go($"/bookings/{Town.Booking}");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, jo.Last.StatusCode);
        Assert.Equal("One moment, please", jo.Heading);
        Assert.Equal($"/bookings/{Town.Booking}", jo.Page.QuerySelector("main a")!.GetAttribute("href"));
        Assert.DoesNotContain("Exception", jo.Page.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_for_one_person_is_kept_by_nobody_on_the_way()
    {
        await using var site = await Site.Open();
        site.Town.On($"GET /api/v1/bookings/{Town.Booking}/calendar.ics", _ => Results.Text("BEGIN:VCALENDAR", "text/calendar"));
        site.Town.On("GET /api/v1/me/export", _ => Results.Json(new { account = "ana@example.org" }));
        var ana = await site.SignedIn("client");
        foreach (var address in (string[])[$"/manage/{Town.Booking}?token={Town.ManageToken}", $"/bookings/{Town.Booking}/state", $"/bookings/{Town.Booking}/calendar.ics", "/account?handler=Export"])
        {
            await ana.Go(address);
            Assert.True((int)ana.Last.StatusCode < 400 && ana.Last.Headers.CacheControl?.NoStore == true, address);
        }
    }

    [Fact]
    public async Task An_unknown_program_path_is_a_problem_whatever_is_accepted()
    {
        await using var site = await Site.Open();
        await Refusal.Is((await site.Visitor().Go("/api/v1/nothing-here")).Last, 404, "not-found");
    }

    [Fact]
    public async Task The_description_is_that_of_all_services_without_what_is_internal()
    {
        await using var site = await Site.Open();
        site.Town.On("GET /openapi/v1.json", _ => Results.Text("""
            {"openapi":"3.1.1","paths":{"/api/v1/holds/":{"post":{"operationId":"HoldTime","requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Request"}}}},"responses":{"201":{}}}},
             "/internal/claims":{"post":{}},"/health/live":{"get":{}}},"components":{"schemas":{"Request":{"type":"object"}}}}
            """, "application/json"));
        var jo = await site.Visitor().Go("/openapi/v1.json");
        var paths = JsonDocument.Parse(await jo.Last.Content.ReadAsStringAsync()).RootElement.GetProperty("paths");
        Assert.Equal(["/api/v1/holds"], paths.EnumerateObject().Select(p => p.Name));
        Assert.Contains("Hold time", (await jo.Go("/docs/api")).Text, StringComparison.Ordinal);
        Assert.Equal(6, site.Town.To("GET /openapi/v1.json").Count());
    }

    [Fact]
    public async Task A_description_with_a_part_missing_is_none()
    {
        await using var site = await Site.Open(own: ("BOOKINGS_URL", "http://127.0.0.1:9"));
        site.Town.On("GET /openapi/v1.json", _ => Results.Text("""{"paths":{}}""", "application/json"));
        await Refusal.Is((await site.Visitor().Go("/openapi/v1.json")).Last, 503, "unavailable");
    }

    [Fact]
    public async Task Two_shapes_of_one_name_both_stay()
    {
        await using var second = await Town.Build();
        await using var site = await Site.Open(own: ("BOOKINGS_URL", second.Peer.Url.ToString()));
        site.Town.On("GET /openapi/v1.json", _ => Results.Text("""{"paths":{"/api/v1/a":{"get":{"x":{"$ref":"#/components/schemas/Request"}}}},"components":{"schemas":{"Request":{"type":"object"}}}}""", "application/json"));
        second.On("GET /openapi/v1.json", _ => Results.Text("""{"paths":{"/api/v1/b":{"get":{"x":{"$ref":"#/components/schemas/Request"}}}},"components":{"schemas":{"Request":{"type":"string"}}}}""", "application/json"));
        var document = JsonDocument.Parse(await (await site.Visitor().Go("/openapi/v1.json")).Last.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("#/components/schemas/BookingsRequest", document.GetProperty("paths").GetProperty("/api/v1/b").GetProperty("get").GetProperty("x").GetProperty("$ref").GetString());
        Assert.Equal("string", document.GetProperty("components").GetProperty("schemas").GetProperty("BookingsRequest").GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("""{"status":"ready","database":true,"broker":true}""", HttpStatusCode.OK)]
    [InlineData("""{"status":"ready","database":true,"broker":false}""", HttpStatusCode.ServiceUnavailable)]
    [InlineData("""{"status":"unready","database":false,"broker":true}""", HttpStatusCode.ServiceUnavailable)]
    public async Task The_house_is_ready_when_all_of_it_is(string answer, HttpStatusCode expected)
    {
        await using var site = await Site.Open();
        site.Town.On("GET /health/ready", _ => Results.Text(answer, "application/json"));
        Assert.Equal(expected, (await site.Visitor().Go("/health/ready")).Last.StatusCode);
    }

    [Fact]
    public async Task Mails_are_shown_in_development_only()
    {
        await using var house = await Site.Open();
        house.Town.On("GET /internal/mail", _ => Results.Json(new { items = new[] { new { name = "a", to = "jo@example.org", subject = "Visit with Ana Reyes", sentAt = "2026-11-23T09:00:00Z" } } }));
        Assert.Contains("Visit with Ana Reyes", (await house.Visitor().Go("/dev/mail")).Text, StringComparison.Ordinal);
        Assert.StartsWith("Bearer ", house.Town.To("GET /internal/mail").Single().Headers["Authorization"], StringComparison.Ordinal);

        await using var live = await Site.Open("Production", ("PUBLIC_URL", "https://stillpoint.example"));
        Assert.Equal(HttpStatusCode.NotFound, (await live.Visitor().Go("/dev/mail")).Last.StatusCode);
        Assert.Empty(live.Town.To("GET /internal/mail"));
    }

    [Fact]
    public async Task Behind_a_door_that_takes_tls_off_cookies_still_ask_for_it()
    {
        await using var live = await Site.Open("Production", ("PUBLIC_URL", "https://stillpoint.example"));
        var jo = await live.Visitor().Go("/sign-in");
        Assert.Equal(HttpStatusCode.OK, jo.Last.StatusCode);
        Assert.NotEmpty(jo.Cookies);
        Assert.All(jo.Cookies, cookie => Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_demonstration_says_so_and_asks_not_to_be_listed()
    {
        await using var demo = await Site.Open();
        var jo = await demo.Visitor().Go("/");
        Assert.Contains("A demonstration.", jo.Text, StringComparison.Ordinal);
        Assert.NotNull(jo.Page.QuerySelector("meta[name=robots][content=noindex]"));

        await using var real = await Site.Open(own: ("STRIPE_API_KEY", "sk_live_of_nobody"));
        // Only what may be read can ask not to be listed.
        await jo.Go("/robots.txt");
        Assert.Equal("noindex", jo.Last.Headers.GetValues("X-Robots-Tag").Single());
        Assert.DoesNotContain("Sitemap:", await jo.Last.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var jane = await real.Visitor().Go("/");
        Assert.DoesNotContain("A demonstration.", jane.Text, StringComparison.Ordinal);
        Assert.Null(jane.Page.QuerySelector("meta[name=robots]"));
        await jane.Go("/robots.txt");
        Assert.Contains("Sitemap: http://localhost:8080/sitemap.xml\n", await jane.Last.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_a_page_loads_is_there_and_small()
    {
        await using var site = await Site.Open();
        var jo = await site.Visitor().Go("/");
        var parts = jo.Page.QuerySelectorAll("link[href], script[src], use[href]").Select(e => (e.GetAttribute("href") ?? e.GetAttribute("src"))!.Split('#')[0]).Distinct().ToList();
        var size = 0;
        foreach (var part in parts)
        {
            await jo.Go(part);
            Assert.Equal(HttpStatusCode.OK, jo.Last.StatusCode);
            size += (await jo.Last.Content.ReadAsByteArrayAsync()).Length;
        }
        Assert.InRange(size, 10_000, 100_000);
    }
}
