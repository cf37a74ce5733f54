using Microsoft.AspNetCore.Http;
using Xunit;

namespace Web.Tests.Pages;

/// <summary>The month of a practitioner, and what is done on one day of it. Today is Monday 23 November 2026.</summary>
public sealed class MonthTests : IAsyncLifetime
{
    private const string Hours = """
        {"locations":[{"locationId":"01980000-0000-7000-8000-000000000001","timeZone":"America/Denver","weekly":[]}],
         "minimumNoticeMinutes":720,"horizonDays":60,"startIntervalMinutes":30,"bufferBeforeMinutes":0,"bufferAfterMinutes":15}
        """;

    private const string Listing = """
        {"name":"Ana Reyes","locations":[{"id":"01980000-0000-7000-8000-000000000001","name":"Studio","locality":"Denver","country":"US","timeZone":"America/Denver"}],
         "services":[{"id":"01980000-0000-7000-8000-00000000000a","name":"Visit","minutes":60}]}
        """;

    private const string Days = """
        {"days":[
          {"date":"2026-12-01","hours":[{"locationId":"01980000-0000-7000-8000-000000000001","from":"09:00","to":"17:00"}],"extraHours":[],
           "timeOff":[{"id":"01980000-0000-7000-8000-0000000000d1","from":"2026-12-01T12:00","to":"2026-12-01T13:00","locationId":null,"note":"dentist","allDay":false,"everyYear":false}]},
          {"date":"2026-12-24","hours":[],"extraHours":[],
           "timeOff":[{"id":"01980000-0000-7000-8000-0000000000d2","from":"2026-12-24T00:00","to":"2026-12-25T00:00","locationId":null,"note":null,"allDay":true,"everyYear":true}]}]}
        """;

    private const string Holidays = """
        {"items":[
          {"from":"2026-12-25","to":"2026-12-25","name":"Christmas Day","locations":[{"locationId":"01980000-0000-7000-8000-000000000001","taken":false}]},
          {"from":"2027-01-01","to":"2027-01-01","name":"New Year's Day","locations":[{"locationId":"01980000-0000-7000-8000-000000000001","taken":false}]}],
         "source":{"name":"date-holidays","url":"https://github.com/commenthol/date-holidays","licence":"CC BY-SA 3.0"}}
        """;

    private string holidays = Holidays;
    private Site site = null!;
    private Visitor ana = null!;

    public async Task InitializeAsync()
    {
        site = await Site.Open();
        site.Town.Status = "confirmed";
        site.Town.On("GET /api/v1/me/listing", _ => Json(Listing));
        site.Town.On("GET /api/v1/me/schedule", _ => Json(Hours));
        site.Town.On("GET /api/v1/me/schedule/days", _ => Json(Days));
        site.Town.On("GET /api/v1/me/time-off/suggestions", _ => Json(holidays));
        site.Town.On("GET /api/v1/me/bookings", _ => Results.Json(new { items = new[] { site.Town.Booked() } }));
        site.Town.On("POST /api/v1/me/time-off", _ => Results.Json(new { id = Guid.Empty, conflicts = new[] { new { bookingId = Town.Booking } } }, statusCode: 201));
        ana = await site.SignedIn("practitioner");
    }

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task A_month_shows_each_day_with_what_is_on_it()
    {
        await ana.Go("/desk/month?of=2026-12");
        Assert.Equal("December 2026", ana.Heading);
        Assert.Equal("?from=2026-12-01&to=2026-12-31", Assert.Single(site.Town.To("GET /api/v1/me/schedule/days")).Query);
        Assert.Equal(5, ana.Page.QuerySelectorAll(".month tbody tr").Length);
        Assert.Equal("Tuesday 1: 1 visit, part off", Cell("2026-12-01"));
        Assert.Equal("Thursday 24: off", Cell("2026-12-24"));
        Assert.Equal("Friday 25: Christmas Day", Cell("2026-12-25"));
        Assert.Equal("Wednesday 2", Cell("2026-12-02"));
        Assert.Equal(["2 visits", "off the whole day", "part of the day off"], ana.Page.QuerySelectorAll(".month-key li").Select(l => l.TextContent.Trim()));
        Assert.Equal(["?of=2026-11", "/desk/month", "?of=2027-01"], ana.Page.QuerySelectorAll("nav[aria-label=Months] a").Select(a => a.GetAttribute("href")));
        Assert.Null(ana.Page.QuerySelector("#day"));
        await ana.Go("/desk/month");
        Assert.Equal(("November 2026", "Monday 23 November"), (ana.Heading, ana.Page.QuerySelector("#day-title")!.TextContent));
    }

