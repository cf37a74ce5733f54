using Xunit;

namespace Web.Tests.Pages;

public sealed class ListingTests : AtTheDesk
{
    [Fact]
    public async Task A_listing_goes_back_as_it_came_but_for_what_was_changed()
    {
        var ana = await Site.SignedIn("practitioner");
        await ana.Go("/desk/listing");
        Assert.Equal("120.50", ana.Page.QuerySelector("#Form_Services_0__Amount")!.GetAttribute("value"));
        await ana.Press("Save", ("Form.Headline", "Slow work."), ("Form.Services[0].Amount", "99.90"));

        var sent = Assert.Single(Site.Town.To("PUT /api/v1/me/listing"));
        Assert.Equal("W/\"7\"", sent.Headers["If-Match"]);
        Assert.Equal("Slow work.", sent.Json.GetProperty("headline").GetString());
        Assert.Equal("""{"amount":9990,"currency":"USD"}""", sent.Json.GetProperty("services")[0].GetProperty("price").GetRawText());
        Assert.Equal("upledger:cst-t", sent.Json.GetProperty("trainings")[0].GetProperty("level").GetString());
        Assert.Equal(39.7, sent.Json.GetProperty("locations")[0].GetProperty("lat").GetDouble());
        Assert.Equal(1, sent.Json.GetProperty("policy").GetProperty("tiers").GetArrayLength());
        Assert.False(sent.Json.TryGetProperty("status", out _));
    }

    [Fact]
    public async Task A_new_listing_begins_with_the_name_of_the_account_and_one_with_a_name_keeps_it()
    {
        var ana = await Site.SignedIn("practitioner");
        Site.Town.On("GET /api/v1/me/listing", _ => Desk.Tagged("""{"status":"draft"}"""));
        await ana.Go("/desk/listing");
        Assert.Equal("Ana Reyes", ana.Page.QuerySelector("#Form_Name")!.GetAttribute("value"));
        Site.Town.On("GET /api/v1/me/listing", _ => Desk.Tagged("""{"status":"draft","name":"Ana R. Reyes"}"""));
        await ana.Go("/desk/listing");
        Assert.Equal("Ana R. Reyes", ana.Page.QuerySelector("#Form_Name")!.GetAttribute("value"));
    }

    [Fact]
    public async Task The_least_length_of_a_text_is_said_before_it_is_refused()
    {
        var ana = await Site.SignedIn("practitioner");
        await ana.Go("/desk/listing");
        var text = ana.Page.QuerySelector("#Form_Biography")!;
        Assert.Equal("A few sentences, at least 80 characters.", ana.Page.QuerySelector($"#{text.GetAttribute("aria-describedby")}")!.TextContent);
    }

    [Fact]
    public async Task Rows_come_and_go_without_a_script_and_nothing_typed_is_lost()
    {
        var ana = await Site.SignedIn("practitioner");
        await ana.Go("/desk/listing");
        await ana.Press("Add a visit", ("Form.Headline", "Half a sentence"));
        Assert.NotNull(ana.Page.QuerySelector("#Form_Services_1__Name"));
        Assert.Equal("Half a sentence", ana.Page.QuerySelector("#Form_Headline")!.GetAttribute("value"));
        await ana.Press("Remove this visit");
        Assert.Null(ana.Page.QuerySelector("#Form_Services_1__Name"));
        Assert.Empty(Site.Town.To("PUT /api/v1/me/listing"));
    }

