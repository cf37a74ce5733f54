using System.Text.Json.Nodes;
using Listings.Tests.Places;
using Xunit;

namespace Listings.Tests.Desk;

/// <summary>Where a place lies is looked up when its owner does not say.</summary>
public sealed class CompletionTests(SmallGazetteer gazetteer) : IClassFixture<SmallGazetteer>
{
    [Theory]
    [InlineData("Denver", "CO", "80202", "US", 39.75, -104.99, "America/Denver")]
    [InlineData("Toronto", "ON", null, "CA", 43.7, -79.4, "America/Toronto")]
    [InlineData("Zürich", null, "8001", "CH", 47.37, 8.55, "Europe/Zurich")]
    public async Task A_place_without_coordinates_is_found_by_its_code_or_name(
        string locality, string? region, string? code, string country, double lat, double lon, string zone)
    {
        var location = (await NewOwner().Write(With(locality, region, code, country)))["locations"]![0]!;
        Assert.InRange((double)location["lat"]!, lat - 0.05, lat + 0.05);
        Assert.InRange((double)location["lon"]!, lon - 0.05, lon + 0.05);
        Assert.Equal(zone, (string?)location["timeZone"]);
    }

    [Fact]
    public async Task A_place_that_nobody_knows_is_kept_and_asked_for()
    {
        var answer = await NewOwner().Write(With("Qwxyzzy", null, null, "US"));
        Assert.Null(answer["locations"]![0]!["lat"]);
        Assert.Contains(answer["issues"]!.AsArray(), i => (string?)i!["path"] == "locations[0].lat");
    }

    [Fact]
    public async Task A_practice_that_moves_to_another_town_is_looked_up_anew()
    {
        var owner = NewOwner();
        await owner.Write(With("Denver", "CO", "80202", "US"));
        var document = await owner.Document();
        var (id, place) = (document["locations"]![0]!["id"]!.ToString(), document["locations"]![0]!);
        (place["locality"], place["region"], place["postalCode"], place["country"]) = ("Zürich", null, null, "CH");

        var moved = (await owner.Write(document))["locations"]![0]!;
        Assert.Equal(id, moved["id"]!.ToString());
        Assert.Equal("Europe/Zurich", (string?)moved["timeZone"]);
        Assert.InRange((double)moved["lat"]!, 47, 48);
    }

    [Fact]
    public async Task A_namesake_in_another_region_is_another_town()
    {
        var owner = NewOwner();
        await owner.Write(With("Portland", "OR", null, "US"));
        var document = await owner.Document();
        document["locations"]![0]!["region"] = "ME";

        var moved = (await owner.Write(document))["locations"]![0]!;
        Assert.Equal("America/New_York", (string?)moved["timeZone"]);
        Assert.InRange((double)moved["lon"]!, -71, -70);
    }

    [Fact]
    public async Task A_town_without_coordinates_gets_its_own_zone_though_the_old_one_is_repeated()
    {
        var owner = NewOwner();
        await owner.Write(With("Denver", "CO", "80202", "US"));
        var document = await owner.Document();
        var place = document["locations"]![0]!.AsObject();
        (place["locality"], place["region"], place["postalCode"]) = ("New York City", "NY", null);
        place.Remove("lat");
        place.Remove("lon");

        Assert.Equal("America/New_York", (string?)(await owner.Write(document))["locations"]![0]!["timeZone"]);
    }

    private Owner NewOwner() => new(gazetteer.Service, Guid.CreateVersion7());

    private static JsonObject With(string locality, string? region, string? code, string country)
    {
        var listing = Sample.Listing();
        var place = listing["locations"]![0]!.AsObject();
        (place["locality"], place["region"], place["postalCode"], place["country"]) = (locality, region, code, country);
        place.Remove("lat");
        place.Remove("lon");
        place.Remove("timeZone");
        return listing;
    }
}
