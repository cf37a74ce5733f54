using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using TestKit;
using Xunit;

namespace Listings.Tests.Desk;

public sealed class WriteMyListingTests(ListingsApp app) : IClassFixture<ListingsApp>
{
    [Fact]
    public async Task An_unwritten_listing_is_an_empty_draft_that_says_what_is_missing()
    {
        var (listing, tag) = await app.NewOwner().Read();

        Assert.Equal("draft", (string?)listing["status"]);
        Assert.Equal("W/\"1\"", tag);
        var missing = listing["issues"]!.AsArray().Select(i => (string?)i!["path"]).ToList();
        foreach (var path in (string[])["name", "headline", "biography", "trainings", "languages", "locations", "services", "policy"])
            Assert.Contains(path, missing);
    }

    [Fact]
    public async Task Reading_stores_nothing()
    {
        var owner = app.NewOwner();
        await owner.Read();
        Assert.Equal(0L, await app.Factory.Db.Scalar<long>("SELECT count(*) FROM practitioners WHERE id = $1", owner.Id));
    }

    [Fact]
    public async Task What_is_written_is_read_again_with_ids_and_the_wider_specialty()
    {
        var owner = app.NewOwner();
        var sent = Sample.Listing();
        var answer = await owner.Write(sent);

        Assert.Empty(answer["issues"]!.AsArray());
        Assert.Equal(["pelvic-health", "tailbone", "sleep"], answer["specialties"]!.AsArray().Select(s => (string)s!));
        Assert.Equal("bcta-na:rcst", (string?)answer["trainings"]![0]!["credential"]);
        foreach (var list in (string[])["trainings", "licences", "locations", "services"])
        {
            foreach (var item in answer[list]!.AsArray())
                Assert.True(Guid.TryParse((string?)item!["id"], out _), $"{list} without id");
        }
        foreach (var (name, value) in sent.Where(p => p.Key is not ("specialties" or "trainings" or "licences" or "locations" or "services" or "policy")))
            Assert.Equal(value!.ToJsonString(), answer[name]!.ToJsonString());
        Assert.Equal(answer.ToJsonString(), (await owner.Read()).Listing.ToJsonString());
    }

    [Fact]
    public async Task Ids_stay_when_the_document_is_written_again_and_a_version_is_used_up_by_who_saves_under_it()
    {
        var owner = app.NewOwner();
        await owner.Write(Sample.Listing());
        var (first, tag) = await owner.Read();

        Assert.Equal(HttpStatusCode.OK, (await owner.Put(Sample.Writable(first))).StatusCode);
        await Refusal.Is(await owner.Put(Sample.Writable(first), tag), 412, "stale-version");
        var (same, sameTag) = await owner.Read();
        Assert.NotEqual(tag, sameTag);
        Assert.Equal(first.ToJsonString(), same.ToJsonString());

        var changed = Sample.Writable(same);
        changed["headline"] = "Another sentence about the same work";
        await owner.Write(changed);
        var (second, secondTag) = await owner.Read();
        Assert.NotEqual(sameTag, secondTag);
        Assert.Equal(first["services"]!.ToJsonString(), second["services"]!.ToJsonString());
        Assert.Equal(first["locations"]!.ToJsonString(), second["locations"]!.ToJsonString());
    }

    [Fact]
    public async Task A_write_needs_the_version_it_has_seen()
    {
        var owner = app.NewOwner();
        await owner.Write(Sample.Listing());

        await Refusal.Is(await owner.Http.PutAsJsonAsync("/api/v1/me/listing", Sample.Listing()), 428, "version-required");
        await Refusal.Is(await owner.Put(Sample.Listing(), "W/\"1\""), 412, "stale-version");
    }

    [Fact]
    public async Task Of_two_writes_at_once_one_wins()
    {
        var owner = app.NewOwner();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => owner.Put(Sample.Listing($"Nr {i}"), "W/\"1\"")));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        foreach (var answer in answers.Where(a => a.StatusCode != HttpStatusCode.OK))
            await Refusal.Is(answer, 412, "stale-version");
    }

    [Theory]
    [InlineData("status", "\"published\"")]
    [InlineData("slug", "\"mine\"")]
    [InlineData("demo", "true")]
    [InlineData("id", "\"0198a6a0-0000-7000-8000-000000000000\"")]
    [InlineData("version", "7")]
    [InlineData("evidence", "[]")]
    [InlineData("credentials", "[]")]
    public async Task What_is_not_the_owners_to_write_is_refused(string field, string value)
    {
        var listing = Sample.Listing();
        listing[field] = JsonNode.Parse(value);
        await Refusal.Names(await app.NewOwner().Put(listing), field);
    }

    [Fact]
    public async Task Nobody_vouches_for_their_own_training()
    {
        var listing = Sample.Listing();
        listing["trainings"]![0]!["evidence"] = "confirmedByIssuer";
        await Refusal.Names(await app.NewOwner().Put(listing), "trainings[0].evidence");
    }

    [Fact]
    public async Task The_zone_of_a_place_is_that_of_the_nearest_town_unless_given()
    {
        await app.Factory.Db.Scalar<object>(
            """
            INSERT INTO places (id, name, region, region_code, country, population, time_zone, position)
            VALUES (1, 'Boulder', 'Colorado', 'CO', 'US', 105112, 'America/Denver', ST_MakePoint(-105.27, 40.01)::geography),
                   (2, 'Chicago', 'Illinois', 'IL', 'US', 2700000, 'America/Chicago', ST_MakePoint(-87.65, 41.85)::geography)
            ON CONFLICT DO NOTHING
            """);
        var listing = Sample.Listing();
        listing["locations"]![0]!.AsObject().Remove("timeZone");
        Assert.Equal("America/Denver", (string?)(await app.NewOwner().Write(listing))["locations"]![0]!["timeZone"]);

        var elsewhere = Sample.Listing();
        elsewhere["locations"]![0]!["timeZone"] = "America/Phoenix";
        Assert.Equal("America/Phoenix", (string?)(await app.NewOwner().Write(elsewhere))["locations"]![0]!["timeZone"]);
    }

    [Fact]
    public async Task Only_practitioners_have_a_listing()
    {
        var address = new Uri("/api/v1/me/listing", UriKind.Relative);
        await Refusal.Is(await app.Factory.Guest().GetAsync(address), 401, "unauthenticated");
        await Refusal.Is(await app.Factory.As("client").GetAsync(address), 403, "forbidden");
        await Refusal.Is(await app.Factory.As("moderator").GetAsync(address), 403, "forbidden");
        await Refusal.Is(await app.Factory.As("practitioner").GetAsync(address), 403, "forbidden");
    }
}
