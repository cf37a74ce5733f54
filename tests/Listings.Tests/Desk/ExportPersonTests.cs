using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Listings.Tests.Desk;

public sealed class ExportPersonTests(ListingsApp app) : IClassFixture<ListingsApp>
{
    [Fact]
    public async Task A_practitioner_takes_along_what_they_wrote_what_is_shown_and_what_was_decided()
    {
        var owner = await app.PublishedOwner("Ex Port");
        var changed = await owner.Document();
        changed["headline"] = "Another line";
        await owner.Write(changed);

        var kept = await Export(owner.Id);

        Assert.Equal("Another line", kept.GetProperty("written").GetProperty("headline").GetString());
        Assert.NotEqual("Another line", kept.GetProperty("published").GetProperty("headline").GetString());
        Assert.Equal($"{owner.Id:N}@example.org", kept.GetProperty("contactEmail").GetString());
        Assert.Equal("approved", Assert.Single(kept.GetProperty("decisions").EnumerateArray()).GetProperty("verdict").GetString());
        Assert.Equal(JsonValueKind.Null, (await Export(Guid.CreateVersion7())).GetProperty("written").ValueKind);
    }

    private async Task<JsonElement> Export(Guid practitionerId)
    {
        using var answer = await app.Factory.AsService().PostAsJsonAsync(
            "/internal/export", new { accountId = Guid.CreateVersion7(), email = "ana@example.org", practitionerId, bookingIds = Array.Empty<Guid>(), waitlistEntryIds = Array.Empty<Guid>() });
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
