using System.Net.Http.Json;
using System.Text.Json;
using TestKit;
using Xunit;

namespace Listings.Tests.Offerings;

public sealed class ReadFactsTests(ListingsApp app) : IClassFixture<ListingsApp>
{
    [Fact]
    public async Task Another_service_hears_what_was_told_when_it_was_published()
    {
        var owner = await app.PublishedOwner("Fac Tual");
        var facts = await app.Factory.AsService().GetFromJsonAsync<JsonElement>($"/internal/practitioners/{owner.Id}/facts");

        Assert.Equal(("US", "CO"), (facts.GetProperty("locations")[0].GetProperty("country").GetString(), facts.GetProperty("locations")[0].GetProperty("region").GetString()));
        Assert.Equal(Assert.Single(await app.Facts("PractitionerPublished", owner.Id)).GetProperty("version").GetInt64(), facts.GetProperty("version").GetInt64());
        await owner.Unpublish();
        await Refusal.Is(await app.Factory.AsService().GetAsync($"/internal/practitioners/{owner.Id}/facts"), 404, "not-found");
    }
}
