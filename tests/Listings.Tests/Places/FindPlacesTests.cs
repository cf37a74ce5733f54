using System.Net;
using System.Net.Http.Json;
using Listings.Places;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Listings.Tests.Places;

public sealed class FindPlacesTests(SmallGazetteer gazetteer) : IClassFixture<SmallGazetteer>
{
    [Theory]
    [InlineData("Denver, CO", "Denver", "US", "CO")]
    [InlineData("Denver CO", "Denver", "US", "CO")]
    [InlineData("YO1 7HH", "York", "GB", "ENG")]
    [InlineData("ec1v", "London", "GB", "ENG")]
    [InlineData("Denver CO USA", "Denver", "US", "CO")]
    [InlineData("80202 Zürich", "Zürich", "CH", "ZH")]
    [InlineData("Paris 80202", "Paris", "FR", null)]
    [InlineData("denver, colorado", "Denver", "US", "CO")]
    [InlineData("Denver, Colorado, US", "Denver", "US", "CO")]
    [InlineData("Denver, Penn", "Denver", "US", "PA")]
    [InlineData("denv", "Denver", "US", "CO")]
    [InlineData("denvr", "Denver", "US", "CO")]
    [InlineData("bouldre", "Boulder", "US", "CO")]
    [InlineData("Zürich", "Zürich", "CH", "ZH")]
    [InlineData("zurich", "Zürich", "CH", "ZH")]
    [InlineData("Zuerich, Schweiz", "Zürich", "CH", "ZH")]
    [InlineData("münchen", "Munich", "DE", null)]
    [InlineData("Paris", "Paris", "FR", null)]
    [InlineData("Paris, TX", "Paris", "US", "TX")]
    [InlineData("paris texas", "Paris", "US", "TX")]
    [InlineData("London", "London", "GB", "ENG")]
    [InlineData("London, UK", "London", "GB", "ENG")]
    [InlineData("London, Ontario", "London", "CA", "ON")]
    [InlineData("Toronto, ON", "Toronto", "CA", "ON")]
    [InlineData("York", "York", "GB", "ENG")]
    [InlineData("New York", "New York City", "US", "NY")]
    [InlineData("St Paul", "Saint Paul", "US", "MN")]
    [InlineData("coeur dalene", "Coeur d'Alene", "US", "ID")]
    [InlineData("京都市", "Kyoto", "JP", null)]
    public async Task A_place_is_found_as_people_type_it(string typed, string name, string country, string? region)
    {
        var first = (await Find(typed))[0];
        Assert.Equal((name, country, region), (first.Name, first.Country, first.RegionCode));
    }

    [Theory]
    [InlineData("dnver", "Denver")]
    [InlineData("dever", "Denver")]
    [InlineData("denevr", "Denver")]
    [InlineData("edn", null)]
    [InlineData("ednver", "Denver")]
    [InlineData("bolder", "Boulder")]
    [InlineData("bouldr, co", "Boulder")]
    [InlineData("zurch", "Zürich")]
    [InlineData("züirch", "Zürich")]
    [InlineData("melborne", "Melbourne")]
    [InlineData("sanfrancisco", "San Francisco")]
    [InlineData("san fransico", "San Francisco")]
    [InlineData("sna fran", "San Francisco")]
    [InlineData("new yrok", "New York City")]
    [InlineData("nwe york", "New York City")]
    [InlineData("newyork", "New York City")]
    [InlineData("toornto", "Toronto")]
    [InlineData("tronto, on", "Toronto")]
    [InlineData("londno", "London")]
    [InlineData("aucland", "Auckland")]
    [InlineData("philadelfia", "Philadelphia")]
    [InlineData("springfeild", "Springfield")]
    [InlineData("vancuver", "Vancouver")]
    [InlineData("neuchtael", "Neuchâtel")]
    [InlineData("st pual", "Saint Paul")]
    [InlineData("cour dalene", "Coeur d'Alene")]
    [InlineData("syndey", "Sydney")]
    [InlineData("dublni", "Dublin")]
    [InlineData("muenhcen", "Munich")]
    [InlineData("京者市", null)]
    public async Task Typing_errors_are_forgiven(string typed, string? name) => Assert.Equal(name, await Find(typed) is [var first, ..] ? first.Name : null);

