using System.Net.Http.Json;
using System.Text.Json.Nodes;
using TestKit;
using Xunit;

namespace Listings.Tests.Offerings;

public sealed class DescribeOfferingTests(ListingsApp app) : IClassFixture<ListingsApp>
{
    [Fact]
    public async Task A_visit_is_described_with_who_what_where_and_the_policy()
    {
        var owner = await app.PublishedOwner("De Scribed");
        var listing = await owner.Document();
        var offering = await app.Factory.AsService().GetFromJsonAsync<JsonObject>(Address(owner.Id, listing["services"]![0]!["id"], listing["locations"]![0]!["id"]));

        Assert.Equal("de-scribed-boulder", (string?)offering!["practitioner"]!["slug"]);
        Assert.Equal("De Scribed", (string?)offering["practitioner"]!["name"]);
        Assert.False((bool)offering["practitioner"]!["demo"]!);
        Assert.Equal("""{"amount":12000,"currency":"USD"}""", offering["service"]!["price"]!.ToJsonString());
        Assert.Equal(216, (int)offering["service"]!["forWhom"]!["minAgeMonths"]!);
        Assert.Equal("instant", (string?)offering["service"]!["bookingMode"]);
        Assert.Equal("12 Larkspur Street", (string?)offering["location"]!["addressLine"]);
        Assert.Equal("inPerson", (string?)offering["location"]!["format"]);
        Assert.NotNull((string?)offering["location"]!["directions"]);
        Assert.Equal("America/Denver", (string?)offering["location"]!["timeZone"]);
        Assert.Equal(2, offering["policy"]!["tiers"]!.AsArray().Count);
        Assert.Equal(100, (int)offering["depositPercent"]!);
    }

    [Fact]
    public async Task A_call_from_afar_names_no_address_and_leads_nobody_to_the_door()
    {
        var owner = await app.PublishedOwner("Far Away");
        var listing = await owner.Document();
        var offering = await app.Factory.AsService().GetFromJsonAsync<JsonObject>(Address(owner.Id, listing["services"]![2]!["id"], listing["locations"]![0]!["id"]));
        Assert.Equal("online", (string?)offering!["location"]!["format"]);
        Assert.Null(offering["location"]!["addressLine"]);
        Assert.Null(offering["location"]!["directions"]);
    }

    [Fact]
    public async Task What_is_not_offered_is_not_found()
    {
        var owner = await app.PublishedOwner("Not Offered");
        var other = await app.PublishedOwner("Some Body");
        var (mine, others) = (await owner.Document(), await other.Document());
        var service = app.Factory.AsService();
        foreach (var address in (string[])
        [
            Address(owner.Id, others["services"]![0]!["id"], mine["locations"]![0]!["id"]),
            Address(owner.Id, mine["services"]![0]!["id"], others["locations"]![0]!["id"]),
            Address(Guid.CreateVersion7(), mine["services"]![0]!["id"], mine["locations"]![0]!["id"]),
        ])
            await Refusal.Is(await service.GetAsync(new Uri(address, UriKind.Relative)), 404, "not-found");
        await Refusal.Names(await service.GetAsync(new Uri($"/internal/offerings/{owner.Id}/{mine["services"]![0]!["id"]}", UriKind.Relative)), "locationId");
    }

    [Fact]
    public async Task The_address_to_write_to_is_for_services_only()
    {
        var owner = await app.PublishedOwner("Write Me");
        var address = $"/internal/practitioners/{owner.Id}/contact";
        var contact = await app.Factory.AsService().GetFromJsonAsync<JsonObject>(address);
        Assert.Equal($"{owner.Id:N}@example.org", (string?)contact!["email"]);
        Assert.Equal("America/Denver", (string?)contact["timeZone"]);
        Assert.Equal("en", (string?)contact["language"]);

        await Refusal.Is(await app.Factory.Guest().GetAsync(new Uri(address, UriKind.Relative)), 401, "unauthenticated");
        await Refusal.Is(await owner.Http.GetAsync(new Uri(address, UriKind.Relative)), 403, "forbidden");
        await Refusal.Is(await app.Moderator.GetAsync(new Uri(address, UriKind.Relative)), 403, "forbidden");
    }

    private static string Address(Guid practitioner, JsonNode? service, JsonNode? location) => $"/internal/offerings/{practitioner}/{service}?locationId={location}";
}
