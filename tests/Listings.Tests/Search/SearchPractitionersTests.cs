using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Listings.Places;
using Listings.Search;
using Listings.Tests.Places;
using Xunit;

namespace Listings.Tests.Search;

public sealed class SearchPractitionersTests(ListingsApp app) : IClassFixture<ListingsApp>
{
    private const string Route = "/api/v1/practitioners";

    [Theory]
    [InlineData("lat=NaN&lon=0", "lat")]
    [InlineData("lat=91&lon=0", "lat")]
    [InlineData("lat=-90.001&lon=0", "lat")]
    [InlineData("lat=1&lon=181", "lon")]
    [InlineData("lat=1&lon=Infinity", "lon")]
    [InlineData("lat=one&lon=1", "lat")]
    [InlineData("lat=1", "lat")]
    [InlineData("lon=1", "lat")]
    [InlineData("lat=1&lat=2&lon=1", "lat")]
    [InlineData("near=Denver&lat=1&lon=1", "near")]
    [InlineData("near=Denver&near=Boulder", "near")]
    [InlineData("lat=1&lon=1&radiusKm=0", "radiusKm")]
    [InlineData("lat=1&lon=1&radiusKm=0.09", "radiusKm")]
    [InlineData("lat=1&lon=1&radiusKm=501", "radiusKm")]
    [InlineData("lat=1&lon=1&radiusKm=1000000000", "radiusKm")]
    [InlineData("lat=1&lon=1&radiusKm=NaN", "radiusKm")]
    [InlineData("lat=1&lon=1&radiusKm=-1", "radiusKm")]
    [InlineData("radiusKm=10", "radiusKm")]
    [InlineData("lineage=lizardry", "lineage")]
    [InlineData("lineage=upledger&lineage=UPLEDGER", "lineage")]
    [InlineData("level=cst-t", "level")]
    [InlineData("level=upledger:cst-t&level=upledger:cs1", "level")]
    [InlineData("specialty=everything", "specialty")]
    [InlineData("format=inperson", "format")]
    [InlineData("format=0", "format")]
    [InlineData("language=english", "language")]
    [InlineData("verified=perhaps", "verified")]
    [InlineData("availableWithinDays=0", "availableWithinDays")]
    [InlineData("availableWithinDays=32", "availableWithinDays")]
    [InlineData("availableWithinDays=1.5", "availableWithinDays")]
    [InlineData("sort=magic", "sort")]
    [InlineData("sort=distance", "sort")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=99999999999", "limit")]
    [InlineData("facets=2", "facets")]
    public async Task What_makes_no_sense_is_refused_by_name(string query, string path)
    {
        var problem = await Refused(query, HttpStatusCode.BadRequest, "validation");
        Assert.Contains(path, problem.GetProperty("errors").EnumerateObject().Select(e => e.Name));
    }

    [Theory]
    [InlineData("Zm9yZ2Vk")]
    [InlineData("a.b")]
    [InlineData("%00")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_forged_cursor_is_refused(string cursor) => await Refused($"lat=1&lon=1&cursor={cursor}", HttpStatusCode.BadRequest, "forged-cursor");

    [Fact]
    public async Task A_cursor_fits_its_own_search_only()
    {
        foreach (var name in (string[])["Ada One", "Ada Two", "Ada Three"])
            await app.PublishedOwner(name);
        var first = await Search("lat=40.01&lon=-105.27&limit=1");
        Assert.NotNull(first.NextCursor);
        Assert.NotEmpty((await Search($"lat=40.01&lon=-105.27&limit=2&cursor={first.NextCursor}")).Items);
        await Refused($"lat=40.02&lon=-105.27&limit=1&cursor={first.NextCursor}", HttpStatusCode.BadRequest, "forged-cursor");
        await Refused($"lat=40.01&lon=-105.27&limit=1&language=en&cursor={first.NextCursor}", HttpStatusCode.BadRequest, "forged-cursor");
        await Refused($"lat=40.01&lon=-105.27&limit=1&cursor={first.NextCursor![..^2]}AA", HttpStatusCode.BadRequest, "forged-cursor");
    }

    [Fact]
    public async Task A_place_is_searched_around_as_typed_and_an_unknown_one_is_refused_with_suggestions()
    {
        var owner = await app.PublishedOwner("Nora Place");
        await SmallGazetteer.Load(app.Factory);

        var found = await Search("near=Boulder,%20CO&limit=100");
        Assert.Equal(("Boulder, Colorado, US", "US"), (found.Origin?.Name, found.Origin?.Country));
        var item = found.Items.Single(i => i.Id == owner.Id);
        Assert.InRange(item.DistanceKm!.Value, 0.1, 2);
        Assert.Contains(owner.Id, (await Search("near=80301&limit=100&radiusKm=25")).Items.Select(i => i.Id));
        Assert.DoesNotContain(owner.Id, (await Search("near=London&limit=100&radiusKm=500")).Items.Select(i => i.Id));

        Assert.Empty((await Refused("near=Qwxyzzy%20Nowhere", HttpStatusCode.UnprocessableEntity, "place-not-found")).GetProperty("suggestions").EnumerateArray());
        var meant = await Refused("near=Bouldre", HttpStatusCode.UnprocessableEntity, "place-not-found");
        Assert.Equal("Boulder", meant.GetProperty("suggestions")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_published_listing_is_found_and_a_withdrawn_one_is_not()
    {
        var owner = await app.PublishedOwner("Una Found");
        var item = (await Search("lat=40.0176&lon=-105.2797&radiusKm=1&limit=100")).Items.Single(i => i.Id == owner.Id);
        Assert.Equal(("Una Found", 0.0, "Studio"), (item.Name, item.DistanceKm, item.Location.Name));
        Assert.Equal(["pelvic-health", "tailbone", "sleep"], item.Specialties);
        Assert.Equal([VisitFormat.InPerson, VisitFormat.Online], item.Formats);
        Assert.Equal(new PriceFrom(12000, "USD", 60), item.FromPrice);
        Assert.Equal("bcta-na:rcst", item.Lineages.Single(l => l.Code == "biodynamic").Level);
        Assert.Empty(item.NextOpenings);

        Assert.Contains(owner.Id, (await Search("lat=40&lon=-105.3&specialty=pelvic-health&specialty=sleep&limit=100")).Items.Select(i => i.Id));
        Assert.DoesNotContain(owner.Id, (await Search("lat=40&lon=-105.3&specialty=prolapse&limit=100")).Items.Select(i => i.Id));
        var intro = (await Search("lat=40&lon=-105.3&format=online&limit=100")).Items.Single(i => i.Id == owner.Id);
        Assert.Equal(new PriceFrom(0, "USD", 15), intro.FromPrice);

        using var answer = await owner.Unpublish();
        Assert.True(answer.IsSuccessStatusCode);
        await app.Factory.CatchUp();
        Assert.DoesNotContain(owner.Id, (await Search("lat=40.0176&lon=-105.2797&radiusKm=1&limit=100")).Items.Select(i => i.Id));
    }

    [Fact]
    public async Task A_private_address_is_never_published()
    {
        var owner = app.NewOwner();
        var listing = Sample.Listing("Iris Private");
        listing["locations"]![0]!["approximate"] = true;
        await owner.Write(listing);
        await owner.Submit();
        await app.Rule(owner.Id, "approve");

        var item = (await Search("lat=40.0176&lon=-105.2797&radiusKm=3&limit=100")).Items.Single(i => i.Id == owner.Id);
        Assert.True(item.Location.Approximate);
        Assert.Equal(Globe.Blur(40.0176, -105.2797), (item.Location.Lat, item.Location.Lon));
        var profile = await app.Factory.Guest().GetStringAsync(new Uri($"{Route}/{owner.Id}", UriKind.Relative));
        foreach (var secret in (string[])["Larkspur", "40.0176", "105.2797", "80302", "Ring twice"])
            Assert.DoesNotContain(secret, profile, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_that_finds_nobody_says_so()
    {
        var found = await Search("lat=-48.9&lon=-123.4&facets=true");
        Assert.Equal((0, false), (found.Total, found.TotalIsLowerBound));
        Assert.Empty(found.Items);
        Assert.Null(found.NextCursor);
        Assert.All(found.Facets!.Values, Assert.Empty);
    }

    [Fact]
    public async Task An_answer_may_be_kept_for_two_seconds_and_asked_for_again_by_its_tag()
    {
        var url = new Uri($"{Route}?lat=1&lon=1", UriKind.Relative);
        using var first = await app.Factory.Guest().GetAsync(url);
        Assert.Equal(TimeSpan.FromSeconds(2), first.Headers.CacheControl?.MaxAge);
        using var again = new HttpRequestMessage(HttpMethod.Get, url);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await app.Factory.Guest().SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task The_first_of_several_pages_keeps_its_tag_for_the_minute()
    {
        foreach (var name in (string[])["Page One", "Page Two"])
            await app.PublishedOwner(name);
        var clock = app.Factory.Clock;
        clock.Advance(TimeSpan.FromSeconds(61 - clock.GetUtcNow().Second));
        using var first = await app.Factory.Guest().GetAsync(new Uri($"{Route}?limit=1", UriKind.Relative));
        clock.Advance(TimeSpan.FromSeconds(20));
        using var again = await app.Factory.Guest().GetAsync(new Uri($"{Route}?limit=1", UriKind.Relative));
        Assert.Contains("\"nextCursor\":\"", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(first.Headers.ETag, again.Headers.ETag);
    }

    [Fact]
    public async Task The_description_names_parameters_as_they_are_written()
    {
        var description = await app.Factory.Guest().GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        var path = description.GetProperty("paths").EnumerateObject().Single(p => p.Name.TrimEnd('/') == Route);
        var names = path.Value.GetProperty("get").GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()).ToList();
        Assert.Equal(
            [
                "near", "lat", "lon", "radiusKm", "bbox", "q", "lineage", "licence", "language", "format", "approach", "gender", "level", "specialty", "population", "technique", "modality", "access",
                "verified", "maxPrice", "currency", "slidingScale", "acceptsNew", "availableFrom", "availableTo", "availableWithinDays", "timeOfDay", "weekday", "minutes", "sort", "limit", "cursor", "facets",
            ], names);
    }

    [Fact]
    public async Task A_parameter_that_is_not_known_changes_nothing()
    {
        var found = await Search("lat=40.0176&lon=-105.2797&colour=blue");
        Assert.Equal((await Search("lat=40.0176&lon=-105.2797")).Total, found.Total);
    }

    private async Task<SearchPractitioners.Response> Search(string query) =>
        (await app.Factory.Guest().GetFromJsonAsync<SearchPractitioners.Response>($"{Route}?{query}", Platform.Json.Tolerant))!;

    private async Task<JsonElement> Refused(string query, HttpStatusCode status, string name)
    {
        using var answer = await app.Factory.Guest().GetAsync(new Uri($"{Route}?{query}", UriKind.Relative));
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(status == answer.StatusCode, $"{answer.StatusCode}: {body}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(body).RootElement;
        Assert.Equal($"urn:problem:{name}", problem.GetProperty("type").GetString());
        return problem;
    }
}
