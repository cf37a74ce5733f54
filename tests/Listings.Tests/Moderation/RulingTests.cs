using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using TestKit;
using Xunit;

namespace Listings.Tests.Moderation;

public sealed class RulingTests(ListingsApp app) : IClassFixture<ListingsApp>
{
    [Fact]
    public async Task An_approved_listing_is_found_by_its_slug_and_told_to_the_others()
    {
        var owner = await app.PublishedOwner("Åsa Öberg");
        var (listing, _) = await owner.Read();

        Assert.Equal("published", (string?)listing["status"]);
        Assert.Equal("approved", Assert.Single(await app.Facts("ListingDecided", owner.Id)).GetProperty("verdict").GetString());
        Assert.Equal("asa-oberg-boulder", (string?)listing["slug"]);
        var found = await app.Factory.AsService().GetFromJsonAsync<JsonObject>("/internal/practitioners/by-slug/asa-oberg-boulder");
        Assert.Equal(owner.Id, (Guid)found!["id"]!);

        var fact = Assert.Single(await app.Facts("PractitionerPublished", owner.Id));
        Assert.Equal("America/Denver", fact.GetProperty("locations")[0].GetProperty("timeZone").GetString());
        Assert.Equal([60, 75, 15], fact.GetProperty("services").EnumerateArray().Select(s => s.GetProperty("minutes").GetInt32()));
        Assert.Equal([false, false, true], fact.GetProperty("services").EnumerateArray().Select(s => s.GetProperty("introductory").GetBoolean()));
        Assert.Equal(1L, await app.Factory.Db.Scalar<long>("SELECT count(card) FROM search_cards WHERE practitioner_id = $1", owner.Id));
    }

