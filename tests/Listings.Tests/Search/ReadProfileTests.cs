using System.Net;
using System.Net.Http.Json;
using Listings.Search;
using Xunit;

namespace Listings.Tests.Search;

public sealed class ReadProfileTests(ListingsApp app) : IClassFixture<ListingsApp>
{
    [Fact]
    public async Task A_profile_is_read_by_slug_and_by_id()
    {
        var owner = await app.PublishedOwner();
        var byId = await Read(owner.Id.ToString());
        var bySlug = await Read(byId.Slug);
        Assert.Equal(owner.Id, bySlug.Id);
        Assert.Equal(["Follow-up visit", "First visit", "Introductory call"], byId.Services.Select(s => s.Name));
        Assert.Equal([byId.Locations[0].Id], byId.Services[0].LocationIds);
        Assert.Equal("•••••345", byId.Licences[0].Number);
        Assert.Equal(["12 Larkspur Street"], byId.Locations[0].AddressLines);
        Assert.Contains("pelvic-health", byId.Specialties);
        Assert.Equal(24, byId.Policy!.Tiers[0].HoursBefore);
        Assert.Empty((await app.Factory.Guest().GetFromJsonAsync<ReadReviews.Response>($"/api/v1/practitioners/{byId.Slug}/reviews", Platform.Json.Tolerant))!.Items);
    }

    [Fact]
    public async Task What_is_not_published_is_not_there()
    {
        var unpublished = app.NewOwner();
        await unpublished.Write(Sample.Listing());
        foreach (var name in (string[])["nobody-at-all", Guid.CreateVersion7().ToString(), unpublished.Id.ToString()])
        {
            foreach (var path in (string[])["", "/reviews"])
            {
                using var answer = await app.Factory.Guest().GetAsync(new Uri($"/api/v1/practitioners/{name}{path}", UriKind.Relative));
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            }
        }
    }

    private async Task<ReadProfile.Response> Read(string slugOrId) =>
        (await app.Factory.Guest().GetFromJsonAsync<ReadProfile.Response>($"/api/v1/practitioners/{slugOrId}", Platform.Json.Tolerant))!;
}
