using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Listings.Search;
using Xunit;

namespace Listings.Tests.Search;

/// <summary>Whatever is written into whichever parameter, the answer is a refusal by name or an honest page.</summary>
public sealed class SearchParametersTests(ListingsApp app) : IClassFixture<ListingsApp>
{
    private static readonly string[] Places = ["near", "lat", "lon", "bbox", "radiusKm"];

    private static readonly string[] Values =
    [
        "", "%20", "a", "NaN", "Infinity", "1e309", "-1", "0", "99999999999999999999999", "1.5", "true", "null", "%00", "a%00b", "%0a%0d", "%1b[31m", "%ff%fe", "%c3%28", "%ed%a0%80", "%F0%9F%98%80",
        "%E2%80%AE", "'%20OR%201=1--", "a%20%26%20b%20|%20!c%20%3C-%3E%20:*", "((((", "%5C", "%25", "{}", "[]", "2026-02-30", "9999-12-31", "0001-01-01", "1,2,3,4", "180,-90,-180,90", "upledger:cst-t",
        "Zürich", "%u0000", "../../etc/passwd",
    ];

    [Fact]
    public async Task Nothing_that_is_typed_breaks_the_search()
    {
        await app.PublishedOwner();
        var guest = app.Factory.Guest();
        foreach (var name in await Names())
        {
            foreach (var value in Values.Append(new string('x', 10_240)).Append(string.Concat(Enumerable.Repeat("1,", 5_120))))
            {
                foreach (var around in (string[])["", Places.Contains(name) ? "&lineage=biodynamic" : "&lat=40&lon=-105.3"])
                {
                    using var answer = await guest.GetAsync(new Uri($"/api/v1/practitioners?{name}={value}{around}", UriKind.Relative));
                    Assert.True(
                        answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest || (name == "near" && answer.StatusCode == HttpStatusCode.UnprocessableEntity),
                        $"{name}={value}{around}: {answer.StatusCode}");
                }
            }
        }
    }

    [Fact]
    public async Task What_can_be_given_once_is_refused_when_given_twice()
    {
        string[] many = ["lineage", "licence", "language", "format", "approach", "gender", "specialty", "population", "technique", "modality", "access", "timeOfDay", "weekday"];
        foreach (var name in (await Names()).Except(many))
        {
            using var answer = await app.Factory.Guest().GetAsync(new Uri($"/api/v1/practitioners?{name}=1&{name}=1", UriKind.Relative));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("bbox=1,2,3", "bbox")]
    [InlineData("bbox=1,50,2,40", "bbox")]
    [InlineData("bbox=1,2,3,91", "bbox")]
    [InlineData("bbox=181,2,3,4", "bbox")]
    [InlineData("bbox=1,2,3,4&lat=1&lon=1&radiusKm=3", "bbox")]
    [InlineData("availableFrom=2026-12-01&availableWithinDays=3", "availableWithinDays")]
    [InlineData("availableFrom=2026-12-02&availableTo=2026-12-01", "availableTo")]
    [InlineData("availableFrom=2026-12-01&availableTo=2027-01-01", "availableTo")]
    [InlineData("availableFrom=2026-12-30", "availableFrom")]
    [InlineData("availableTo=2027-06-01", "availableTo")]
    [InlineData("availableTo=2026-11-21", "availableTo")]
    [InlineData("availableFrom=01.12.2026", "availableFrom")]
    [InlineData("timeOfDay=noon", "timeOfDay")]
    [InlineData("weekday=Monday", "weekday")]
    [InlineData("minutes=61", "minutes")]
    [InlineData("minutes=10", "minutes")]
    [InlineData("maxPrice=-1&currency=USD", "maxPrice")]
    [InlineData("maxPrice=10000", "currency")]
    [InlineData("sort=price", "currency")]
    [InlineData("maxPrice=1&currency=usd", "currency")]
    [InlineData("sort=relevance", "sort")]
    [InlineData("licence=driving", "licence")]
    [InlineData("gender=any", "gender")]
    public async Task What_makes_no_sense_is_refused_by_name(string query, string path)
    {
        using var answer = await app.Factory.Guest().GetAsync(new Uri($"/api/v1/practitioners?{query}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Contains(path, problem.GetProperty("errors").EnumerateObject().Select(e => e.Name));
    }

    [Fact]
    public async Task All_parameters_go_together()
    {
        var owner = await app.PublishedOwner("Wren Whole");
        const string Everything =
            "q=wren&lat=40.01&lon=-105.28&radiusKm=20&lineage=biodynamic&licence=lmt&language=sv&format=inPerson&approach=biodynamic&gender=woman&level=bcta-na:rcst&specialty=pelvic-health"
            + "&population=adults&technique=still-point&modality=yoga&access=step-free&access=quiet&maxPrice=12000&slidingScale=true&acceptsNew=true&minutes=60&facets=true";
        foreach (var sort in (string[])["distance", "soonest", "price", "rating", "relevance"])
        {
            var found = await Search($"{Everything}&sort={sort}");
            Assert.Equal(owner.Id, Assert.Single(found.Items).Id);
            Assert.Equal(1, found.Facets!["specialty"]["sleep"]);
        }

        Assert.Empty((await Search($"{Everything}&verified=true")).Items);
        Assert.Empty((await Search($"{Everything}&maxPrice=11999".Replace("maxPrice=12000&", "", StringComparison.Ordinal))).Items);
        Assert.Empty((await Search($"{Everything}&currency=EUR")).Items);
        Assert.Equal(owner.Id, Assert.Single((await Search("bbox=-105.3,40,-105.2,40.1&q=wren&sort=rating")).Items).Id);
        Assert.DoesNotContain((await Search("bbox=-105.2,40,-105.3,40.1&q=wren")).Items, i => i.Id == owner.Id);
    }

    private async Task<SearchPractitioners.Response> Search(string query) =>
        (await app.Factory.Guest().GetFromJsonAsync<SearchPractitioners.Response>($"/api/v1/practitioners?{query}", Platform.Json.Tolerant))!;

    private async Task<IReadOnlyList<string>> Names()
    {
        var description = await app.Factory.Guest().GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        var path = description.GetProperty("paths").EnumerateObject().Single(p => p.Name.TrimEnd('/') == "/api/v1/practitioners");
        return [.. path.Value.GetProperty("get").GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()!)];
    }
}