    [Theory]
    [InlineData("2026-12-08T00:00", "2026-12-09T00:00", null)]
    [InlineData("2026-12-07T00:00", "2026-12-12T00:00", "01980000-0000-7000-8000-000000000001")]
    [InlineData("2026-12-08T09:00", "2026-12-08T17:00", null)]
    public async Task A_day_that_is_wholly_off_says_so_instead_of_its_hours(string from, string to, string? place)
    {
        site.Town.On("GET /api/v1/me/schedule/days", _ => Json(Tuesday(from, to, place)));
        await ana.Go("/desk/month?day=2026-12-08");
        Assert.Equal("Tuesday 8: off", Cell("2026-12-08"));
        Assert.Contains("You are off this day, and nobody can book it.", ana.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Open 9:00 am", ana.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-12-08T09:00", "2026-12-08T16:00", null)]
    [InlineData("2026-12-08T00:00", "2026-12-09T00:00", "01980000-0000-7000-8000-000000000002")]
    public async Task A_day_that_is_off_in_part_or_elsewhere_is_open(string from, string to, string? place)
    {
        site.Town.On("GET /api/v1/me/schedule/days", _ => Json(Tuesday(from, to, place)));
        await ana.Go("/desk/month?day=2026-12-08");
        Assert.Equal("Tuesday 8: part off", Cell("2026-12-08"));
        Assert.Contains("Open 9:00 am to 5:00 pm, Studio", ana.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_public_holiday_is_taken_off_by_one_press_and_not_before()
    {
        await ana.Go("/desk/month?of=2026-12");
        Assert.Equal("?year=2026", Assert.Single(site.Town.To("GET /api/v1/me/time-off/suggestions")).Query);
        Assert.Equal(["Friday 25 December, Christmas Day"], ana.Page.QuerySelectorAll("[aria-labelledby=holidays-title] li > span").Select(s => s.TextContent));
        Assert.Contains("The list is by date-holidays, CC BY-SA 3.0.", ana.Text, StringComparison.Ordinal);
        Assert.Empty(site.Town.To("POST /api/v1/me/time-off"));
        await ana.Press("Take the day off");
        Assert.Equal("""{"from":"2026-12-25","to":"2026-12-25","note":"Christmas Day","everyYear":false}""", Assert.Single(site.Town.To("POST /api/v1/me/time-off")).Body);
        Assert.Equal("/desk/month?day=2026-12-25&done=off&within=1#day", ana.Last.Headers.Location!.OriginalString);

        holidays = Holidays.Replace("false", "true", StringComparison.Ordinal);
        await ana.Go("/desk/month?of=2026-12");
        Assert.Equal(["Friday 25 December, Christmas Day", "Off"], ana.Page.QuerySelectorAll("[aria-labelledby=holidays-title] li > span").Select(s => s.TextContent));
        await ana.Go("/desk/month?of=2026-10");
        Assert.Null(ana.Page.QuerySelector("#holidays-title"));
    }

    [Fact]
    public async Task One_that_is_none_at_another_place_is_taken_off_where_it_is()
    {
        const string studio = "01980000-0000-7000-8000-000000000001";
        site.Town.On("GET /api/v1/me/schedule", _ => Json(Hours.Replace("""weekly":[]}]""", """weekly":[]},{"locationId":"01980000-0000-7000-8000-000000000002","timeZone":"Europe/Berlin","weekly":[]}]""", StringComparison.Ordinal)));
        await ana.Go("/desk/month?day=2026-12-25");
        Assert.Contains("Studio only", ana.Page.QuerySelector("#day .moves")!.TextContent, StringComparison.Ordinal);
        await ana.Press("Take the day off");
        Assert.Equal($$"""{"from":"2026-12-25","to":"2026-12-25","locationId":"{{studio}}","note":"Christmas Day","everyYear":false}""", Assert.Single(site.Town.To("POST /api/v1/me/time-off")).Body);
    }

    [Fact]
    public async Task Time_off_without_times_is_whole_days_and_may_come_back_every_year()
    {
        await ana.Go("/desk/month?day=2026-12-01");
        Assert.Contains("dentist", ana.Text, StringComparison.Ordinal);
        await ana.Press("Take this time off", ("Off.Last", "2026-12-03"), ("Off.EveryYear", "true"));
        Assert.Equal("""{"from":"2026-12-01","to":"2026-12-03","everyYear":true}""", Assert.Single(site.Town.To("POST /api/v1/me/time-off")).Body);
        await ana.Follow();
        Assert.Contains("One visit falls in that time.", ana.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10:00", "12:00", "2026-12-01T10:00", "2026-12-01T12:00")]
    [InlineData("10:00", "", "2026-12-01T10:00", "2026-12-02T00:00")]
    [InlineData("", "12:00", "2026-12-01T00:00", "2026-12-01T12:00")]
    public async Task Part_of_a_day_is_taken_off(string from, string to, string sentFrom, string sentTo)
    {
        await ana.Go("/desk/month?day=2026-12-01");
        await ana.Press("Take this time off", ("Off.From", from), ("Off.To", to));
        var sent = Assert.Single(site.Town.To("POST /api/v1/me/time-off")).Json;
        Assert.Equal((sentFrom, sentTo), (sent.GetProperty("from").GetString(), sent.GetProperty("to").GetString()));
    }

    [Fact]
    public async Task What_is_refused_is_pointed_at_and_what_was_typed_stays()
    {
        site.Town.Refuse("POST /api/v1/me/extra-hours", 400, "validation", new { errors = new Dictionary<string, string[]> { ["to"] = ["In steps of 5 minutes, please."] } });
        await ana.Go("/desk/month?day=2026-12-01");
        await ana.Press("Add these hours", ("Extra.From", "18:00"), ("Extra.To", "19:01"));
        Assert.Equal("#Extra_To", ana.Page.QuerySelector("[data-mistakes] a")!.GetAttribute("href"));
        Assert.Equal("19:01", ana.Page.QuerySelector("#Extra_To")!.GetAttribute("value"));
        Assert.True(ana.Page.QuerySelector("#Extra_To")!.Closest("details")!.HasAttribute("open"));
    }

    [Fact]
    public async Task A_refusal_that_points_at_no_field_is_said_and_what_was_typed_stays()
    {
        site.Town.Refuse("POST /api/v1/me/extra-hours", 409, "state-conflict", new { detail = "Remove some of them first." });
        await ana.Go("/desk/month?day=2026-12-01");
        await ana.Press("Add these hours", ("Extra.From", "18:00"), ("Extra.To", "19:00"));
        Assert.Equal("December 2026", ana.Heading);
        Assert.Contains("Remove some of them first.", ana.Text, StringComparison.Ordinal);
        Assert.Equal("19:00", ana.Page.QuerySelector("#Extra_To")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Extra_hours_over_midnight_end_on_the_next_day_and_time_off_is_taken_out_again()
    {
        site.Town.On("POST /api/v1/me/extra-hours", _ => Results.Json(new { }, statusCode: 201));
        site.Town.On("DELETE /api/v1/me/time-off/01980000-0000-7000-8000-0000000000d1", _ => Results.NoContent());
        await ana.Go("/desk/month?day=2026-12-01");
        await ana.Press("Add these hours", ("Extra.From", "22:00"), ("Extra.To", "01:00"));
        Assert.Equal($$"""{"from":"2026-12-01T22:00","to":"2026-12-02T01:00","locationId":"{{Town.Studio}}"}""", Assert.Single(site.Town.To("POST /api/v1/me/extra-hours")).Body);
        await ana.Go("/desk/month?day=2026-12-01");
        await ana.Press("Remove");
        Assert.Single(site.Town.To("DELETE /api/v1/me/time-off/01980000-0000-7000-8000-0000000000d1"));
    }

    [Fact]
    public async Task A_day_is_called_off_after_what_that_does_was_shown()
    {
        object visit = new { bookingId = Town.Booking, start = Town.Nine, end = Town.Nine, client = "Kim Client", refund = Town.Price(12000) };
        var called = false;
        site.Town.On("GET /api/v1/me/days/2026-12-01/cancel-preview", _ => called
            ? Results.Json(new { visits = Array.Empty<object>(), refunds = Array.Empty<object>(), called = new { done = true, visits = new[] { visit }, refunds = new[] { Town.Price(12000) } } })
            : Results.Json(new { visits = new[] { visit }, refunds = new[] { Town.Price(12000) } }));
        site.Town.On("POST /api/v1/me/days/2026-12-01/cancel", _ =>
        {
            called = true;
            return Results.Json(new { done = true, visits = new[] { visit }, refunds = new[] { Town.Price(12000) } });
        });
        await ana.Go("/desk/days/2026-12-01/cancel");
        Assert.Contains("1 visit will be cancelled, and $120.00 goes back.", ana.Text, StringComparison.Ordinal);
        Assert.Empty(site.Town.To("POST /api/v1/me/days/2026-12-01/cancel"));
        await ana.Press("Cancel 1 visit and take the day off", ("Reason", "Fever"));
        Assert.Equal("""{"reason":"Fever"}""", Assert.Single(site.Town.To("POST /api/v1/me/days/2026-12-01/cancel")).Body);
        await ana.Follow();
        Assert.Equal("Tuesday 1 December is called off", ana.Heading);
    }

    private static string Tuesday(string from, string to, string? place) => $$"""
        {"days":[{"date":"2026-12-08","hours":[{"locationId":"{{Town.Studio}}","from":"09:00","to":"17:00"}],"extraHours":[],
         "timeOff":[{"id":"01980000-0000-7000-8000-0000000000d1","from":"{{from}}","to":"{{to}}","locationId":{{(place is null ? "null" : $"\"{place}\"")}},"note":null}]}]}
        """;

    private string Cell(string date) => string.Join(' ', ana.Page.QuerySelector($".month a[href='?day={date}#day']")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static IResult Json(string text) => Results.Text(text, "application/json");
}
