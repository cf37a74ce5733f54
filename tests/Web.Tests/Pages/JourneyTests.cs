using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Web.Tests.Pages;

public sealed class JourneyTests : IAsyncLifetime
{
    private Site site = null!;

    public async Task InitializeAsync() => site = await Site.Open();

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task A_stranger_books_and_ends_up_on_the_payment_page()
    {
        var jo = await site.AtReview();
        Assert.Contains("Book and pay $120", jo.Text, StringComparison.Ordinal);
        Assert.Contains("Free to change until Monday 30 November, 9:00 am. After that, half comes back; from Tuesday 1 December, 7:00 am on, nothing.", jo.Text, StringComparison.Ordinal);
        await jo.Press("Book and pay");

        Assert.Equal(new Uri(site.Town.Peer.Url, "/pay/1"), jo.Last.Headers.Location);
        var asked = Assert.Single(site.Town.To("POST /api/v1/bookings"));
        Assert.False(string.IsNullOrEmpty(asked.Headers["Idempotency-Key"]));
        Assert.Equal("hold-token", asked.Json.GetProperty("holdToken").GetString());
        Assert.Equal(Town.Nine, asked.Json.GetProperty("start").GetString());
        Assert.Equal("jo@example.org", asked.Json.GetProperty("client").GetProperty("email").GetString());
        Assert.Equal("America/Denver", asked.Json.GetProperty("client").GetProperty("timeZone").GetString());
        Assert.Equal("""{"version":"2026-11","noneApply":true}""", asked.Json.GetProperty("safety").GetRawText());
        Assert.Equal("""["clothed"]""", asked.Json.GetProperty("touch").GetRawText());
        Assert.True(asked.Json.GetProperty("acceptPolicies").GetBoolean());
    }

