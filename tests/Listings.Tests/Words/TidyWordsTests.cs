using Listings.Search;
using Listings.Tests.Search;
using Listings.Words;
using Microsoft.EntityFrameworkCore;
using TestKit;
using Xunit;

namespace Listings.Tests.Words;

public sealed class TidyWordsTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private ListingsDb db = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.Create<ListingsDb>(npgsql => npgsql.UseNetTopologySuite());
        db = Search.Index.Open(database);
    }

    public async Task DisposeAsync()
    {
        await db.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Blocks_of_few_are_put_together_and_those_left_empty_taken_away_an_hour_later()
    {
        await Publish(new Crowd(1, DateTimeOffset.UnixEpoch).Practitioners(20));
        await Publish(new Crowd(2, DateTimeOffset.UnixEpoch).Practitioners(30));
        var before = await Numbers("SELECT DISTINCT block FROM search_postings");
        Assert.Equal(2, before.Length);

        var inUse = await TidyWords.Tidy(db, null, default);
        Assert.Single(inUse);
        Assert.Equal(3, (await Numbers("SELECT DISTINCT block FROM search_postings")).Length);
        Assert.Equal(await Numbers("SELECT number FROM search_words ORDER BY number"), await Numbers("SELECT number FROM search_cards ORDER BY number"));
        Assert.Equal(50, await Found());

        // Searches may have read the numbers of an hour ago just before they changed.
        Assert.Equal(inUse, await TidyWords.Tidy(db, [.. before, .. inUse], default));
        Assert.Equal(3, (await Numbers("SELECT DISTINCT block FROM search_postings")).Length);
        Assert.Equal(inUse, await TidyWords.Tidy(db, inUse, default));
        Assert.Equal(inUse, await Numbers("SELECT DISTINCT block FROM search_postings"));
        Assert.Equal(50, await Found());
        Assert.Equal(0, await (await db.Connection(default)).Scalar<long>("SELECT count(*) FROM search_vocabulary WHERE word NOT IN (SELECT word FROM search_postings)", default));
    }

    [Fact]
    public async Task Into_which_somebody_may_be_publishing_stays()
    {
        var connection = await db.Connection(default);
        await connection.Execute("INSERT INTO search_postings (field, word, block, few) VALUES (0, 'somebody', 0, ''), (0, 'somebody', 1, '')", default);
        await TidyWords.Tidy(db, [], default);
        Assert.Equal(0, Assert.Single(await Numbers("SELECT DISTINCT block FROM search_postings")));
        await connection.Execute($"SELECT setval('search_word_numbers', {2 * Postings.Block})", default);
        await TidyWords.Tidy(db, [], default);
        Assert.Empty(await Numbers("SELECT DISTINCT block FROM search_postings"));
    }

    private async Task Publish(IEnumerable<Practitioner> practitioners)
    {
        db.AddRange(practitioners);
        await db.SaveChangesAsync();
        await Projection.Fill(db, anew: false, default);
    }

    private async Task<int> Found()
    {
        var connection = await db.Connection(default);
        var found = await WordSearch.Find(connection, "somebody", default);
        return (await Numbers("SELECT number FROM search_words")).Count(number => found.RankOf(number) >= 0);
    }

    private async Task<int[]> Numbers(string sql) => await (await db.Connection(default)).Scalar<int[]>($"SELECT array({sql})", default) ?? [];
}
