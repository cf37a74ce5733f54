using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using TestKit;
using Xunit;

namespace Listings.Tests.Desk;

public sealed class SubmitMyListingTests(ListingsApp app) : IClassFixture<ListingsApp>
{
    [Fact]
    public async Task A_whole_listing_is_submitted_once_however_often_it_is_asked()
    {
        var owner = app.NewOwner();
        await owner.Write(Sample.Listing());

        var first = await (await owner.Submit()).Content.ReadFromJsonAsync<JsonObject>();
        var second = await owner.Submit();
        Assert.Equal("submitted", (string?)first!["status"]);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal(first.ToJsonString(), (await second.Content.ReadFromJsonAsync<JsonObject>())!.ToJsonString());
    }

    [Fact]
    public async Task An_empty_listing_is_refused_with_what_is_missing()
    {
        var answer = await app.NewOwner().Submit();
        await Refusal.Names(answer, "headline");
    }

    [Theory]
    [InlineData("headline", "I cure headaches", "headline")]
    [InlineData("biography", "For thirty years I have seen that this work heals what doctors could not, in all of my clients.", "biography")]
    [InlineData("aftercare", "The effect is guaranteed, and guarantee means guarantee.", "aftercare")]
    public async Task Words_that_promise_too_much_are_kept_as_a_draft_and_not_submitted(string field, string text, string named)
    {
        var owner = app.NewOwner();
        var listing = Sample.Listing();
        listing[field] = text;
        var written = await owner.Write(listing);
        var issue = written["issues"]!.AsArray().First(i => (string?)i!["path"] == named)!;
        Assert.Equal("claim", (string?)issue["code"]);
        Assert.NotEmpty(issue["words"]!.ToString());
        Assert.NotEmpty(issue["suggestion"]!.ToString());

        var answer = await owner.Submit();
        var problem = await Refusal.Is(answer, 400, "validation");
        Assert.Contains(problem.GetProperty("errors").EnumerateObject(), e => e.Name == named);
        Assert.Equal("draft", (string?)(await owner.Read()).Listing["status"]);
    }

    [Fact]
    public async Task A_mark_that_is_renewed_each_year_says_until_when_it_is_held()
    {
        var owner = app.NewOwner();
        var listing = Sample.Listing();
        listing["trainings"]![0]!.AsObject().Remove("to");
        await owner.Write(listing);
        await Refusal.Names(await owner.Submit(), "trainings[0].to");
    }

    [Fact]
    public async Task A_claim_in_the_name_of_a_service_counts_too()
    {
        var owner = app.NewOwner();
        var listing = Sample.Listing();
        listing["services"]![0]!["name"] = "Healing hour";
        await owner.Write(listing);
        await Refusal.Names(await owner.Submit(), "services[0].name");
    }

    [Fact]
    public async Task A_service_that_no_location_offers_is_an_issue()
    {
        var owner = app.NewOwner();
        var listing = Sample.Listing();
        listing["locations"]![0]!["formats"] = new JsonArray("inPerson");
        await owner.Write(listing);
        await Refusal.Names(await owner.Submit(), "services[2].formats");
    }

    [Fact]
    public async Task Who_writes_after_submitting_submits_again()
    {
        var owner = app.NewOwner();
        await owner.Write(Sample.Listing());
        await owner.Submit();
        var changed = await owner.Document();
        changed["headline"] = "Another sentence about the same work";
        Assert.Equal("draft", (string?)(await owner.Write(changed))["status"]);
        await Refusal.Is(await app.Rule(owner.Id, "approve"), 409, "state-conflict");
    }

    [Fact]
    public async Task What_is_not_published_cannot_be_taken_back()
    {
        var owner = app.NewOwner();
        await owner.Write(Sample.Listing());
        await Refusal.Is(await owner.Unpublish(), 409, "state-conflict");
    }

    [Fact]
    public async Task Unpublishing_tells_the_others_and_can_be_undone_by_submitting_again()
    {
        var owner = await app.PublishedOwner("Unn Published");
        Assert.Equal(HttpStatusCode.OK, (await owner.Unpublish()).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await owner.Unpublish()).StatusCode);

        var (listing, _) = await owner.Read();
        Assert.Equal("unpublished", (string?)listing["status"]);
        Assert.False((bool)listing["isPublished"]!);
        Assert.Equal("Unn Published", (string?)listing["name"]);
        Assert.Single(await app.Facts("PractitionerWithdrawn", owner.Id));

        await owner.Submit();
        await app.Rule(owner.Id, "approve");
        var published = await app.Facts("PractitionerPublished", owner.Id);
        var withdrawn = (await app.Facts("PractitionerWithdrawn", owner.Id))[0].GetProperty("version").GetInt64();
        Assert.Equal(2, published.Count);
        Assert.True(published[0].GetProperty("version").GetInt64() < withdrawn);
        Assert.True(published[1].GetProperty("version").GetInt64() > withdrawn);
    }
}