    [Theory]
    [InlineData("80202", "80202", "US", "Denver")]
    [InlineData("80202-1234", "80202", "US", "Denver")]
    [InlineData("80202 Denver", "80202", "US", "Denver")]
    [InlineData("80202 Colorado", "80202", "US", "Denver")]
    [InlineData("80202 Qwxyzzy", "80202", "US", "Denver")]
    [InlineData("80004 Denver", "80004", "US", "Arvada")]
    [InlineData("Denver Colorado 80004", "80004", "US", "Arvada")]
    [InlineData("Denver, CO 80202", "80202", "US", "Denver")]
    [InlineData("M5V 2T6", "M5V", "CA", "Toronto")]
    [InlineData("m5v2t6", "M5V", "CA", "Toronto")]
    [InlineData("2000", "2000", "AU", "Sydney")]
    [InlineData("0800", "0800", "AU", "Darwin")]
    [InlineData("8030", "80301", "US", "Boulder")]
    public async Task A_postal_code_is_a_place(string typed, string code, string country, string name)
    {
        var first = (await Find(typed))[0];
        Assert.Equal((code, country, name), (first.PostalCode, first.Country, first.Name));
    }

    [Fact]
    public async Task A_place_says_where_it_is_and_what_time_it_keeps()
    {
        var denver = (await Find("80202"))[0];
        Assert.InRange(denver.Lat, 39.7, 39.8);
        Assert.InRange(denver.Lon, -105.05, -104.9);
        Assert.Equal("America/Denver", denver.TimeZone);
        Assert.Equal("80202 Denver, Colorado, US", denver.Label);
    }

    [Fact]
    public async Task What_was_found_may_be_kept_and_asked_for_again_by_its_tag()
    {
        using var guest = gazetteer.Service.Guest();
        using var first = await guest.GetAsync("/api/v1/places?q=denver");
        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/v1/places?q=denver");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        Assert.Equal(TimeSpan.FromMinutes(5), first.Headers.CacheControl!.MaxAge);
        Assert.Equal(HttpStatusCode.NotModified, (await guest.SendAsync(again)).StatusCode);
    }

    [Fact]
    public async Task Places_of_one_name_come_by_size()
    {
        var found = await Find("Springfield");
        Assert.Equal(["MO", "IL"], found.Select(p => p.RegionCode));
        Assert.Equal(["OR", "ME"], (await Find("portl")).Select(p => p.RegionCode));
    }

    [Theory]
    [InlineData("Qwxyzzy Nowhere")]
    [InlineData("Denver, Atlantis")]
    [InlineData("!!!")]
    [InlineData("99999999999999999999")]
    [InlineData("%")]
    [InlineData("%ED%A0%80 Denver")]
    [InlineData("8,0,2,0,2")]
    public async Task What_is_nowhere_is_not_guessed(string typed) => Assert.Empty(await Find(typed));

    [Theory]
    [InlineData("")]
    [InlineData("?q=")]
    [InlineData("?q=denver&limit=0")]
    [InlineData("?q=denver&limit=101")]
    [InlineData("?q=denver&limit=x")]
    [InlineData("?q=denver&q=boulder")]
    [InlineData("?q=a%00b")]
    public async Task What_cannot_be_asked_is_refused(string query)
    {
        using var answer = await gazetteer.Service.Guest().GetAsync(new Uri($"/api/v1/places{query}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("Denver, CO", "Denver, Colorado, US")]
    [InlineData("zuerich", "Zürich, Zurich, CH")]
    [InlineData("80202", "80202 Denver, Colorado, US")]
    public async Task A_whole_name_or_code_is_one_place(string typed, string label)
    {
        var (place, _) = await InService(g => g.Find(typed, CancellationToken.None));
        Assert.Equal(label, place?.Label);
    }

    [Theory]
    [InlineData("Bouldre", "Boulder")]
    [InlineData("San Die", "San Diego")]
    public async Task A_part_or_an_error_is_only_a_suggestion(string typed, string name)
    {
        var (place, suggestions) = await InService(g => g.Find(typed, CancellationToken.None));
        Assert.Null(place);
        Assert.Equal(name, suggestions[0].Name);
    }

    [Theory]
    [InlineData(39.9, -105.1, "US", "America/Denver")]
    [InlineData(47.0, 6.9, "CH", "Europe/Zurich")]
    [InlineData(-18.0, -179.9, "FJ", "Pacific/Fiji")]
    public async Task A_zone_is_that_of_the_nearest_place_in_the_country(double lat, double lon, string country, string zone) =>
        Assert.Equal(zone, await InService(g => g.ZoneAt(lat, lon, country, CancellationToken.None)));

    private async Task<T> InService<T>(Func<Gazetteer, Task<T>> work)
    {
        await using var scope = gazetteer.Service.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<Gazetteer>());
    }

    private async Task<IReadOnlyList<Place>> Find(string typed) =>
        (await gazetteer.Service.Guest().GetFromJsonAsync<FindPlaces.Response>($"/api/v1/places?q={Uri.EscapeDataString(typed)}", Platform.Json.Tolerant))!.Items;
}
