using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using TestKit;
using Xunit;

namespace Listings.Tests.Moderation;

public sealed class VerifyCredentialTests(ListingsApp app) : IClassFixture<ListingsApp>
{
    [Fact]
    public async Task A_confirmed_training_says_who_confirmed_it_and_when()
    {
        var owner = await app.PublishedOwner("Con Firmed");
        var training = (string)(await owner.Read()).Listing["trainings"]![0]!["id"]!;
        Assert.Equal(HttpStatusCode.OK, (await Verify(training, "confirmedByIssuer")).StatusCode);

        var state = (await owner.Read()).Listing["credentials"]!.AsArray().Single(c => (string?)c!["id"] == training)!;
        Assert.Equal("confirmedByIssuer", (string?)state["evidence"]);
        Assert.Equal("Biodynamic Craniosacral Therapy Association of North America", (string?)state["checkedBy"]);
        Assert.Equal("2026-11-23", (string?)state["checkedOn"]);
        await Refusal.Is(await Verify(training, "confirmedByIssuer"), 409, "state-conflict");
    }

    [Fact]
    public async Task Changed_words_are_unconfirmed_again_and_other_changes_keep_the_proof()
    {
        var owner = await app.PublishedOwner("Chan Ged");
        var training = (string)(await owner.Read()).Listing["trainings"]![0]!["id"]!;
        await Verify(training, "documentSeen");
        var document = await owner.Document();
        document["headline"] = "Another sentence about the same work";
        Assert.Equal("documentSeen", (string?)(await owner.Write(document))["credentials"]![0]!["evidence"]);

        document = await owner.Document();
        document["trainings"]![0]!["to"] = "2099-05-31";
        Assert.Equal("selfDeclared", (string?)(await owner.Write(document))["credentials"]![0]!["evidence"]);
    }

    [Fact]
    public async Task A_rejected_licence_is_the_owners_word_again()
    {
        var owner = await app.PublishedOwner("Re Jected");
        var licence = (string)(await owner.Read()).Listing["licences"]![0]!["id"]!;
        Assert.Equal(HttpStatusCode.OK, (await Verify(licence, "documentSeen")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.Decide($"credentials/{licence}/reject", new { reason = "Not in the register." })).StatusCode);

        var state = (await owner.Read()).Listing["credentials"]!.AsArray().Single(c => (string?)c!["id"] == licence)!;
        Assert.Equal("selfDeclared", (string?)state["evidence"]);
        var audit = await app.Moderator.GetFromJsonAsync<JsonObject>($"/api/v1/moderation/audit?practitionerId={owner.Id}&limit=2");
        Assert.Equal(["rejected", "verified"], audit!["items"]!.AsArray().Select(i => (string)i!["verdict"]!));
        Assert.All(audit["items"]!.AsArray(), i => Assert.Equal(licence, (string?)i!["credentialId"]));
    }

    [Fact]
    public async Task What_was_seen_of_the_published_words_holds_beside_what_is_seen_of_newer_ones()
    {
        var owner = await app.PublishedOwner("Two Fold");
        var training = (string)(await owner.Read()).Listing["trainings"]![0]!["id"]!;
        await Verify(training, "documentSeen");
        var document = await owner.Document();
        document["trainings"]![0]!["to"] = "2099-05-31";
        await owner.Write(document);
        Assert.Equal(HttpStatusCode.OK, (await Verify(training, "confirmedByIssuer")).StatusCode);
        Assert.Equal("documentSeen", await Shown(owner));

        Assert.Equal(HttpStatusCode.OK, (await app.Decide($"credentials/{training}/reject", new { reason = "It was forged." })).StatusCode);
        Assert.Equal("selfDeclared", await Shown(owner));
    }

    [Fact]
    public async Task A_published_proof_can_be_rejected_though_its_owner_has_written_it_away()
    {
        var owner = await app.PublishedOwner("Written Away");
        var training = (string)(await owner.Read()).Listing["trainings"]![0]!["id"]!;
        await Verify(training, "documentSeen");
        var document = await owner.Document();
        document["trainings"]!.AsArray().RemoveAt(0);
        await owner.Write(document);
        Assert.Equal("documentSeen", await Shown(owner));

        Assert.Equal(HttpStatusCode.OK, (await app.Decide($"credentials/{training}/reject", new { reason = "It was forged." })).StatusCode);
        Assert.Equal("selfDeclared", await Shown(owner));
    }

    [Fact]
    public async Task A_decision_about_words_that_have_changed_since_they_were_read_is_refused()
    {
        var owner = await app.PublishedOwner("Changed Since");
        var listing = (await owner.Read()).Listing;
        var (training, seen) = ((string)listing["trainings"]![0]!["id"]!, await app.Factory.Db.Scalar<long>("SELECT version FROM practitioners WHERE id = $1", owner.Id));
        var document = await owner.Document();
        document["trainings"]![0]!["to"] = "2099-05-31";
        await owner.Write(document);

        foreach (var decision in (string[])["verify", "reject"])
            await Refusal.Is(await app.Decide($"credentials/{training}/{decision}", new { reason = "Seen it.", version = seen }), 412, "stale-version");
    }

    [Fact]
    public async Task What_is_no_credential_is_not_found()
    {
        var owner = await app.PublishedOwner("No Such");
        await Refusal.Is(await Verify(Guid.CreateVersion7().ToString(), "documentSeen"), 404, "not-found");
        await Refusal.Is(await Verify((string)(await owner.Read()).Listing["services"]![0]!["id"]!, "documentSeen"), 404, "not-found");
    }

    [Fact]
    public async Task A_decision_names_a_proof_and_a_reason()
    {
        var owner = await app.PublishedOwner("Na Med");
        var training = (string)(await owner.Read()).Listing["trainings"]![0]!["id"]!;
        await Refusal.Names(await Verify(training, "selfDeclared"), "evidence");
        await Refusal.Names(await Verify(training, "hearsay"), "evidence");
        await Refusal.Names(await app.Decide($"credentials/{training}/verify", new { reason = "" }), "reason");
    }

    private async Task<string?> Shown(Owner owner) =>
        (string?)(await app.Factory.Guest().GetFromJsonAsync<JsonObject>($"/api/v1/practitioners/{owner.Id}"))!["trainings"]![0]!["evidence"];

    private Task<HttpResponseMessage> Verify(string id, string evidence) =>
        app.Decide($"credentials/{id}/verify", new { reason = "Seen it.", evidence });
}