    [Fact]
    public async Task What_is_said_on_the_way_stays_out_of_addresses_and_readable_cookies()
    {
        var jo = await site.AtReview();
        await jo.Press("Book and pay");

        Assert.All(jo.Addresses, address => Assert.DoesNotMatch("(?i)jo@|Fielding|token|applies|clothed|headache", address));
        Assert.All(jo.Cookies, cookie =>
        {
            Assert.DoesNotMatch("(?i)jo@|hold-token|manage-token|clothed", Uri.UnescapeDataString(cookie));
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public async Task A_time_lost_at_the_last_moment_leads_back_to_the_times_and_books_nothing()
    {
        site.Town.Refuse("POST /api/v1/bookings", 409, "slot-taken");
        var jo = await site.AtReview();
        await jo.Press("Book and pay");
        await jo.Follow();
        Assert.Contains("Someone has just taken 9:00 am", jo.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_should_see_a_doctor_hears_so_and_nothing_is_kept()
    {
        var jo = await site.AtSafety();
        site.Town.On($"DELETE /api/v1/holds/{site.Town.LastHold}", _ => Results.NoContent());
        await jo.Press("Continue", ("Applies", "yes"));

        Assert.Equal("Please see a doctor first", jo.Heading);
        Assert.Contains("You have not been charged, and we kept no answers.", jo.Text, StringComparison.Ordinal);
        Assert.Contains("Call 911.", jo.Text, StringComparison.Ordinal);
        Assert.Single(site.Town.All, a => a.Question.StartsWith("DELETE /api/v1/holds/", StringComparison.Ordinal) && a.Headers["X-Hold-Token"] == "hold-token");
        await jo.Go("/book/review");
        Assert.Equal("/book/nothing", jo.Last.Headers.Location?.OriginalString);
        Assert.Empty(site.Town.To("POST /api/v1/bookings"));
    }

    [Fact]
    public async Task Whoever_should_see_a_doctor_hears_so_although_the_time_cannot_be_let_go()
    {
        var jo = await site.AtSafety();
        site.Town.On($"DELETE /api/v1/holds/{site.Town.LastHold}", _ => Results.StatusCode(503));
        await jo.Press("Continue", ("Applies", "yes"));

        Assert.Equal("Please see a doctor first", jo.Heading);
        Assert.DoesNotContain("free for others again", jo.Text, StringComparison.Ordinal);
        await jo.Go("/book/review");
        Assert.Equal("/book/nothing", jo.Last.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("child", "9", "2026", "infant")]
    [InlineData("baby", "9", "2021", "child")]
    public async Task A_child_whose_age_is_another_than_was_said_is_asked_the_list_for_its_age(string said, string month, string year, string list)
    {
        var jo = await (await site.AtSafety(said)).ToDetails();
        await (await jo.Press("Continue", [.. Kit, ("BirthMonth", month), ("BirthYear", year)])).Follow();
        await jo.Follow();
        Assert.Equal("/book/safety", jo.Addresses[^1]);
        Assert.Contains($"for={list}", site.Town.To("GET /api/v1/safety-screen").Last().Query, StringComparison.Ordinal);
        Assert.Contains("These questions fit the age on the day of the visit.", jo.Text, StringComparison.Ordinal);
        await (await jo.Press("Continue", ("Applies", "no"))).Follow();
        Assert.Equal("Is this right?", jo.Heading);
    }

    [Theory]
    [InlineData("child")]
    [InlineData("baby")]
    public async Task A_child_who_turns_one_in_the_month_of_the_visit_may_be_either(string said)
    {
        var jo = await (await site.AtSafety(said)).ToDetails();
        await (await jo.Press("Continue", [.. Kit, ("BirthMonth", "12"), ("BirthYear", "2025")])).Follow();
        Assert.Equal("Is this right?", jo.Heading);
    }

    [Fact]
    public async Task Another_child_is_asked_for_its_own_month_of_birth()
    {
        var jo = await (await site.AtSafety("baby")).ToDetails();
        await (await jo.Press("Continue", [.. Kit, ("BirthMonth", "9"), ("BirthYear", "2026")])).Follow();
        await jo.Go("/book/who");
        await (await jo.Press("Continue", ("For", "child"))).Follow();
        await (await jo.Press("Continue", ("Applies", "no"))).Follow();
        Assert.Equal(("/book/details", ""), (jo.Addresses[^1], jo.Page.QuerySelector("#BirthYear")!.GetAttribute("value") ?? ""));
    }

    [Fact]
    public async Task A_visit_that_is_only_had_at_home_asks_for_the_address_wherever_else_the_place_is_for()
    {
        List(["homeVisit"], ["inPerson", "homeVisit"]);
        var jo = await site.AtDetails();
        await (await jo.Press("Continue", ("Name", "Jo Fielding"), ("Email", "jo@example.org"), ("Street", "12 Elm Street"), ("Town", "Denver"))).Follow();
        Assert.Contains("At your home, 12 Elm Street, Denver", jo.Text, StringComparison.Ordinal);
        await jo.Press("Book and pay");
        Assert.Equal("12 Elm Street", Assert.Single(site.Town.To("POST /api/v1/bookings")).Json.GetProperty("visitAddress").GetProperty("line").GetString());
    }

    [Fact]
    public async Task A_call_asks_for_no_address_and_names_none()
    {
        List(["online"], ["homeVisit", "online"]);
        var jo = await site.AtDetails();
        Assert.Null(jo.Page.QuerySelector("#Street"));
        await (await jo.Press("Continue", ("Name", "Jo Fielding"), ("Email", "jo@example.org"))).Follow();
        Assert.Contains("WhereOnline", jo.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visit_that_is_no_longer_at_home_is_not_said_to_be_so()
    {
        List(["homeVisit"], ["homeVisit"]);
        var jo = await site.AtDetails();
        await (await jo.Press("Continue", ("Name", "Jo Fielding"), ("Email", "jo@example.org"), ("Street", "12 Elm Street"), ("Town", "Denver"))).Follow();
        List(["inPerson"], ["inPerson"]);
        await jo.Go("/book/review");
        Assert.Contains("Where1210 Clarkson Street, Denver", jo.Text, StringComparison.Ordinal);
        await jo.Press("Book and pay");
        Assert.False(Assert.Single(site.Town.To("POST /api/v1/bookings")).Json.TryGetProperty("visitAddress", out _));
    }

    [Fact]
    public async Task A_visit_that_has_become_one_at_home_asks_for_the_address_first()
    {
        List(["inPerson"], ["inPerson"]);
        var jo = await site.AtReview();
        List(["homeVisit"], ["homeVisit"]);
        await jo.Go("/book/review");
        Assert.Equal("/book/details", jo.Last.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Nobody_reaches_the_details_before_the_safety_question()
    {
        var jo = await site.AtSafety();
        await jo.Go("/book/review");
        Assert.Equal("/book/safety", jo.Last.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("not an address")]
    [InlineData("jo@some_where.org")]
    public async Task Mistakes_are_listed_and_nothing_typed_is_lost(string address)
    {
        var jo = await site.AtDetails();
        await jo.Press("Continue", ("Name", "Jo Fielding"), ("Email", address));

        var mistake = jo.Page.QuerySelector("[data-mistakes] a")!;
        Assert.Equal("#Email", mistake.GetAttribute("href"));
        var field = jo.Page.QuerySelector("#Email")!;
        Assert.Equal("true", field.GetAttribute("aria-invalid"));
        Assert.Contains("Email-mistake", field.GetAttribute("aria-describedby")!, StringComparison.Ordinal);
        Assert.Equal(address, field.GetAttribute("value"));
        Assert.Equal("Jo Fielding", jo.Page.QuerySelector("#Name")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_field_that_only_the_service_can_judge_is_pointed_at()
    {
        site.Town.Refuse("POST /api/v1/bookings", 400, "validation", new { errors = new Dictionary<string, string[]> { ["visitor.birthMonth"] = ["This visit is for another age."] } });
        var jo = await site.AtReview();
        await jo.Press("Book and pay");
        var mistake = jo.Page.QuerySelector("[data-mistakes] a")!;
        Assert.Equal(("/book/details", "This visit is for another age."), (mistake.GetAttribute("href"), mistake.TextContent));
    }

    [Fact]
    public async Task A_hold_that_ran_out_does_not_stop_a_booking_whose_time_is_free()
    {
        var booked = site.Town.Answering("POST /api/v1/bookings");
        site.Town.On("POST /api/v1/bookings", asked => asked.Json.TryGetProperty("holdToken", out _)
            ? Results.Text("""{"type":"urn:problem:hold-expired","status":410}""", "application/problem+json", statusCode: 410)
            : booked(asked));
        var jo = await site.AtReview();
        site.Clock.Advance(TimeSpan.FromMinutes(16));
        await jo.Go("/book/review");
        Assert.Contains("We are no longer holding 9:00 am for you.", jo.Text, StringComparison.Ordinal);
        await jo.Press("Book and pay");
        Assert.False(site.Town.To("POST /api/v1/bookings").Last().Json.TryGetProperty("holdToken", out _));
        Assert.Equal(new Uri(site.Town.Peer.Url, "/pay/1"), jo.Last.Headers.Location);
    }

    [Fact]
    public async Task Pressing_again_after_the_hold_asks_for_the_same_booking()
    {
        var booked = site.Town.Answering("POST /api/v1/bookings");
        site.Town.On("POST /api/v1/bookings", _ => Results.StatusCode(503));
        var jo = await site.AtReview();
        site.Clock.Advance(TimeSpan.FromMinutes(14));
        await jo.Press("Book and pay");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, jo.Last.StatusCode);

        site.Town.On("POST /api/v1/bookings", booked);
        site.Clock.Advance(TimeSpan.FromMinutes(2));
        await jo.Go("/book/review");
        await jo.Press("Book and pay");
        var asked = site.Town.To("POST /api/v1/bookings").ToList();
        Assert.Equal((asked[0].Headers["Idempotency-Key"], asked[0].Body), (asked[^1].Headers["Idempotency-Key"], asked[^1].Body));
        Assert.Equal(new Uri(site.Town.Peer.Url, "/pay/1"), jo.Last.Headers.Location);
    }

    [Theory]
    [InlineData(13000, 24, "Book and pay $130")]
    [InlineData(12000, 48, "Book and pay $120")]
    public async Task Nobody_agrees_to_a_price_or_to_rules_that_were_not_on_the_page(int price, int hours, string button)
    {
        List(["inPerson"], ["inPerson"]);
        var jo = await site.AtReview();
        List(["inPerson"], ["inPerson"], price, hours);
        await jo.Press("Book and pay");
        Assert.Contains("The price or the rules for changes are new. Please look again before you book.", jo.Text, StringComparison.Ordinal);
        Assert.Empty(site.Town.To("POST /api/v1/bookings"));
        await jo.Press(button);
        Assert.Single(site.Town.To("POST /api/v1/bookings"));
    }

    [Fact]
    public async Task A_kept_time_can_be_kept_longer_once()
    {
        var jo = await site.AtReview();
        Assert.Contains("Kept for you until 2:15, Denver time. Need longer? Keep it 10 more minutes.", jo.Text, StringComparison.Ordinal);
        site.Town.On($"POST /api/v1/holds/{site.Town.LastHold}/extend", _ => Results.Json(new { expiresAt = "2026-11-23T09:25:00Z" }));
        await jo.Press("Keep it 10 more minutes");
        await jo.Follow();
        Assert.Contains("Kept for you until 2:25, Denver time.", jo.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Need longer?", jo.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_from_elsewhere_changes_nothing()
    {
        var jo = await site.AtReview();
        await jo.PostBlindly("/book/review", ("JourneyId", Guid.CreateVersion7().ToString()));
        Assert.Equal(HttpStatusCode.BadRequest, jo.Last.StatusCode);
        Assert.Equal("That did not work", jo.Heading);
        Assert.Empty(site.Town.To("POST /api/v1/bookings"));
    }

    [Fact]
    public async Task An_older_window_does_not_book_the_newer_windows_visit()
    {
        var jo = await site.AtReview();
        await jo.Press("Book and pay", ("JourneyId", Guid.CreateVersion7().ToString()));
        Assert.Equal("/book/nothing?other=true", jo.Last.Headers.Location?.OriginalString);
        Assert.Empty(site.Town.To("POST /api/v1/bookings"));
    }

    [Fact]
    public async Task Whoever_comes_back_from_the_payment_page_is_led_to_the_visit_that_waits_for_it()
    {
        var jo = await site.AtReview();
        await jo.Press("Book and pay");
        await jo.Go("/book/review");
        await jo.Follow();
        await jo.Follow();
        Assert.Equal(("Waiting for your payment", $"/bookings/{Town.Booking}"), (jo.Heading, jo.Addresses[^1]));

        site.Town.Status = "confirmed";
        await jo.Go("/book/nothing");
        Assert.Equal($"/bookings/{Town.Booking}", jo.Page.QuerySelector("main a.back")!.GetAttribute("href"));
        site.Town.Status = "awaitingPayment";
        site.Clock.Advance(TimeSpan.FromMinutes(16));
        await jo.Go("/book/nothing");
        Assert.Equal("You have not chosen a visit", jo.Heading);
    }

    [Fact]
    public async Task Every_question_has_a_way_back_to_the_one_before()
    {
        var jo = await site.AtReview();
        Assert.Contains("I stay fully clothed", jo.Text, StringComparison.Ordinal);
        string[] ways = ["/book/details", "/book/touch", "/book/safety", "/book/who", $"/practitioners/{Town.Slug}/times?service={Town.Visit}"];
        foreach (var way in ways)
        {
            Assert.Equal(way, jo.Page.QuerySelector("main a.back")!.GetAttribute("href"));
            await jo.Go(way);
        }

        Assert.Equal("When would you like to come?", jo.Heading);
    }

    [Fact]
    public async Task A_visit_for_another_age_is_said_to_be_so_at_the_first_question()
    {
        site.Town.On($"GET /api/v1/practitioners/{Town.Slug}", _ => Results.Json(new
        {
            id = Town.Ana,
            slug = Town.Slug,
            name = "Ana Reyes",
            services = new[] { new { id = Town.Visit, name = "Visit", minutes = 60, price = Town.Price(12000), forWhom = new { minAgeMonths = 216 } } },
            locations = new[] { new { id = Town.Studio, timeZone = "America/Denver", country = "US" } },
        }));
        var jo = await site.Visitor().Go($"/practitioners/{Town.Slug}/times");
        await (await jo.Press("Keep this time", ("Time", Journey.NineAtTheStudio))).Follow();
        await jo.Press("Continue", ("For", "baby"));
        Assert.Contains("“Visit” is for people from 18 years.", jo.Text, StringComparison.Ordinal);
        await (await jo.Press("Continue", ("For", "other"))).Follow();
        Assert.Equal("/book/safety", jo.Addresses[^1]);
    }

    [Fact]
    public async Task A_phone_number_may_be_written_as_at_home()
    {
        var jo = await site.AtDetails();
        await (await jo.Press("Continue", ("Name", "Jo Fielding"), ("Email", "jo@example.org"), ("Phone", "(303) 555-0123"))).Follow();
        await jo.Press("Book and pay");
        Assert.Equal("+13035550123", Assert.Single(site.Town.To("POST /api/v1/bookings")).Json.GetProperty("client").GetProperty("phone").GetString());
    }

    [Fact]
    public async Task A_child_is_booked_with_its_guardians_word()
    {
        var jo = await site.AtSafety("baby");
        Assert.Contains("for=infant", site.Town.To("GET /api/v1/safety-screen").Last().Query, StringComparison.Ordinal);
        await (await jo.Press("Continue", ("Applies", "no"))).Follow();
        await (await jo.Press("Continue")).Follow();
        await jo.Press("Continue", ("Name", "Jo Fielding"), ("Email", "jo@example.org"), ("ChildName", "Kit"), ("BirthMonth", "9"), ("BirthYear", "2026"));
        Assert.Contains("A parent or guardian has to agree to the visit.", jo.Text, StringComparison.Ordinal);
        await (await jo.Press("Continue", ("Guardian", "true"))).Follow();
        await jo.Press("Book and pay");
        var visitor = Assert.Single(site.Town.To("POST /api/v1/bookings")).Json.GetProperty("visitor");
        Assert.Equal("""{"relation":"child","firstName":"Kit","birthMonth":"2026-09","guardianConsent":true}""", JsonSerializer.Serialize(visitor));
    }

    [Fact]
    public async Task A_guardians_word_that_was_taken_back_stays_so_and_its_box_says_what_is_wrong()
    {
        var jo = await (await site.AtSafety("baby")).ToDetails();
        await (await jo.Press("Continue", [.. Kit, ("BirthMonth", "9"), ("BirthYear", "2026")])).Follow();
        await jo.Go("/book/details");
        Assert.True(jo.Page.QuerySelector("#Guardian")!.HasAttribute("checked"));
        await jo.Press("Continue", ("Guardian", "false"));
        var box = jo.Page.QuerySelector("#Guardian")!;
        Assert.Equal((false, "true"), (box.HasAttribute("checked"), box.GetAttribute("aria-invalid")));
        Assert.Contains("has to agree", jo.Page.GetElementById(box.GetAttribute("aria-describedby")!)!.TextContent, StringComparison.Ordinal);
    }

    private static readonly (string, string)[] Kit = [("Name", "Jo Fielding"), ("Email", "jo@example.org"), ("ChildName", "Kit"), ("Guardian", "true")];

    /// <summary>From now on the listing has one visit at one place, had in these ways.</summary>
    private void List(string[] visit, string[] place, int price = 12000, int hoursBefore = 24) =>
        site.Town.On($"GET /api/v1/practitioners/{Town.Slug}", _ => Results.Json(new
        {
            id = Town.Ana,
            slug = Town.Slug,
            name = "Ana Reyes",
            services = new[] { new { id = Town.Visit, name = "Visit", minutes = 60, price = Town.Price(price), formats = visit } },
            locations = new[] { new { id = Town.Studio, addressLine = "1210 Clarkson Street", locality = "Denver", timeZone = "America/Denver", country = "US", formats = place } },
            policy = new { text = "", tiers = new[] { new { hoursBefore, refundPercent = 100 } } },
        }));
}
