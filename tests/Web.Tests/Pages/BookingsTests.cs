using System.Net;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Web.Tests.Pages;

public sealed class BookingsTests : IAsyncLifetime
{
    private Site site = null!;

    public async Task InitializeAsync() => site = await Site.Open();

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task The_link_of_a_mail_becomes_a_cookie_and_a_clean_address()
    {
        site.Town.Status = "confirmed";
        var jo = await site.Visitor().Go($"/manage/{Town.Booking}?token={Town.ManageToken}");
        Assert.Equal($"/bookings/{Town.Booking}", jo.Last.Headers.Location?.OriginalString);
        Assert.DoesNotContain(jo.Cookies, c => c.Contains(Town.ManageToken, StringComparison.Ordinal));
        await jo.Follow();
        Assert.Equal("Your visit is booked", jo.Heading);
        Assert.Contains("Tuesday 1 December, 9:00 am, Denver time", jo.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_link_opens_nothing()
    {
        var jo = await site.Visitor().Go($"/manage/{Town.Booking}?token=wrong");
        Assert.Empty(jo.Cookies);
        await jo.Follow();
        Assert.Equal("Please open the link in your email", jo.Heading);
        await jo.Go($"/bookings/{Town.Booking}");
        Assert.Equal("/bookings/closed", jo.Last.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("refunded", "$60.00 goes back to your card")]
    [InlineData("refundReturned", "$60.00 did not reach your card.")]
    public async Task Money_that_is_still_to_come_back_is_told_as_it_stands(string latest, string said)
    {
        site.Town.On($"GET /api/v1/bookings/{Town.Booking}", _ => Results.Json(new
        {
            id = Town.Booking,
            status = "cancelledByClient",
            start = Town.Nine,
            end = Town.Nine,
            practitioner = new { id = Town.Ana, name = "Ana Reyes" },
            service = new { id = Town.Visit, name = "Visit" },
            location = new { id = Town.Studio, timeZone = "America/Denver" },
            refundDue = Town.Price(6000),
            history = new[] { new { at = Town.Nine, @event = "paid" }, new { at = Town.Nine, @event = "refunded" }, new { at = Town.Nine, @event = latest } },
        }));
        var jo = await site.Visitor().Go($"/bookings/{Town.Booking}");
        Assert.Contains(said, jo.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("confirmed", 5, "Your visit is booked", "is on its way to your inbox")]
    [InlineData("moved", 5, "Your visit has moved", "A new calendar entry is on its way")]
    [InlineData("moved", 90, "Your visit is booked", "The confirmation in your inbox")]
    public async Task What_was_agreed_last_is_said_while_it_is_news(string latest, int minutesAgo, string heading, string said)
    {
        site.Town.Status = "confirmed";
        var booked = System.Text.Json.JsonSerializer.SerializeToNode(site.Town.Booked())!;
        booked["history"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["at"] = site.Clock.GetUtcNow().AddMinutes(-minutesAgo), ["event"] = latest });
        site.Town.On($"GET /api/v1/bookings/{Town.Booking}", _ => Results.Json(booked));
        var jo = await Opened();
        Assert.Equal(heading, jo.Heading);
        Assert.Contains(said, jo.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_is_booked_is_said_to_be_online()
    {
        site.Town.Status = "confirmed";
        var booked = System.Text.Json.JsonSerializer.SerializeToNode(site.Town.Booked())!;
        booked["location"]!["format"] = "online";
        site.Town.On($"GET /api/v1/bookings/{Town.Booking}", _ => Results.Json(booked));
        Assert.Contains("WhereOnline", (await Opened()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_for_the_payment_works_without_scripts_and_says_when_it_is_over()
    {
        var jo = await Opened();
        Assert.Equal("Waiting for your payment", jo.Heading);
        Assert.Equal("refresh", jo.Page.QuerySelector("noscript meta")?.GetAttribute("http-equiv") ?? (jo.Page.Head!.InnerHtml.Contains("http-equiv=\"refresh\"", StringComparison.Ordinal) ? "refresh" : null));
        await jo.Go($"/bookings/{Town.Booking}/state");
        Assert.Equal("""{"settled":false}""", await jo.Last.Content.ReadAsStringAsync());
        site.Town.Status = "confirmed";
        await jo.Go($"/bookings/{Town.Booking}");
        Assert.Equal("Your visit is booked", jo.Heading);
        Assert.Null(jo.Page.QuerySelector("[data-waits-for]"));
    }

    [Fact]
    public async Task A_time_that_is_not_to_be_paid_for_can_be_let_go()
    {
        site.Town.On($"GET /api/v1/bookings/{Town.Booking}/cancel-preview", _ => Results.Json(new { refund = Town.Price(0) }));
        site.Town.On($"POST /api/v1/bookings/{Town.Booking}/cancel", _ =>
        {
            site.Town.Status = "cancelledByClient";
            return Results.Json(new { status = "cancelledByClient", refund = Town.Price(0) });
        });
        var jo = await Opened();
        await jo.Go(jo.Page.QuerySelector("main .actions a.back")!.GetAttribute("href")!);
        Assert.Equal("Let this time go?", jo.Heading);
        Assert.DoesNotContain("no refund", jo.Text, StringComparison.Ordinal);
        await (await jo.Press("Let the time go")).Follow();
        Assert.Equal("You cancelled this visit", jo.Heading);
    }

    [Fact]
    public async Task Cancelling_shows_the_sum_first_and_agrees_to_no_other()
    {
        site.Town.Status = "confirmed";
        site.Town.On($"GET /api/v1/bookings/{Town.Booking}/cancel-preview", _ => Results.Json(new { refund = Town.Price(12000), keeps = Town.Price(0) }));
        site.Town.On($"POST /api/v1/bookings/{Town.Booking}/cancel", asked =>
        {
            if (asked.Json.GetProperty("refund").GetProperty("amount").GetInt64() != 6000)
                return Results.Text("""{"type":"urn:problem:state-conflict","status":409}""", "application/problem+json", statusCode: 409);
            site.Town.Status = "cancelledByClient";
            return Results.Json(new { status = "cancelledByClient", refund = Town.Price(6000) });
        });
        var jo = await Opened();
        await jo.Go($"/bookings/{Town.Booking}/cancel");
        Assert.Contains("$120.00 goes back to your card, usually in 5–10 days.", jo.Text, StringComparison.Ordinal);

        site.Town.On($"GET /api/v1/bookings/{Town.Booking}/cancel-preview", _ => Results.Json(new { refund = Town.Price(6000), keeps = Town.Price(6000) }));
        await jo.Press("Cancel the visit");
        Assert.Contains("The refund has changed to $60.00.", jo.Text, StringComparison.Ordinal);

        await jo.Press("Cancel the visit");
        var asked = site.Town.To($"POST /api/v1/bookings/{Town.Booking}/cancel").Last();
        Assert.Equal("""{"amount":6000,"currency":"USD"}""", asked.Json.GetProperty("refund").GetRawText());
        Assert.Equal(Town.ManageToken, asked.Headers["X-Manage-Token"]);
        Assert.False(string.IsNullOrEmpty(asked.Headers["Idempotency-Key"]));
        await jo.Follow();
        Assert.Equal("You cancelled this visit", jo.Heading);
    }

    [Fact]
    public async Task Moving_shows_what_it_means_before_anything_moves()
    {
        const string two = "2026-12-01T14:00:00-07:00";
        site.Town.Status = "confirmed";
        site.Town.On($"GET /api/v1/bookings/{Town.Booking}/reschedule-preview", _ => Results.Json(new { start = two, end = two, policy = new { text = "", tiers = new[] { new { until = "2026-11-30T14:00:00-07:00", refund = Town.Price(12000) } } } }));
        site.Town.On($"POST /api/v1/bookings/{Town.Booking}/reschedule", _ => Results.Json(new { }));
        var jo = await Opened();
        await jo.Go($"/bookings/{Town.Booking}/reschedule?Time={Uri.EscapeDataString($"{two}|{Town.Studio}")}");
        Assert.Contains("There is nothing more to pay.", jo.Text, StringComparison.Ordinal);
        Assert.Contains("Until Monday 30 November, 2:00 pm: $120.00 comes back.", jo.Text, StringComparison.Ordinal);
        Assert.Empty(site.Town.To($"POST /api/v1/bookings/{Town.Booking}/reschedule"));
        await jo.Press("Move the visit");
        Assert.Equal(two, Assert.Single(site.Town.To($"POST /api/v1/bookings/{Town.Booking}/reschedule")).Json.GetProperty("start").GetString());
        Assert.Equal($"/bookings/{Town.Booking}", jo.Last.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Times_to_move_to_are_told_by_the_clock_that_the_page_names()
    {
        site.Town.Status = "confirmed";
        var jo = await Opened();
        await jo.Go($"/bookings/{Town.Booking}/reschedule");
        Assert.Contains("All times are Denver time.", jo.Text, StringComparison.Ordinal);
        Assert.Contains("timeZone=America%2FDenver", site.Town.To($"GET /api/v1/practitioners/{Town.Slug}/openings").Last().Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_move_to_another_place_says_where_and_by_the_clock_there()
    {
        const string two = "2026-12-01T14:00:00-07:00";
        var lakeside = new Guid("01980000-0000-7000-8000-000000000002");
        site.Town.Status = "confirmed";
        site.Town.On($"GET /api/v1/practitioners/{Town.Slug}", _ => Results.Json(new
        {
            id = Town.Ana,
            slug = Town.Slug,
            name = "Ana Reyes",
            locations = new[]
            {
                new { id = Town.Studio, addressLine = "1210 Clarkson Street", locality = "Denver", timeZone = "America/Denver" },
                new { id = lakeside, addressLine = "7 Lake Road", locality = "Chicago", timeZone = "America/Chicago" },
            },
        }));
        site.Town.On($"GET /api/v1/bookings/{Town.Booking}/reschedule-preview", _ => Results.Json(new { start = two, end = two }));
        var jo = await Opened();
        await jo.Go($"/bookings/{Town.Booking}/reschedule?Time={Uri.EscapeDataString($"{two}|{lakeside}")}");
        Assert.Contains("From9:00 am, Tuesday 1 December, Denver time", jo.Text, StringComparison.Ordinal);
        Assert.Contains("To3:00 pm, Tuesday 1 December, Chicago time", jo.Text, StringComparison.Ordinal);
        Assert.Contains("Where7 Lake Road, Chicago", jo.Text, StringComparison.Ordinal);

        await jo.Go($"/bookings/{Town.Booking}/reschedule?Time={Uri.EscapeDataString($"{two}|{Town.Studio}")}");
        Assert.Contains("To2:00 pm, Tuesday 1 December, Denver time", jo.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Where", jo.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(12000, "There is no refund any more.", "After that, nothing comes back.")]
    [InlineData(0, "Nothing was charged.", "comes back")]
    public async Task A_refund_is_only_spoken_of_while_there_is_money_that_can_come_back(int paid, string said, string unsaid)
    {
        site.Town.Status = "confirmed";
        var booked = System.Text.Json.JsonSerializer.SerializeToNode(site.Town.Booked())!;
        booked["paid"]!["amount"] = paid;
        if (paid > 0)
            booked["policy"]!["tiers"] = new System.Text.Json.Nodes.JsonArray();
        site.Town.On($"GET /api/v1/bookings/{Town.Booking}", _ => Results.Json(booked));
        site.Town.On($"GET /api/v1/bookings/{Town.Booking}/cancel-preview", _ => Results.Json(new { refund = Town.Price(0), until = "2026-11-30T09:00:00-07:00" }));
        var jo = await Opened();
        Assert.Equal(paid > 0, jo.Text.Contains(said, StringComparison.Ordinal));
        Assert.DoesNotContain(unsaid, jo.Text, StringComparison.Ordinal);
        await jo.Go($"/bookings/{Town.Booking}/cancel");
        Assert.Contains(said, jo.Text, StringComparison.Ordinal);
        Assert.Equal(paid > 0, jo.Text.Contains("This refund applies until", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_move_to_a_time_that_is_gone_keeps_the_old_one()
    {
        site.Town.Status = "confirmed";
        site.Town.On($"GET /api/v1/bookings/{Town.Booking}/reschedule-preview", _ => Results.Json(new { start = Town.Nine }));
        site.Town.Refuse($"POST /api/v1/bookings/{Town.Booking}/reschedule", 409, "slot-taken");
        var jo = await Opened();
        await jo.Go($"/bookings/{Town.Booking}/reschedule?Time={Uri.EscapeDataString($"{Town.Nine}|{Town.Studio}")}");
        await jo.Press("Move the visit");
        Assert.Equal(HttpStatusCode.OK, jo.Last.StatusCode);
        Assert.Contains("Your visit stays where it was.", jo.Text, StringComparison.Ordinal);
    }

    private async Task<Visitor> Opened()
    {
        var jo = await site.Visitor().Go($"/manage/{Town.Booking}?token={Town.ManageToken}");
        return await jo.Follow();
    }
}