    [Fact]
    public async Task What_the_directory_refuses_is_pointed_at_in_the_form()
    {
        Site.Town.Refuse("PUT /api/v1/me/listing", 400, "validation", new { errors = new Dictionary<string, string[]> { ["services[0].minutes"] = ["15 to 180 minutes, in steps of 5."] } });
        var ana = await Site.SignedIn("practitioner");
        await ana.Go("/desk/listing");
        await ana.Press("Save", ("Form.Services[0].Minutes", "7"));
        Assert.Equal("#Form_Services_0__Minutes", ana.Page.QuerySelector("[data-mistakes] a")!.GetAttribute("href"));
        Assert.Equal("7", ana.Page.QuerySelector("#Form_Services_0__Minutes")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_row_behind_an_empty_one_stays_filled_when_saving_is_refused()
    {
        Site.Town.On("GET /api/v1/me/listing", _ => Desk.Tagged("{}"));
        Site.Town.Refuse("PUT /api/v1/me/listing", 400, "validation", new { errors = new Dictionary<string, string[]> { ["services[0].minutes"] = ["15 to 180 minutes, in steps of 5."] } });
        var ana = await Site.SignedIn("practitioner");
        await ana.Go("/desk/listing");
        await ana.Press("Add a visit");
        await ana.Press("Save", ("Form.Services[1].Name", "Visit"), ("Form.Services[1].Minutes", "7"), ("Form.Services[1].Amount", "120"), ("Form.Policy.Text", ""));
        Assert.Equal("#Form_Services_0__Minutes", ana.Page.QuerySelector("[data-mistakes] a")!.GetAttribute("href"));
        Assert.Equal("7", ana.Page.QuerySelector("#Form_Services_0__Minutes")!.GetAttribute("value"));
        Assert.Equal("Visit", ana.Page.QuerySelector("#Form_Services_0__Name")!.GetAttribute("value"));
        // Our words for the rules follow the rules when they are kept; in the form they would stay behind.
        Assert.Equal("", ana.Page.QuerySelector("#Form_Policy_Text")!.TextContent.Trim());
        await ana.Press("Save", ("Form.Services[0].Minutes", "60"));
        Assert.Equal("Visit", Assert.Single(Site.Town.To("PUT /api/v1/me/listing").Last().Json.GetProperty("services").EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task While_the_directory_is_away_nothing_typed_is_lost()
    {
        var ana = await Site.SignedIn("practitioner");
        await ana.Go("/desk/listing");
        Site.Clock.Advance(TimeSpan.FromMinutes(10));
        foreach (var question in (string[])["PUT /api/v1/me/listing", "GET /api/v1/me/listing", "GET /api/v1/taxonomy"])
            Site.Town.Refuse(question, 503, "unavailable");
        await ana.Press("Save", ("Form.Headline", "A long evening's work"));
        Assert.Contains("The directory is not responding right now.", ana.Text, StringComparison.Ordinal);
        Assert.Equal("A long evening's work", ana.Page.QuerySelector("#Form_Headline")!.GetAttribute("value"));
        Site.Town.KeepDesk();
        await ana.Press("Save");
        Assert.Equal("W/\"7\"", Site.Town.To("PUT /api/v1/me/listing").Last().Headers["If-Match"]);
        Assert.Equal("A long evening's work", Site.Town.To("PUT /api/v1/me/listing").Last().Json.GetProperty("headline").GetString());
    }

    [Fact]
    public async Task A_version_changed_elsewhere_is_not_overwritten_unseen()
    {
        Site.Town.Refuse("PUT /api/v1/me/listing", 412, "stale-version");
        var ana = await Site.SignedIn("practitioner");
        await ana.Go("/desk/listing");
        await ana.Press("Save", ("Form.Headline", "Mine"));
        Assert.Contains("changed in another window", ana.Text, StringComparison.Ordinal);
        Assert.Equal("Mine", ana.Page.QuerySelector("#Form_Headline")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Rules_without_words_of_their_own_get_ours()
    {
        var ana = await Site.SignedIn("practitioner");
        await ana.Go("/desk/listing");
        await ana.Press("Save", ("Form.Policy.Text", ""));
        Assert.Equal("Up to 24 hours before: everything comes back. Later than that: nothing comes back.", Assert.Single(Site.Town.To("PUT /api/v1/me/listing")).Json.GetProperty("policy").GetProperty("text").GetString());
    }
}