    [Fact]
    public async Task Two_of_a_name_at_one_moment_never_get_one_slug()
    {
        var owners = Enumerable.Range(0, 6).Select(_ => app.NewOwner()).ToList();
        foreach (var owner in owners)
        {
            await owner.Write(Sample.Listing("Kim Sixfold"));
            await owner.Submit();
        }

        var answers = await Task.WhenAll(owners.Select(o => app.Rule(o.Id, "approve")));

        Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.OK or HttpStatusCode.PreconditionFailed, $"{a.StatusCode}"));
        Assert.Contains(answers, a => a.StatusCode is HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_second_of_a_name_in_a_town_gets_a_number_and_a_slug_stays()
    {
        var first = await app.PublishedOwner("Kim Twice");
        var second = await app.PublishedOwner("Kim Twice");
        Assert.Equal("kim-twice-boulder", (string?)(await first.Read()).Listing["slug"]);
        Assert.Equal("kim-twice-boulder-2", (string?)(await second.Read()).Listing["slug"]);

        var renamed = await second.Document();
        renamed["name"] = "Kim Once";
        await second.Write(renamed);
        await second.Submit();
        await app.Rule(second.Id, "approve");
        Assert.Equal("kim-twice-boulder-2", (string?)(await second.Read()).Listing["slug"]);
    }

    [Fact]
    public async Task A_returned_listing_tells_its_owner_why_and_may_be_submitted_again()
    {
        var owner = app.NewOwner();
        await owner.Write(Sample.Listing());
        await owner.Submit();
        Assert.Equal(HttpStatusCode.OK, (await app.Rule(owner.Id, "return", "Please name your school in full.")).StatusCode);

        var (listing, _) = await owner.Read();
        Assert.Equal("returned", (string?)listing["status"]);
        Assert.Equal("Please name your school in full.", (string?)listing["reason"]);
        Assert.Empty(await app.Facts("PractitionerPublished", owner.Id));
        var told = Assert.Single(await app.Facts("ListingDecided", owner.Id));
        Assert.Equal("returned", told.GetProperty("verdict").GetString());
        Assert.DoesNotContain("school", told.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await owner.Submit()).StatusCode);
    }

    [Fact]
    public async Task Changes_wait_while_the_public_sees_what_was_approved()
    {
        var owner = await app.PublishedOwner("Wait Ing");
        var changed = await owner.Document();
        changed["services"]![0]!["price"]!["amount"] = 99900;
        Assert.True((bool)(await owner.Write(changed))["hasChanges"]!);
        await owner.Submit();
        Assert.Equal(HttpStatusCode.OK, (await app.Rule(owner.Id, "return")).StatusCode);

        Assert.Equal(12000, (await Offering(owner))!["service"]!["price"]!["amount"]!.GetValue<long>());
        await owner.Submit();
        await app.Rule(owner.Id, "approve");
        Assert.Equal(99900, (await Offering(owner))!["service"]!["price"]!["amount"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_suspended_listing_disappears_at_once_until_it_is_approved_again()
    {
        var owner = await app.PublishedOwner("Sus Pended");
        Assert.Equal(HttpStatusCode.OK, (await app.Rule(owner.Id, "suspend", "A concern is being looked into.")).StatusCode);

        var service = app.Factory.AsService();
        await Refusal.Is(await service.GetAsync(new Uri("/internal/practitioners/by-slug/sus-pended-boulder", UriKind.Relative)), 404, "not-found");
        Assert.Single(await app.Facts("PractitionerWithdrawn", owner.Id));
        Assert.Equal(0L, await app.Factory.Db.Scalar<long>("SELECT count(card) FROM search_cards WHERE practitioner_id = $1", owner.Id));
        await Refusal.Is(await owner.Submit(), 409, "state-conflict");
        await Refusal.Is(await owner.Unpublish(), 409, "state-conflict");
        await Refusal.Is(await app.Rule(owner.Id, "suspend"), 409, "state-conflict");

        Assert.Equal(HttpStatusCode.OK, (await app.Rule(owner.Id, "approve")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await service.GetAsync(new Uri("/internal/practitioners/by-slug/sus-pended-boulder", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task What_was_written_while_suspended_is_checked_before_it_is_shown()
    {
        var owner = await app.PublishedOwner("Wri Ting");
        await app.Rule(owner.Id, "suspend");
        var changed = await owner.Document();
        changed["headline"] = "I cure headaches";
        await owner.Write(changed);

        await Refusal.Names(await app.Rule(owner.Id, "approve"), "headline");
        Assert.Equal("suspended", (string?)(await owner.Read()).Listing["status"]);
    }

    [Fact]
    public async Task Every_decision_is_kept_with_its_reason()
    {
        var owner = await app.PublishedOwner("Aud Ited");
        await app.Rule(owner.Id, "suspend", "First reason.");
        await app.Rule(owner.Id, "approve", "Second reason.");

        var audit = await app.Moderator.GetFromJsonAsync<JsonObject>($"/api/v1/moderation/audit?practitionerId={owner.Id}");
        Assert.Equal(["approved", "suspended", "approved"], audit!["items"]!.AsArray().Select(i => (string)i!["verdict"]!));
        Assert.Equal(["Second reason.", "First reason.", "Looked at it together."], audit["items"]!.AsArray().Select(i => (string)i!["reason"]!));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"reason\": \"\"}")]
    [InlineData("{\"reason\": null}")]
    public async Task A_decision_without_a_reason_is_none(string body)
    {
        var owner = app.NewOwner();
        await owner.Write(Sample.Listing());
        await owner.Submit();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        await Refusal.Names(await app.Moderator.PostAsync(new Uri($"/api/v1/moderation/listings/{owner.Id}/approve", UriKind.Relative), content), "reason");
    }

    [Fact]
    public async Task Only_moderators_decide_and_unknown_listings_are_not_found()
    {
        var body = new { reason = "Because." };
        var address = $"/api/v1/moderation/listings/{Guid.CreateVersion7()}/approve";
        await Refusal.Is(await app.Factory.Guest().PostAsJsonAsync(address, body), 401, "unauthenticated");
        await Refusal.Is(await app.Factory.As("client").PostAsJsonAsync(address, body), 403, "forbidden");
        await Refusal.Is(await app.NewOwner().Http.PostAsJsonAsync(address, body), 403, "forbidden");
        await Refusal.Is(await app.Factory.AsService().PostAsJsonAsync(address, body), 403, "forbidden");
        await Refusal.Is(await app.Moderator.PostAsJsonAsync(address, body), 404, "not-found");
        await Refusal.Is(await app.Factory.Guest().GetAsync(new Uri("/api/v1/moderation/audit", UriKind.Relative)), 401, "unauthenticated");
        await Refusal.Is(await app.Factory.As("client").GetAsync(new Uri("/api/v1/moderation/queue", UriKind.Relative)), 403, "forbidden");
    }

    private async Task<JsonObject?> Offering(Owner owner)
    {
        var document = await owner.Document();
        return await app.Factory.AsService().GetFromJsonAsync<JsonObject>(
            $"/internal/offerings/{owner.Id}/{document["services"]![0]!["id"]}?locationId={document["locations"]![0]!["id"]}");
    }
}
