using Microsoft.AspNetCore.Http;
using Xunit;

namespace Web.Tests.Pages;

public sealed class DeskTests : IAsyncLifetime
{
    private const string Listing = """
        {"id":"01980000-0000-7000-8000-0000000000aa","status":"draft","isPublished":false,"hasChanges":false,"issues":[],"credentials":[],
         "name":"Ana Reyes","headline":"Quiet work.","languages":["en"],"acceptsNew":true,"slidingScale":false,
         "trainings":[{"id":"01980000-0000-7000-8000-0000000000c1","issuer":"upledger","credential":"upledger:cst-t","level":"upledger:cst-t","from":"2016-03-01"}],
         "locations":[{"id":"01980000-0000-7000-8000-000000000001","name":"Studio","addressLines":["1210 Clarkson Street"],"locality":"Denver","country":"US","lat":39.7,"lon":-104.9,"approximate":false,"timeZone":"America/Denver","formats":["inPerson"],"access":[]}],
         "services":[{"id":"01980000-0000-7000-8000-00000000000a","name":"Visit","minutes":60,"price":{"amount":12050,"currency":"USD"},"firstVisit":false,"bookingMode":"instant","formats":["inPerson"]}],
         "policy":{"text":"As usual.","tiers":[{"hoursBefore":24,"refundPercent":100}]}}
        """;

    private const string Hours = """
        {"locations":[{"locationId":"01980000-0000-7000-8000-000000000001","timeZone":"America/Denver","weekly":[{"day":"monday","from":"09:00","to":"12:00"}]}],
         "minimumNoticeMinutes":720,"horizonDays":60,"startIntervalMinutes":30,"bufferBeforeMinutes":0,"bufferAfterMinutes":15}
        """;

    private Site site = null!;

    public async Task InitializeAsync()
    {
        site = await Site.Open();
        site.Town.On("GET /api/v1/me/listing", asked => Tagged(Listing));
        site.Town.On("PUT /api/v1/me/listing", asked => Tagged(Listing));
        site.Town.On("GET /api/v1/me/schedule", asked => Tagged(Hours));
        site.Town.On("PUT /api/v1/me/schedule", asked => Tagged(Hours));
    }

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task A_listing_goes_back_as_it_came_but_for_what_was_changed()
    {
        var ana = await site.SignedIn("practitioner");
        await ana.Go("/desk/listing");
        Assert.Equal("120.50", ana.Page.QuerySelector("#Form_Services_0__Amount")!.GetAttribute("value"));
        await ana.Press("Save", ("Form.Headline", "Slow work."), ("Form.Services[0].Amount", "99.90"));

        var sent = Assert.Single(site.Town.To("PUT /api/v1/me/listing"));
        Assert.Equal("W/\"7\"", sent.Headers["If-Match"]);
        Assert.Equal("Slow work.", sent.Json.GetProperty("headline").GetString());
        Assert.Equal("""{"amount":9990,"currency":"USD"}""", sent.Json.GetProperty("services")[0].GetProperty("price").GetRawText());
        Assert.Equal("upledger:cst-t", sent.Json.GetProperty("trainings")[0].GetProperty("level").GetString());
        Assert.Equal(39.7, sent.Json.GetProperty("locations")[0].GetProperty("lat").GetDouble());
        Assert.Equal(1, sent.Json.GetProperty("policy").GetProperty("tiers").GetArrayLength());
        Assert.False(sent.Json.TryGetProperty("status", out _));
    }

    [Fact]
    public async Task Rows_come_and_go_without_a_script_and_nothing_typed_is_lost()
    {
        var ana = await site.SignedIn("practitioner");
        await ana.Go("/desk/listing");
        await ana.Press("Add a visit", ("Form.Headline", "Half a sentence"));
        Assert.NotNull(ana.Page.QuerySelector("#Form_Services_1__Name"));
        Assert.Equal("Half a sentence", ana.Page.QuerySelector("#Form_Headline")!.GetAttribute("value"));
        await ana.Press("Remove this visit");
        Assert.Null(ana.Page.QuerySelector("#Form_Services_1__Name"));
        Assert.Empty(site.Town.To("PUT /api/v1/me/listing"));
    }

