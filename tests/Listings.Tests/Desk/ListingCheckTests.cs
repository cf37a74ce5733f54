using System.Text.Json.Nodes;
using TestKit;
using Xunit;

namespace Listings.Tests.Desk;

/// <summary>Each field that cannot be kept is named by its path, and nothing is stored.</summary>
public sealed class ListingCheckTests(ListingsApp app) : IClassFixture<ListingsApp>
{
    /// <summary>Where in the sample, what stands there instead, and the path that the refusal names.</summary>
    public static TheoryData<string, string, string> Wrong => new()
    {
        { "name", $"\"{new string('x', 101)}\"", "name" },
        { "name", "7", "name" },
        { "headline", "\"two\\nlines\"", "headline" },
        { "biography", $"\"{new string('x', 4001)}\"", "biography" },
        { "biography", "\"\\ud800\"", "biography" },
        { "approach", "\"forceful\"", "approach" },
        { "gender", "\"x\"", "gender" },
        { "practisingSince", "2099", "practisingSince" },
        { "practisingSince", "2014.5", "practisingSince" },
        { "specialties", "[\"everything\"]", "specialties[0]" },
        { "specialties", "[\"sleep\", \"sleep\"]", "specialties[1]" },
        { "specialties", "[null]", "specialties[0]" },
        { "languages", "[\"xx\"]", "languages[0]" },
        { "associations", "[\"club\"]", "associations[0]" },
        { "populations", "[\"martians\"]", "populations[0]" },
        { "techniques", "[\"magic\"]", "techniques[0]" },
        { "modalities", "[\"\"]", "modalities[0]" },
        { "trainings", "[null]", "trainings[0]" },
        { "trainings/0/issuer", "\"nobody\"", "trainings[0].issuer" },
        { "trainings/0/level", "\"upledger:cst-t\"", "trainings[0].level" },
        { "trainings/0/level", "null", "trainings[0].level" },
        { "trainings/0/credential", "\"cst-d\"", "trainings[0].credential" },
        { "trainings/0/hours", "0", "trainings[0].hours" },
        { "trainings/0/from", "\"2030-01-01\"", "trainings[0].from" },
        { "trainings/0/from", "\"yesterday\"", "trainings[0].from" },
        { "trainings/0/to", "\"2010-01-01\"", "trainings[0].to" },
        { "trainings/0/id", "\"0198a6a0-0000-7000-8000-000000000000\"", "trainings[0].id" },
        { "trainings/1/credential", "null", "trainings[1].credential" },
        { "trainings/1/level", "\"upledger:cs1\"", "trainings[1].level" },
        { "licences", "[null]", "licences[0]" },
        { "licences/0/code", "\"wizard\"", "licences[0].code" },
        { "licences/0/jurisdiction", "\"Colorado\"", "licences[0].jurisdiction" },
        { "licences/0/number", "\"\"", "licences[0].number" },
        { "locations", "[null]", "locations[0]" },
        { "locations/0/country", "\"USA\"", "locations[0].country" },
        { "locations/0/locality", "\"\"", "locations[0].locality" },
        { "locations/0/lat", "91", "locations[0].lat" },
        { "locations/0/lat", "\"NaN\"", "locations[0].lat" },
        { "locations/0/lon", "-180.5", "locations[0].lon" },
        { "locations/0/lon", "null", "locations[0].lon" },
        { "locations/0/timeZone", "\"Mars/Olympus\"", "locations[0].timeZone" },
        { "locations/0/formats", "[\"telepathy\"]", "locations[0].formats[0]" },
        { "locations/0/formats", "[\"inPerson\", \"inPerson\"]", "locations[0].formats" },
        { "locations/0/formats", "[\"inPerson\", \"homeVisit\"]", "locations[0].travelRadiusKm" },
        { "locations/0/travelRadiusKm", "10", "locations[0].travelRadiusKm" },
        { "locations/0/access", "[\"trapdoor\"]", "locations[0].access[0]" },
        { "locations/0/addressLines", "[\"1\", \"2\", \"3\", \"4\", \"5\"]", "locations[0].addressLines" },
        { "locations/0/addressLines", "[null]", "locations[0].addressLines[0]" },
        { "locations/0/door", "\"blue\"", "locations[0].door" },
        { "services", "[null]", "services[0]" },
        { "services/0/name", "\" \"", "services[0].name" },
        { "services/0/minutes", "10", "services[0].minutes" },
        { "services/0/minutes", "62", "services[0].minutes" },
        { "services/0/minutes", "185", "services[0].minutes" },
        { "services/0/price/amount", "-1", "services[0].price.amount" },
        { "services/0/price/amount", "120.5", "services[0].price.amount" },
        { "services/0/price/amount", "49", "services[0].price.amount" },
        { "services/0/price/amount", "100000000", "services[0].price.amount" },
        { "services/0/price/currency", "\"XXX\"", "services[0].price.currency" },
        { "services/0/price/currency", "\"EUR\"", "services" },
        { "services/0/price", "{\"currency\": \"USD\"}", "services[0].price.amount" },
        { "services/0/price", "{\"amount\": 1}", "services[0].price.currency" },
        { "services/0/formats", "[]", "services[0].formats" },
        { "services/0/formats", "[\"inPerson\", \"online\"]", "services[0].formats" },
        { "services/0/bookingMode", "\"byTelepathy\"", "services[0].bookingMode" },
        { "services/0/forWhom", "{\"minAgeMonths\": 24, \"maxAgeMonths\": 12}", "services[0].forWhom.maxAgeMonths" },
        { "services/0/forWhom", "{\"minAgeMonths\": -1}", "services[0].forWhom.minAgeMonths" },
        { "services/0/locationIds", "[\"0198a6a0-0000-7000-8000-000000000000\"]", "services[0].locationIds[0]" },
        { "services/0/id", "\"0198a6a0-0000-7000-8000-000000000000\"", "services[0].id" },
        { "services/2/firstVisit", "true", "services[2].firstVisit" },
        { "policy/text", "\"\"", "policy.text" },
        { "policy/tiers/0/refundPercent", "101", "policy.tiers[0].refundPercent" },
        { "policy/tiers/0/hoursBefore", "-1", "policy.tiers[0].hoursBefore" },
        { "policy/tiers/1/hoursBefore", "24", "policy.tiers[1].hoursBefore" },
        { "policy/tiers/1/refundPercent", "100", "policy.tiers[1].refundPercent" },
        { "policy/tiers", "[null]", "policy.tiers[0]" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_field_that_cannot_be_kept_is_named(string where, string value, string named)
    {
        var owner = app.NewOwner();
        var listing = Sample.Listing();
        JsonNode parent = listing;
        var steps = where.Split('/');
        foreach (var step in steps[..^1])
            parent = int.TryParse(step, out var index) ? parent[index]! : parent[step]!;
        // JsonNode would refuse a lone surrogate that a client may well send, so the text is put together here.
        const string mark = "\"here\"";
        parent[steps[^1]] = "here";
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/me/listing")
        {
            Content = new StringContent(listing.ToJsonString().Replace(mark, value, StringComparison.Ordinal), System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("If-Match", "*");

        await Refusal.Names(await owner.Http.SendAsync(request), named);
        Assert.Equal(0L, await app.Factory.Db.Scalar<long>("SELECT count(*) FROM practitioners WHERE id = $1", owner.Id));
    }

    [Theory]
    [InlineData("trainings", "[{\"issuer\": \"upledger\", \"level\": \"upledger:cs1\"}]", "trainings[0].from")]
    [InlineData("locations", "[{\"name\": \"Studio\", \"locality\": \"Boulder\"}]", "locations[0].country")]
    [InlineData("services", "[{\"name\": \"Visit\", \"minutes\": 60}]", "services[0].price")]
    public async Task A_field_that_cannot_be_done_without_is_named(string list, string value, string named)
    {
        var listing = Sample.Listing();
        listing[list] = JsonNode.Parse(value);
        await Refusal.Names(await app.NewOwner().Put(listing), named);
    }

    [Fact]
    public async Task Ids_of_another_practitioner_are_refused()
    {
        var other = await app.NewOwner().Write(Sample.Listing());
        var listing = Sample.Listing();
        listing["services"]![0]!["id"] = other["services"]![0]!["id"]!.DeepClone();
        await Refusal.Names(await app.NewOwner().Put(listing), "services[0].id");
    }
}
