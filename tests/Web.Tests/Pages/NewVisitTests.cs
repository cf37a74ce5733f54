using Microsoft.AspNetCore.Http;
using Xunit;

namespace Web.Tests.Pages;

public sealed class NewVisitTests : IAsyncLifetime
{
    private Site site = null!;
    private Visitor ana = null!;

    public async Task InitializeAsync()
    {
        site = await Site.Open();
        site.Town.KeepDesk();
        ana = await site.SignedIn("practitioner");
    }

    public async Task DisposeAsync() => await site.DisposeAsync();

    [Fact]
    public async Task A_visit_is_written_down_at_the_time_of_the_place()
    {
        site.Town.On("POST /api/v1/me/bookings", _ => Results.Json(site.Town.Booked(), statusCode: 201));
        await ana.Go("/desk/visits/new?day=2026-12-01");
        await ana.Press("Book this visit", ("Form.Time", "09:00"), ("Form.Name", "Kim"), ("Form.Email", "kim@example.org"));
        Assert.Empty(site.Town.To("POST /api/v1/me/bookings"));
        await ana.Press("Book this visit", ("Form.Asked", "true"));
        var sent = Assert.Single(site.Town.To("POST /api/v1/me/bookings"));
        Assert.Equal(Town.Nine, sent.Json.GetProperty("start").GetString());
        Assert.Equal("""{"askedInPerson":true}""", sent.Json.GetProperty("safety").GetRawText());
        Assert.NotEmpty(sent.Headers["Idempotency-Key"]);
        Assert.Equal("/desk/week?of=2026-12-01&done=entered", ana.Last.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData(400, "validation", "reason", "#Form_Reason")]
    [InlineData(409, "slot-taken", null, "#Form_Time")]
    [InlineData(422, "not-an-opening", null, "#Form_Time")]
    public async Task Why_a_visit_cannot_be_written_down_is_pointed_at(int status, string name, string? path, string field)
    {
        site.Town.Refuse("POST /api/v1/me/bookings", status, name, path is null ? null : new { errors = new Dictionary<string, string[]> { [path] = ["Please say why."] } });
        await ana.Go("/desk/visits/new?day=2026-12-01");
        await ana.Press("Book this visit", ("Form.Time", "19:00"), ("Form.Name", "Kim"), ("Form.Email", "kim@example.org"), ("Form.Asked", "true"));
        Assert.Equal(field, ana.Page.QuerySelector("[data-mistakes] a")!.GetAttribute("href"));
        Assert.Equal("19:00", ana.Page.QuerySelector("#Form_Time")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_time_that_the_clocks_jump_over_is_no_time()
    {
        await ana.Go("/desk/visits/new?day=2027-03-14");
        await ana.Press("Book this visit", ("Form.Time", "02:30"), ("Form.Name", "Kim"), ("Form.Email", "kim@example.org"), ("Form.Asked", "true"));
        Assert.Empty(site.Town.To("POST /api/v1/me/bookings"));
        Assert.Contains("jump over", ana.Text, StringComparison.Ordinal);
    }
}
