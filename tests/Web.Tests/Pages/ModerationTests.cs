using Microsoft.AspNetCore.Http;
using Xunit;

namespace Web.Tests.Pages;

public sealed class ModerationTests : AtTheDesk
{
    [Fact]
    public async Task A_moderator_decides_with_a_reason_about_the_version_that_was_read()
    {
        var decision = $"POST /api/v1/moderation/listings/{Town.Ana}/approve";
        Site.Town.On("GET /api/v1/moderation/queue", _ => Results.Text($$"""{"items":[{"practitionerId":"{{Town.Ana}}","version":7,"submittedAt":"2026-11-22T10:00:00Z","listing":{{Desk.Listing}},"issues":[]}]}""", "application/json"));
        Site.Town.On(decision, _ => Results.Json(new { }));
        var mo = await Site.SignedIn("moderator");
        await mo.Go("/moderation");
        Assert.Contains("Waiting for 23 hours. A first listing.", mo.Text, StringComparison.Ordinal);
        await mo.Press("Show it");
        Assert.Contains("Please give a reason", mo.Text, StringComparison.Ordinal);
        Assert.Empty(Site.Town.To(decision));
        await mo.Press("Show it", ("Reason", "All seen."));
        Assert.Equal("""{"reason":"All seen.","version":7}""", Assert.Single(Site.Town.To(decision)).Body);
    }
}
