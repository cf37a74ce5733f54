using System.Net.Http.Json;
using Listings.Search;
using Xunit;

namespace Listings.Tests.Search;

public sealed class CredentialsByTheClockTests(ListingsApp app) : IClassFixture<ListingsApp>
{
    [Fact]
    public async Task A_credential_is_found_on_its_last_day_and_not_on_the_next()
    {
        var owner = await app.PublishedOwner();
        app.Factory.Clock.MoveTo(new(2027, 5, 31, 23, 59, 0, TimeSpan.Zero));
        foreach (var filter in (string[])["lineage=biodynamic", "level=bcta-na:rcst", "lineage=biodynamic&lineage=upledger"])
            Assert.Contains(await Found(filter), i => i.Id == owner.Id && i.Lineages.Any(l => l.Code == "biodynamic" && l.ValidUntil == new DateOnly(2027, 5, 31)));
        Assert.Empty(await Found("lineage=biodynamic&verified=true"));

        app.Factory.Clock.Advance(TimeSpan.FromMinutes(2));
        foreach (var filter in (string[])["lineage=biodynamic", "level=bcta-na:rcst", "lineage=biodynamic&lineage=upledger"])
            Assert.Empty(await Found(filter));
        var item = Assert.Single(await Found(""));
        Assert.DoesNotContain(item.Lineages, l => l.Code == "biodynamic");
        var profile = await app.Factory.Guest().GetFromJsonAsync<ReadProfile.Response>($"/api/v1/practitioners/{item.Slug}", Platform.Json.Tolerant);
        Assert.False(profile!.Trainings.Single(t => t.Issuer == "bcta-na").Current);
    }

    private async Task<IReadOnlyList<SearchPractitioners.Item>> Found(string filter) =>
        (await app.Factory.Guest().GetFromJsonAsync<SearchPractitioners.Response>($"/api/v1/practitioners?lat=40&lon=-105.3&{filter}", Platform.Json.Tolerant))!.Items;
}
