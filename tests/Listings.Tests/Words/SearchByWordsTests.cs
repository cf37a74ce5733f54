using System.Net;
using System.Net.Http.Json;
using Listings.Search;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Listings.Tests.Words;

/// <summary>Words from the moment a listing is published to the page that shows it.</summary>
public sealed class SearchByWordsTests(ListingsApp app) : IClassFixture<ListingsApp>
{
    private const string Route = "/api/v1/practitioners";

    [Fact]
    public async Task The_best_match_comes_first_and_changes_are_followed()
    {
        var named = await app.PublishedOwner("Heron Marsh");
        var other = await app.PublishedOwner("Ola Berg");
        await Publish(other, "A practice beside the heron lake");

        Assert.Equal([named.Id, other.Id], await Found("q=heron"));
        Assert.Equal([named.Id], await Found("q=marsh+HERONS&lat=40.01&lon=-105.28"));
        Assert.Equal([other.Id], await Found("q=berg+tailbone+pain&sort=relevance&facets=true"));
        Assert.Equal([other.Id], await Found("q=heron&limit=1&cursor=" + (await Search("q=heron&limit=1")).NextCursor));

        await Publish(other, "A practice beside the lake");
        Assert.Equal([named.Id], await Found("q=heron"));
        await app.Rule(named.Id, "suspend");
        Assert.Empty(await Found("q=heron"));
    }

    [Fact]
    public async Task A_crowd_that_searches_by_words_does_not_wait_for_connections_that_it_holds_itself()
    {
        var owner = await app.PublishedOwner("Corvin Rook");
        for (var round = 0; round < 3; round++)
        {
            app.Factory.Services.GetRequiredService<SearchIndex>().Cards.Forget(owner.Id);
            Assert.All(await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Found("q=rook"))), found => Assert.Equal([owner.Id], found));
        }
    }

    [Theory]
    [InlineData("q=%26+%7C+%21%28%29%3A*", HttpStatusCode.OK)]
    [InlineData("q=%F0%9F%99%82", HttpStatusCode.OK)]
    [InlineData("q=%E2%80%AE%D8%A3%D9%87%D9%84%D8%A7", HttpStatusCode.OK)]
    [InlineData("q=zzzzqqqq", HttpStatusCode.OK)]
    [InlineData("q=a%00b", HttpStatusCode.BadRequest)]
    [InlineData("q=heron&q=marsh", HttpStatusCode.BadRequest)]
    [InlineData("sort=relevance", HttpStatusCode.BadRequest)]
    public async Task What_is_no_word_finds_nobody_and_what_cannot_be_read_is_refused(string query, HttpStatusCode status)
    {
        using var answer = await app.Factory.Guest().GetAsync(new Uri($"{Route}?{query}", UriKind.Relative));
        Assert.Equal(status, answer.StatusCode);
        if (status == HttpStatusCode.OK)
            Assert.Empty((await Search(query)).Items);
    }

    [Theory]
    [InlineData(201)]
    [InlineData(10_000)]
    public async Task Very_long_texts_are_refused(int length)
    {
        using var answer = await app.Factory.Guest().GetAsync(new Uri($"{Route}?q={new string('x', length)}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private async Task Publish(Owner owner, string headline)
    {
        var listing = await owner.Document();
        listing["headline"] = headline;
        await owner.Write(listing);
        await owner.Submit();
        (await app.Rule(owner.Id, "approve")).EnsureSuccessStatusCode();
    }

    private async Task<IReadOnlyList<Guid>> Found(string query) => [.. (await Search(query)).Items.Select(i => i.Id)];

    private async Task<SearchPractitioners.Response> Search(string query) =>
        (await app.Factory.Guest().GetFromJsonAsync<SearchPractitioners.Response>($"{Route}?{query}", Platform.Json.Tolerant))!;
}