    [Fact]
    public async Task What_the_directory_refuses_is_pointed_at_in_the_form()
    {
        site.Town.Refuse("PUT /api/v1/me/listing", 400, "validation", new { errors = new Dictionary<string, string[]> { ["services[0].minutes"] = ["15 to 180 minutes, in steps of 5."] } });
        var ana = await site.SignedIn("practitioner");
        await ana.Go("/desk/listing");
        await ana.Press("Save", ("Form.Services[0].Minutes", "7"));
        Assert.Equal("#Form_Services_0__Minutes", ana.Page.QuerySelector("[data-mistakes] a")!.GetAttribute("href"));
        Assert.Equal("7", ana.Page.QuerySelector("#Form_Services_0__Minutes")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_version_changed_elsewhere_is_not_overwritten_unseen()
    {
        site.Town.Refuse("PUT /api/v1/me/listing", 412, "stale-version");
        var ana = await site.SignedIn("practitioner");
        await ana.Go("/desk/listing");
        await ana.Press("Save", ("Form.Headline", "Mine"));
        Assert.Contains("changed in another window", ana.Text, StringComparison.Ordinal);
        Assert.Equal("Mine", ana.Page.QuerySelector("#Form_Headline")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Hours_are_written_into_the_empty_row_of_a_day()
    {
        var ana = await site.SignedIn("practitioner");
        await ana.Go("/desk/hours");
        await ana.Press("Save these hours", ("Form.Places[0].Ranges[2].From", "13:00"), ("Form.Places[0].Ranges[2].To", "18:30"));
        var weekly = Assert.Single(site.Town.To("PUT /api/v1/me/schedule")).Json.GetProperty("locations")[0].GetProperty("weekly");
        Assert.Equal("""[{"day":"monday","from":"09:00","to":"12:00"},{"day":"tuesday","from":"13:00","to":"18:30"}]""", weekly.GetRawText());
    }

    [Fact]
    public async Task What_the_hours_page_does_not_show_stays_as_it_was()
    {
        const string limited = """
            {"locations":[{"locationId":"01980000-0000-7000-8000-000000000001","timeZone":"America/Denver",
               "weekly":[{"day":"monday","from":"09:00","to":"12:00","services":["01980000-0000-7000-8000-00000000000a"]}],
               "later":[{"from":"2027-03-01","weekly":[{"day":"friday","from":"10:00","to":"16:00"}]}]}],
             "minimumNoticeMinutes":720,"horizonDays":60,"startIntervalMinutes":30,"bufferBeforeMinutes":0,"bufferAfterMinutes":15,"maxPerWeek":20,"travelGapMinutes":30}
            """;
        site.Town.On("GET /api/v1/me/schedule", _ => Tagged(limited));
        var ana = await site.SignedIn("practitioner");
        await ana.Go("/desk/hours");
        await ana.Press("Save these hours", ("Form.Places[0].Ranges[0].To", "13:00"));
        var saved = Assert.Single(site.Town.To("PUT /api/v1/me/schedule")).Json;
        var location = saved.GetProperty("locations")[0];
        Assert.Equal("""[{"day":"monday","from":"09:00","to":"13:00","services":["01980000-0000-7000-8000-00000000000a"]}]""", location.GetProperty("weekly").GetRawText());
        Assert.Equal("""[{"from":"2027-03-01","weekly":[{"day":"friday","from":"10:00","to":"16:00"}]}]""", location.GetProperty("later").GetRawText());
        Assert.Equal((20, 30), (saved.GetProperty("maxPerWeek").GetInt32(), saved.GetProperty("travelGapMinutes").GetInt32()));
    }

    [Fact]
    public async Task Half_a_range_is_asked_about()
    {
        var ana = await site.SignedIn("practitioner");
        await ana.Go("/desk/hours");
        await ana.Press("Save these hours", ("Form.Places[0].Ranges[2].From", "13:00"));
        Assert.Empty(site.Town.To("PUT /api/v1/me/schedule"));
        Assert.Equal("#Form_Places_0__Ranges_2__From", ana.Page.QuerySelector("[data-mistakes] a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_moderator_decides_with_a_reason_about_the_version_that_was_read()
    {
        var decision = $"POST /api/v1/moderation/listings/{Town.Ana}/approve";
        site.Town.On("GET /api/v1/moderation/queue", _ => Results.Text($$"""{"items":[{"practitionerId":"{{Town.Ana}}","version":7,"submittedAt":"2026-11-22T10:00:00Z","listing":{{Listing}},"issues":[]}]}""", "application/json"));
        site.Town.On(decision, _ => Results.Json(new { }));
        var mo = await site.SignedIn("moderator");
        await mo.Go("/moderation");
        await mo.Press("Show it");
        Assert.Contains("Please give a reason", mo.Text, StringComparison.Ordinal);
        Assert.Empty(site.Town.To(decision));
        await mo.Press("Show it", ("Reason", "All seen."));
        Assert.Equal("""{"reason":"All seen.","version":7}""", Assert.Single(site.Town.To(decision)).Body);
    }

    [Fact]
    public async Task A_visit_is_moved_from_the_week_and_seen_there_again()
    {
        site.Town.Status = "confirmed";
        site.Town.On($"GET /api/v1/bookings/{Town.Booking}", _ => Results.Json(site.Town.Booked()));
        site.Town.On("GET /api/v1/me/bookings", _ => Results.Json(new { items = new[] { site.Town.Booked() } }));
        site.Town.On($"GET /api/v1/bookings/{Town.Booking}/reschedule-preview", _ => Results.Json(new { start = "2026-12-08T09:00:00-07:00" }));
        site.Town.On($"POST /api/v1/bookings/{Town.Booking}/reschedule", _ => Results.Json(site.Town.Booked()));
        var ana = await site.SignedIn("practitioner");
        await ana.Go("/desk/week?of=2026-12-01");
        await ana.Go(ana.Page.QuerySelectorAll("main a").Single(a => a.TextContent.StartsWith("Move it", StringComparison.Ordinal)).GetAttribute("href")!);
        Assert.Equal("When should it be instead?", ana.Heading);
        await ana.Go($"/bookings/{Town.Booking}/reschedule?time=2026-12-08T09:00:00-07:00|{Town.Studio}");
        Assert.Contains("Your client gets an email with the new time.", ana.Text, StringComparison.Ordinal);
        await ana.Press("Move the visit");
        Assert.Equal("/desk/week?of=2026-12-08&done=moved", ana.Last.Headers.Location?.OriginalString);
        Assert.All(site.Town.To($"POST /api/v1/bookings/{Town.Booking}/reschedule"), a => Assert.StartsWith("Bearer ", a.Headers["Authorization"], StringComparison.Ordinal));
        await ana.Go($"/bookings/{Town.Booking}");
        Assert.Equal("/desk/week?of=2026-12-01", ana.Last.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_part_of_what_was_paid_is_given_back_from_the_week()
    {
        var paid = System.Text.Json.JsonSerializer.SerializeToNode(site.Town.Booked())!;
        (paid["paid"], paid["refunded"], paid["actions"]) = (new System.Text.Json.Nodes.JsonObject { ["amount"] = 12000, ["currency"] = "USD" }, new System.Text.Json.Nodes.JsonObject { ["amount"] = 2000, ["currency"] = "USD" }, new System.Text.Json.Nodes.JsonArray("refund"));
        site.Town.On("GET /api/v1/me/bookings", _ => Results.Json(new { items = new[] { paid } }));
        var refund = $"POST /api/v1/me/bookings/{Town.Booking}/refund";
        site.Town.On(refund, _ => Results.Json(new { }));
        var ana = await site.SignedIn("practitioner");
        await ana.Go("/desk/week?of=2026-12-01");
        Assert.Contains("At most $100.00.", ana.Text, StringComparison.Ordinal);
        await ana.Press("Give it back", ("amount", "all of it"));
        Assert.Contains("Please give the sum as a number", ana.Text, StringComparison.Ordinal);
        Assert.Empty(site.Town.To(refund));
        await ana.Press("Give it back", ("amount", "60.50"));
        Assert.Equal("""{"amount":6050,"currency":"USD"}""", Assert.Single(site.Town.To(refund)).Json.GetProperty("amount").GetRawText());
        await ana.Follow();
        Assert.Contains("The money is on its way back to your client.", ana.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_week_is_the_one_of_the_clock_where_the_practitioner_works()
    {
        site.Town.On("GET /api/v1/me/bookings", _ => Results.Json(new { items = Array.Empty<object>() }));
        var ana = await site.SignedIn("practitioner");
        // Monday 23 November, 5:00 in UTC, is Sunday evening in Denver.
        site.Clock.Advance(new DateTimeOffset(2026, 11, 23, 5, 0, 0, TimeSpan.Zero) - site.Clock.GetUtcNow());
        await ana.Go("/desk/week");
        Assert.Equal("16 November to 22 November", ana.Heading);
    }

    [Fact]
    public async Task Rules_without_words_of_their_own_get_ours()
    {
        var ana = await site.SignedIn("practitioner");
        await ana.Go("/desk/listing");
        await ana.Press("Save", ("Form.Policy.Text", ""));
        Assert.Equal("Up to 24 hours before: everything comes back. Later than that: nothing comes back.", Assert.Single(site.Town.To("PUT /api/v1/me/listing")).Json.GetProperty("policy").GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    public async Task A_week_at_the_edge_of_the_calendar_is_this_week(string day)
    {
        site.Town.On("GET /api/v1/me/bookings", _ => Results.Json(new { items = Array.Empty<object>() }));
        var ana = await site.SignedIn("practitioner");
        await ana.Go($"/desk/week?of={day}");
        Assert.Equal("23 November to 29 November", ana.Heading);
    }

    private static TaggedAnswer Tagged(string json) => new TaggedAnswer(json);

    private sealed class TaggedAnswer(string json) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.ETag = "W/\"7\"";
            return Results.Text(json, "application/json").ExecuteAsync(httpContext);
        }
    }
}
