using Contracts;
using Listings.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using TestKit;
using Xunit;

namespace Listings.Tests.Search;

/// <summary>Copies of the index over one database: they agree, and whoever walks through one misses nobody.</summary>
public sealed class SearchIndexTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private TestDatabase database = null!;

    public async Task InitializeAsync() => database = await TestDatabase.Create<ListingsDb>(npgsql => npgsql.UseNetTopologySuite());

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task Two_copies_agree_whatever_was_committed_and_in_whatever_order()
    {
        var crowd = new Crowd(5, Now);
        var practitioners = crowd.Practitioners(300);
        await Publish(practitioners.Take(100));
        using var early = await Loaded();
        await using var slow = Index.Open(database);
        await using var transaction = await slow.Database.BeginTransactionAsync();
        // Begun before the others, and committed after them.
        slow.Add(practitioners[100]);
        await slow.SaveChangesAsync();
        await Projection.Refresh(slow, practitioners[100].Id, default);

        await Publish(practitioners.Skip(101));
        foreach (var said in practitioners.Select(p => crowd.Openings(p)))
            await Tell(said);
        await CatchUp(early);
        Assert.Equal(299, Everybody(early).Count);
        await transaction.CommitAsync();
        await CatchUp(early);

        foreach (var gone in practitioners.Take(40))
            await Withdraw(gone.Id);
        foreach (var said in practitioners.Skip(20).Take(100).Select(p => crowd.Openings(p, 2)))
            await Tell(said);
        await CatchUp(early);
        using var late = await Loaded();
        Assert.Equal(260, Everybody(late).Count);
        foreach (var order in (SearchOrder[])[SearchOrder.Soonest, SearchOrder.Rating, SearchOrder.Price])
            Assert.Equal(Everybody(late, order).Select(h => (h.Id, h.Key)), Everybody(early, order).Select(h => (h.Id, h.Key)));
    }

    [Fact]
    public async Task Whoever_stays_put_is_neither_missed_nor_repeated_while_others_come_and_go()
    {
        var crowd = new Crowd(6, Now);
        var practitioners = crowd.Practitioners(500);
        await Publish(practitioners);
        using var index = await Loaded();
        var stay = practitioners.Take(250).Select(p => p.Id).ToHashSet();
        using var enough = new CancellationTokenSource();
        var changing = Change(index, crowd, [.. practitioners.Skip(250)], enough.Token);
        for (var walk = 0; walk < 40; walk++)
        {
            var seen = Everybody(index, SearchOrder.Distance, pageSize: 7).Select(h => h.Id).Where(stay.Contains).ToList();
            Assert.Equal(seen.Count, seen.Distinct().Count());
            var near = Everybody(index, SearchOrder.Distance).Select(h => h.Id).Where(stay.Contains);
            Assert.Equal(near, seen);
        }

        await enough.CancelAsync();
        await changing;
    }

    [Fact]
    public async Task Imported_free_times_count_as_if_they_had_been_told()
    {
        var crowd = new Crowd(7, Now);
        var practitioners = crowd.Practitioners(60);
        await Publish(practitioners);
        var said = practitioners.Select(p => crowd.Openings(p, 3)).ToList();
        await Tell(said[0] with { Version = 4, Visits = [] });
        await using var db = Index.Open(database);
        var lines = string.Join('\n', said.Select(s => System.Text.Json.JsonSerializer.Serialize(s, Platform.Json.Strict)));
        Assert.Equal(59, await ImportOpenings.Import(db, new StringReader(lines), default));
        Assert.Equal(0, await ImportOpenings.Import(db, new StringReader(lines), default));
        foreach (var (id, visits) in said.Skip(1).Select(s => (s.PractitionerId, s.Visits)))
        {
            var kept = Openings.FromBytes(0, await database.Scalar<byte[]>("SELECT visits FROM search_openings WHERE practitioner_id = $1", id) ?? []);
            Assert.Equal(visits.Select(v => (v.LocationId, v.ServiceId, v.From, v.Mornings, v.Afternoons, v.Evenings)), kept.Visits.Select(v => (v.LocationId, v.ServiceId, v.From, v.Mornings, v.Afternoons, v.Evenings)));
            Assert.Equal(visits.SelectMany(v => v.Starts), kept.Visits.SelectMany(v => v.Starts));
        }
    }

    [Fact]
    public async Task What_cannot_be_read_is_left_out_until_it_can_be()
    {
        var practitioners = new Crowd(9, Now).Practitioners(20);
        await Publish(practitioners);
        await Break(practitioners[0].Id);
        using var index = await Loaded();
        Assert.Equal(19, Everybody(index).Count);

        await Break(practitioners[1].Id);
        await Withdraw(practitioners[2].Id);
        await CatchUp(index);
        Assert.Equal(17, Everybody(index).Count);

        foreach (var practitioner in practitioners.Take(3))
            await Refresh(practitioner.Id);
        await CatchUp(index);
        Assert.Equal(20, Everybody(index).Count);
    }

    [Fact]
    public async Task Of_many_only_those_who_have_changed_are_read()
    {
        await using var db = Index.Open(database);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO search_cards (practitioner_id) SELECT gen_random_uuid() FROM generate_series(1, 50000);
            INSERT INTO search_openings (practitioner_id, version, notice_minutes, visits) SELECT practitioner_id, 1, 0, decode(repeat('00', 200), 'hex') FROM search_cards;
            ANALYZE search_cards, search_openings;
            """);
        using var index = await Loaded();
        await db.Database.ExecuteSqlAsync($"UPDATE search_openings SET changed = pg_current_xact_id() WHERE practitioner_id = (SELECT practitioner_id FROM search_cards LIMIT 1)");

        await using var transaction = await db.Database.BeginTransactionAsync();
        var before = await Read();
        await index.CatchUp(db, default);
        Assert.InRange(await Read() - before, 1, 10);

        Task<long> Read() => db.Database.SqlQuery<long>(
            $"SELECT sum(seq_tup_read + idx_tup_fetch)::bigint AS \"Value\" FROM pg_stat_xact_user_tables WHERE relname IN ('search_cards', 'search_openings')").SingleAsync();
    }

    private async Task Break(Guid id)
    {
        await using var db = Index.Open(database);
        await db.Database.ExecuteSqlAsync($"UPDATE search_cards SET card = '[\"no card\"]', changed = pg_current_xact_id() WHERE practitioner_id = {id}");
    }

    private async Task Change(SearchIndex index, Crowd crowd, Practitioner[] practitioners, CancellationToken enough)
    {
        for (var turn = 0; !enough.IsCancellationRequested; turn++)
        {
            var one = practitioners[turn % practitioners.Length];
            if (turn % 3 == 0)
                await Tell(crowd.Openings(one, turn + 10));
            else if (turn % 3 == 1)
                await Withdraw(one.Id);
            else
                await Refresh(practitioners[(turn - 1) % practitioners.Length].Id);
            if (turn % 5 == 0)
                await CatchUp(index);
        }
    }

    private static List<Hit> Everybody(SearchIndex index, SearchOrder order = SearchOrder.Rating, int pageSize = 1_000)
    {
        var near = order == SearchOrder.Distance;
        return Pages.All(index, new() { Lat = near ? 39.7 : null, Lon = near ? -105 : null, RadiusKm = near ? 500 : null, Currency = "USD", Order = order, Limit = pageSize, Now = Now });
    }

    private async Task Publish(IEnumerable<Practitioner> practitioners)
    {
        await using var db = Index.Open(database);
        db.AddRange(practitioners);
        await db.SaveChangesAsync();
        await Projection.Fill(db, anew: false, default);
    }

    private async Task Refresh(Guid id)
    {
        await using var db = Index.Open(database);
        await using var transaction = await db.Database.BeginTransactionAsync();
        await Projection.Refresh(db, id, default);
        await transaction.CommitAsync();
    }

    /// <summary>As search hears of it; the listing itself stays, to be shown again.</summary>
    private async Task Withdraw(Guid id)
    {
        await using var db = Index.Open(database);
        await db.Database.ExecuteSqlAsync($"UPDATE search_cards SET card = NULL, changed = pg_current_xact_id() WHERE practitioner_id = {id}");
    }

    private async Task Tell(OpeningsChanged said)
    {
        await using var db = Index.Open(database);
        await UpdateNextOpenings.Keep(db, said, default);
    }

    private async Task<SearchIndex> Loaded()
    {
        var index = new SearchIndex(NullLogger<SearchIndex>.Instance);
        await CatchUp(index);
        return index;
    }

    private async Task CatchUp(SearchIndex index)
    {
        await using var db = Index.Open(database);
        await index.CatchUp(db, default);
    }
}
