using System.Text.Json;
using Listings.Search;
using Listings.Words;
using Microsoft.EntityFrameworkCore;
using TestKit;
using Xunit;

namespace Listings.Tests.Search;

/// <summary>Whatever has happened to what searches read: after a rebuild it is as published.</summary>
public sealed class RebuildSearchTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private TestDatabase database = null!;
    private ListingsDb db = null!;

    public async Task InitializeAsync()
    {
        database = await TestDatabase.Create<ListingsDb>(npgsql => npgsql.UseNetTopologySuite());
        db = Index.Open(database);
    }

    public async Task DisposeAsync()
    {
        await db.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task What_was_right_stays_and_what_was_not_is_mended()
    {
        var practitioners = await Publish(new Crowd(8, Now).Practitioners(30));
        await db.Database.ExecuteSqlAsync($"UPDATE search_cards SET card = replace(card, '\"Somebody 1\"', '\"Nobody\"') WHERE practitioner_id = {practitioners[1].Id}");
        await db.Database.ExecuteSqlAsync($"DELETE FROM search_cards WHERE practitioner_id = {practitioners[2].Id}");
        Assert.Equal(1, await Projection.Fill(db, anew: false, default));
        var before = await Changed();
        Assert.Equal(1, await Rebuild());
        Assert.Single((await Changed()).Except(before));
        await db.Database.ExecuteSqlAsync($"UPDATE landing_counts SET people = people + 1");
        Assert.Equal(0, await Rebuild());
        Assert.Equal(30, await database.Scalar<int>("SELECT people + invented FROM landing_counts WHERE place = '' AND topic = ''"));
        Assert.Equal(0, await database.Scalar<long>("SELECT count(*) FROM search_cards WHERE card LIKE '%Nobody%'"));
    }

    [Theory]
    [InlineData("UPDATE search_cards SET number = number + 1")]
    [InlineData("UPDATE search_words SET print = gen_random_uuid()")]
    [InlineData("DELETE FROM search_words")]
    [InlineData("DELETE FROM search_postings WHERE word = 'somebody'")]
    [InlineData("UPDATE search_postings SET few = E'\\\\x0100' WHERE word = 'somebody'")]
    [InlineData("INSERT INTO search_postings (field, word, block, few) SELECT 0, 'zzz', number / 16384, E'\\\\x0000' FROM search_words LIMIT 1")]
    // As after damage beneath PostgreSQL: the block's seal fits what stands there.
    [InlineData("DELETE FROM search_postings WHERE word = 'somebody'; UPDATE search_blocks b SET seals = NULL, seal = (SELECT coalesce(bit_xor(hash_record_extended(p, 0)), 0) FROM search_postings p WHERE p.block = b.block)")]
    [InlineData("UPDATE search_words SET number = number + 3000")]
    [InlineData("DELETE FROM landing_people")]
    [InlineData("UPDATE landing_people SET topics = ARRAY[]::text[]")]
    [InlineData("TRUNCATE search_cards, search_words, search_postings, search_vocabulary, search_blocks, landing_people, landing_counts")]
    [InlineData("UPDATE practitioners SET published = jsonb_set(published::jsonb, ARRAY['name'], to_jsonb('Somebody Else'::text))")]
    [InlineData("UPDATE practitioners SET slug = 'renamed-' || slug")]
    [InlineData("UPDATE practitioners SET published = NULL, status = 'unpublished'")]
    [InlineData("DELETE FROM practitioners")]
    public async Task Whatever_part_was_not_right_is_mended(string damage)
    {
        await Publish(new Crowd(10, Now).Practitioners(12));
        await db.Database.ExecuteSqlRawAsync(damage);
        Assert.InRange(await Rebuild(), 1, 12);
        var published = await database.Scalar<long>("SELECT count(*) FROM practitioners WHERE published IS NOT NULL");
        Assert.Equal(0, await Rebuild());
        Assert.Equal(published, await Sealed());
        Assert.Equal(published, await database.Scalar<long>("SELECT count(*) FROM search_words w JOIN search_cards c USING (practitioner_id, number) JOIN landing_people USING (practitioner_id)"));
        Assert.Equal(published, await database.Scalar<long>("SELECT count(*) FROM search_cards WHERE card IS NOT NULL"));
        Assert.Equal(published, await database.Scalar<long>("SELECT coalesce(sum(people + invented), 0)::bigint FROM landing_counts WHERE place = '' AND topic = ''"));
        await AssertRight();
    }

    [Fact]
    public async Task Whoever_makes_rows_seals_them_and_other_code_breaks_all_seals()
    {
        var practitioners = await Publish(new Crowd(11, Now).Practitioners(12));
        Assert.Equal(12, await Sealed());
        await db.Database.ExecuteSqlAsync($"UPDATE practitioners SET published = jsonb_set(published::jsonb, ARRAY['headline'], to_jsonb('other words'::text)) WHERE id = {practitioners[3].Id}");
        Assert.Equal(11, await Sealed());
        var another = await db.Practitioners.SingleAsync(p => p.Id == practitioners[4].Id);
        another.Rewrite(another.Current with { Headline = "Something new" }, Now);
        another.Submit(Now);
        another.Approve(another.Slug!, "Looked at it.", Now);
        Assert.True(await Publication.Save(db, another, Now, default));
        // Whoever publishes is looked at once more, and found right.
        Assert.Equal(10, await Sealed());
        Assert.Equal(1, await Rebuild());
        Assert.Equal(12, await Sealed());
        // As if they had been set by another version of the code.
        await db.Database.ExecuteSqlAsync($"UPDATE search_blocks SET seals = ARRAY(SELECT s + 1 FROM unnest(seals) s)");
        var before = await Changed();
        Assert.Equal(0, await Rebuild());
        Assert.Equal(before, await Changed());
        Assert.Equal(12, await Sealed());
        await AssertRight();
    }

    [Fact]
    public async Task A_card_is_put_right_beside_whoever_is_publishing_and_what_they_publish_stays()
    {
        var id = (await Publish(new Crowd(13, Now).Practitioners(12)))[5].Id;
        await db.Database.ExecuteSqlAsync($"UPDATE search_cards SET card = card || ' '");
        await using var publisher = Index.Open(database);
        await using var publishing = await publisher.Database.BeginTransactionAsync();
        await publisher.Database.ExecuteSqlAsync($"UPDATE practitioners SET published = jsonb_set(published::jsonb, ARRAY['name'], to_jsonb('Somebody Else'::text)) WHERE id = {id}");

        // It would wait for the lock, and give up.
        Assert.Equal(12, (await RebuildBlock.All(db, default)).Mended);
        await Projection.Refresh(publisher, id, default);
        await publishing.CommitAsync();
        Assert.Contains("Somebody Else", await database.Scalar<string>($"SELECT card FROM search_cards WHERE practitioner_id = '{id}'"), StringComparison.Ordinal);
        await Rebuild();
        await AssertRight();
    }

    [Fact]
    public async Task Whoever_is_left_to_be_made_anew_is_so_until_that_is_done()
    {
        var one = (await Publish(new Crowd(12, Now).Practitioners(12)))[5].Id;
        await db.Database.ExecuteSqlAsync($"UPDATE practitioners SET published = jsonb_set(published::jsonb, ARRAY['name'], to_jsonb('Somebody Else'::text)) WHERE id = {one}");
        for (var i = 0; i < 2; i++)
            Assert.Equal([one], (await RebuildBlock.All(db, default)).Left);
        await Rebuild();
        Assert.Empty((await RebuildBlock.All(db, default)).Left);
    }

    /// <summary>When this fails, what is made of a practitioner has changed: raise <c>Layout</c> of <c>Seals</c> or <c>WordIndex</c>, so that a rebuild makes it anew, and write the new print here.</summary>
    [Fact]
    public async Task What_is_made_is_made_by_the_layout_that_is_sealed()
    {
        var listing = JsonSerializer.Deserialize<Listing>(Sample.Listing().ToJsonString(), Listing.Stored)!;
        var id = new Guid("019a0000-0000-7000-8000-000000000001");
        await Publish([Practitioner.Invented(id, "mara-lindqvist", "mara@example.org", listing with { Locations = [.. listing.Locations.Select(l => l with { Id = id })], Services = [.. listing.Services.Select(s => s with { Id = id })] }, [], Now)]);
        var print = await database.Scalar<string>(
            """
            SELECT md5(concat_ws(' ',
                (SELECT string_agg(concat(c.card, c.number, l), ' ') FROM search_cards c JOIN landing_people l USING (practitioner_id)),
                (SELECT string_agg(p::text, ' ' ORDER BY field, word) FROM search_postings p)))
            """);
        Assert.Equal("2 2 4d62452d00e947a86a357f3ed10ce34e", $"{Seals.Layout} {WordIndex.Layout} {print}");
    }

    private async Task<IReadOnlyList<Practitioner>> Publish(IReadOnlyList<Practitioner> practitioners)
    {
        db.AddRange(practitioners);
        await db.SaveChangesAsync();
        await Projection.Fill(db, anew: false, default);
        db.ChangeTracker.Clear();
        return practitioners;
    }

    private Task<int> Rebuild() => Projection.Fill(db, anew: true, default);

    /// <summary>Whoever looks at everything once more finds nothing to mend.</summary>
    private async Task AssertRight()
    {
        await db.Database.ExecuteSqlAsync($"UPDATE search_blocks SET seals = NULL");
        Assert.Equal(0, await Rebuild());
    }

    /// <summary>By which transactions the rows were written: whoever follows changes reads those that are new.</summary>
    private async Task<IReadOnlyList<string>> Changed() => await database.Scalar<string[]>("SELECT array(SELECT practitioner_id || ' ' || changed FROM search_cards ORDER BY 1)") ?? [];

    /// <summary>How many have a seal that fits, in a block that has one; the words of odd blocks too have theirs.</summary>
    private async Task<long> Sealed()
    {
        var count = await database.Scalar<long>(
            $"SELECT count(*) FROM {Seals.Rows} JOIN search_blocks b ON b.block = w.number / {Postings.Block} WHERE b.seals[w.number % {Postings.Block} + 1] = {Seals.OfRows}");
        foreach (var block in await database.Scalar<int[]>($"SELECT array(SELECT DISTINCT number / {Postings.Block} FROM search_words WHERE number / {Postings.Block} % 2 = 1)") ?? [])
            Assert.True(await new BlockCheck((Npgsql.NpgsqlConnection)db.Database.GetDbConnection()).IsSealed(block, default));
        return count;
    }
}
