using Microsoft.AspNetCore.Http;
using Xunit;

namespace Web.Tests.Pages;

public sealed class WeekTests : AtTheDesk
{
    [Fact]
    public async Task A_visit_is_moved_from_the_week_and_seen_there_again()
    {
        Site.Town.Status = "confirmed";
        Site.Town.On($"GET /api/v1/bookings/{Town.Booking}", _ => Results.Json(Site.Town.Booked()));
        Site.Town.On("GET /api/v1/me/bookings", _ => Results.Json(new { items = new[] { Site.Town.Booked() } }));
        Site.Town.On($"GET /api/v1/bookings/{Town.Booking}/reschedule-preview", _ => Results.Json(new { start = "2026-12-08T09:00:00-07:00" }));
        Site.Town.On($"POST /api/v1/bookings/{Town.Booking}/reschedule", _ => Results.Json(Site.Town.Booked()));
        var ana = await Site.SignedIn("practitioner");
        await ana.Go("/desk/week?of=2026-12-01");
        await ana.Go(ana.Page.QuerySelectorAll("main a").Single(a => a.TextContent.StartsWith("Move it", StringComparison.Ordinal)).GetAttribute("href")!);
        Assert.Equal("When should it be instead?", ana.Heading);
        await ana.Go($"/bookings/{Town.Booking}/reschedule?time=2026-12-08T09:00:00-07:00|{Town.Studio}");
        Assert.Contains("Your client gets an email with the new time.", ana.Text, StringComparison.Ordinal);
        await ana.Press("Move the visit");
        Assert.Equal("/desk/week?of=2026-12-08&done=moved", ana.Last.Headers.Location?.OriginalString);
        Assert.All(Site.Town.To($"POST /api/v1/bookings/{Town.Booking}/reschedule"), a => Assert.StartsWith("Bearer ", a.Headers["Authorization"], StringComparison.Ordinal));
        await ana.Go($"/bookings/{Town.Booking}");
        Assert.Equal("/desk/week?of=2026-12-01", ana.Last.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_part_of_what_was_paid_is_given_back_from_the_week()
    {
        var paid = System.Text.Json.JsonSerializer.SerializeToNode(Site.Town.Booked())!;
        (paid["paid"], paid["refunded"], paid["actions"]) = (new System.Text.Json.Nodes.JsonObject { ["amount"] = 12000, ["currency"] = "USD" }, new System.Text.Json.Nodes.JsonObject { ["amount"] = 2000, ["currency"] = "USD" }, new System.Text.Json.Nodes.JsonArray("refund"));
        Site.Town.On("GET /api/v1/me/bookings", _ => Results.Json(new { items = new[] { paid } }));
        var refund = $"POST /api/v1/me/bookings/{Town.Booking}/refund";
        Site.Town.On(refund, _ => Results.Json(new { }));
        var ana = await Site.SignedIn("practitioner");
        await ana.Go("/desk/week?of=2026-12-01");
        Assert.Contains("At most $100.00.", ana.Text, StringComparison.Ordinal);
        await ana.Press("Give it back", ("amount", "all of it"));
        Assert.Contains("Please give the sum as a number", ana.Text, StringComparison.Ordinal);
        Assert.Empty(Site.Town.To(refund));
        await ana.Press("Give it back", ("amount", "60.50"));
        Assert.Equal("""{"amount":6050,"currency":"USD"}""", Assert.Single(Site.Town.To(refund)).Json.GetProperty("amount").GetRawText());
        await ana.Follow();
        Assert.Contains("The money is on its way back to your client.", ana.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_note_on_calling_off_is_sent_with_no_other_button()
    {
        var visit = System.Text.Json.JsonSerializer.SerializeToNode(Site.Town.Booked())!;
        visit["actions"] = new System.Text.Json.Nodes.JsonArray("complete", "noShow", "cancel");
        Site.Town.On("GET /api/v1/me/bookings", _ => Results.Json(new { items = new[] { visit } }));
        var cancel = $"POST /api/v1/me/bookings/{Town.Booking}/cancel";
        Site.Town.On(cancel, _ => Results.Json(new { }));
        var ana = await Site.SignedIn("practitioner");
        await ana.Go("/desk/week?of=2026-12-01");
        // Enter in a field of one line presses the first button of its form, which must never say that a visit took place.
        var note = ana.Page.QuerySelector("[name=reason]")!;
        Assert.Equal("textarea", note.LocalName);
        Assert.StartsWith("Cancel this visit", Assert.Single(note.Closest("form")!.QuerySelectorAll("button")).TextContent, StringComparison.Ordinal);
        await ana.Press("Cancel this visit", ("reason", "The boiler broke."));
        Assert.Equal("The boiler broke.", Assert.Single(Site.Town.To(cancel)).Json.GetProperty("reason").GetString());
        Assert.Equal("/desk/week?of=2026-11-30&done=cancel", ana.Last.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_week_has_all_its_visits_however_many_pages_they_fill()
    {
        Site.Town.Status = "confirmed";
        var (early, late) = (System.Text.Json.JsonSerializer.SerializeToNode(Site.Town.Booked())!, Site.Town.Booked());
        early["status"] = "expired";
        Site.Town.On("GET /api/v1/me/bookings", asked => asked.Query.Contains("cursor=more", StringComparison.Ordinal)
            ? Results.Json(new { items = new[] { late } })
            : Results.Json(new { items = new[] { early }, nextCursor = "more" }));
        var ana = await Site.SignedIn("practitioner");
        await ana.Go("/desk/week?of=2026-12-01");
        Assert.Single(ana.Page.QuerySelectorAll(".agenda > li"));
        Assert.All(Site.Town.To("GET /api/v1/me/bookings"), a => Assert.StartsWith("?from=2026-11-30&to=2026-12-06&limit=100", a.Query, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_week_is_the_one_of_the_clock_where_the_practitioner_works()
    {
        Site.Town.On("GET /api/v1/me/bookings", _ => Results.Json(new { items = Array.Empty<object>() }));
        var ana = await Site.SignedIn("practitioner");
        // Monday 23 November, 5:00 in UTC, is Sunday evening in Denver.
        Site.Clock.Advance(new DateTimeOffset(2026, 11, 23, 5, 0, 0, TimeSpan.Zero) - Site.Clock.GetUtcNow());
        await ana.Go("/desk/week");
        Assert.Equal("16 November to 22 November", ana.Heading);
    }

    [Fact]
    public async Task A_week_without_visits_leads_on_and_to_the_next_visit_if_there_is_one()
    {
        Site.Town.Status = "confirmed";
        Site.Town.On("GET /api/v1/me/bookings", asked => Results.Json(new { items = asked.Query.EndsWith("limit=1", StringComparison.Ordinal) ? new[] { Site.Town.Booked() } : [] }));
        var ana = await Site.SignedIn("practitioner");
        await ana.Go("/desk/week?of=2026-11-25");
        Assert.Equal(["/desk/hours", "/desk/visits/new", "/desk/week?of=2026-12-01"], ana.Page.QuerySelectorAll("h1 ~ p a").Select(a => a.GetAttribute("href")));
        Assert.Contains("The next one is on Tuesday 1 December.", ana.Text, StringComparison.Ordinal);
        Assert.Contains("from=2026-11-30", Site.Town.To("GET /api/v1/me/bookings").Last().Query, StringComparison.Ordinal);

        Site.Town.On("GET /api/v1/me/bookings", _ => Results.Json(new { items = Array.Empty<object>() }));
        await ana.Go("/desk/week?of=2026-11-25");
        Assert.Equal(["/desk/hours", "/desk/visits/new"], ana.Page.QuerySelectorAll("h1 ~ p a").Select(a => a.GetAttribute("href")));
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    public async Task A_week_at_the_edge_of_the_calendar_is_this_week(string day)
    {
        Site.Town.On("GET /api/v1/me/bookings", _ => Results.Json(new { items = Array.Empty<object>() }));
        var ana = await Site.SignedIn("practitioner");
        await ana.Go($"/desk/week?of={day}");
        Assert.Equal("23 November to 29 November", ana.Heading);
    }
}
