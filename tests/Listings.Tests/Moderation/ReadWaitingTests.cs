using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using TestKit;
using Xunit;

namespace Listings.Tests.Moderation;

public sealed class ReadWaitingTests(ListingsApp app) : IClassFixture<ListingsApp>
{
    [Fact]
    public async Task The_queue_shows_what_waits_and_the_version_to_decide_about()
    {
        var owner = app.NewOwner();
        await owner.Write(Sample.Listing("Queue One"));
        await owner.Submit();
        var queue = await app.Moderator.GetFromJsonAsync<JsonObject>("/api/v1/moderation/queue?limit=100");
        var waiting = queue!["items"]!.AsArray().Single(i => (Guid)i!["practitionerId"]! == owner.Id)!;
        Assert.Equal("Queue One", (string?)waiting["listing"]!["name"]);
        Assert.Equal("selfDeclared", (string?)waiting["credentials"]![0]!["evidence"]);

        var version = waiting["version"]!.GetValue<long>();
        var address = $"/api/v1/moderation/listings/{owner.Id}/approve";
        await Refusal.Is(await app.Moderator.PostAsJsonAsync(address, new { reason = "Good.", version = version - 1 }), 412, "stale-version");
        Assert.Equal(HttpStatusCode.OK, (await app.Moderator.PostAsJsonAsync(address, new { reason = "Good.", version })).StatusCode);
        await Refusal.Is(await app.Moderator.PostAsJsonAsync(address, new { reason = "Good." }), 409, "state-conflict");
    }

    [Fact]
    public async Task The_queue_pages_without_repeating_and_refuses_forged_cursors()
    {
        for (var i = 0; i < 5; i++)
        {
            var owner = app.NewOwner();
            await owner.Write(Sample.Listing($"Page {i}"));
            await owner.Submit();
        }
        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await app.Moderator.GetFromJsonAsync<JsonObject>($"/api/v1/moderation/queue?limit=2{(cursor is null ? "" : $"&cursor={cursor}")}");
            seen.AddRange(page!["items"]!.AsArray().Select(i => (Guid)i!["practitionerId"]!));
            cursor = (string?)page["nextCursor"];
        }
        while (cursor is not null);
        Assert.True(seen.Count >= 5);
        Assert.Equal(seen.Count, seen.Distinct().Count());
        await Refusal.Is(await app.Moderator.GetAsync(new Uri("/api/v1/moderation/queue?cursor=Zm9yZ2Vk", UriKind.Relative)), 400, "forged-cursor");
    }
}
