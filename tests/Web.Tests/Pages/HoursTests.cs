using Xunit;

namespace Web.Tests.Pages;

public sealed class HoursTests : AtTheDesk
{
    [Fact]
    public async Task Hours_are_written_into_the_empty_row_of_a_day()
    {
        var ana = await Site.SignedIn("practitioner");
        await ana.Go("/desk/hours");
        await ana.Press("Save these hours", ("Form.Places[0].Ranges[2].From", "13:00"), ("Form.Places[0].Ranges[2].To", "18:30"));
        var weekly = Assert.Single(Site.Town.To("PUT /api/v1/me/schedule")).Json.GetProperty("locations")[0].GetProperty("weekly");
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
        Site.Town.On("GET /api/v1/me/schedule", _ => Desk.Tagged(limited));
        var ana = await Site.SignedIn("practitioner");
        await ana.Go("/desk/hours");
        await ana.Press("Save these hours", ("Form.Places[0].Ranges[0].To", "13:00"));
        var saved = Assert.Single(Site.Town.To("PUT /api/v1/me/schedule")).Json;
        var location = saved.GetProperty("locations")[0];
        Assert.Equal("""[{"day":"monday","from":"09:00","to":"13:00","services":["01980000-0000-7000-8000-00000000000a"]}]""", location.GetProperty("weekly").GetRawText());
        Assert.Equal("""[{"from":"2027-03-01","weekly":[{"day":"friday","from":"10:00","to":"16:00"}]}]""", location.GetProperty("later").GetRawText());
        Assert.Equal((20, 30), (saved.GetProperty("maxPerWeek").GetInt32(), saved.GetProperty("travelGapMinutes").GetInt32()));
    }

    [Fact]
    public async Task Half_a_range_is_asked_about()
    {
        var ana = await Site.SignedIn("practitioner");
        await ana.Go("/desk/hours");
        await ana.Press("Save these hours", ("Form.Places[0].Ranges[2].From", "13:00"));
        Assert.Empty(Site.Town.To("PUT /api/v1/me/schedule"));
        Assert.Equal("#Form_Places_0__Ranges_2__From", ana.Page.QuerySelector("[data-mistakes] a")!.GetAttribute("href"));
    }
}
