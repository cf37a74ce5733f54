using Contracts;
using Listings.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TestKit;
using Xunit;

namespace Listings.Tests.Search;

/// <summary>Thousands of random searches of some hundred random practitioners, at different moments, against somebody who looks at each of them.</summary>
public sealed class SearchOracleTests : IAsyncLifetime
{
    private const int Practitioners = 350;

    /// <summary>Straight lines sort as geodesics do, but for points whose distances differ by less than this.</summary>
    private const double ToleranceKm = 0.003;

    private readonly Dictionary<(double Lat, double Lon), Dictionary<Guid, double>> kilometres = [];
    private TestDatabase database = null!;
    private SearchIndex index = null!;
    private Crowd crowd = null!;
    private IReadOnlyList<Practitioner> practitioners = [];
    private Dictionary<Guid, OpeningsChanged> openings = [];

    public async Task InitializeAsync() => database = await TestDatabase.Create<ListingsDb>(npgsql => npgsql.UseNetTopologySuite());

    private async Task Publish(DateTimeOffset begin)
    {
        crowd = new Crowd(20261122, begin);
        practitioners = crowd.Practitioners(Practitioners);
        openings = practitioners.ToDictionary(p => p.Id, p => crowd.Openings(p));
        index = new SearchIndex(NullLogger<SearchIndex>.Instance);
        await using var db = Index.Open(database);
        db.AddRange(practitioners);
        await db.SaveChangesAsync();
        // Half of the openings are known before the listing is published, half come after.
        foreach (var said in openings.Values.Take(Practitioners / 2))
            await UpdateNextOpenings.Keep(db, said, CancellationToken.None);
        Assert.Equal(Practitioners, await Projection.Fill(db, anew: false, CancellationToken.None));
        await index.CatchUp(db, CancellationToken.None);
        foreach (var said in openings.Values.Skip(Practitioners / 2))
            await UpdateNextOpenings.Keep(db, said, CancellationToken.None);
        await index.CatchUp(db, CancellationToken.None);
        foreach (var spot in Enumerable.Range(0, 60).Select(_ => crowd.Spot()).Distinct())
            kilometres.Add(spot, await Kilometres(spot));
    }

    public async Task DisposeAsync()
    {
        index.Dispose();
        await database.DisposeAsync();
    }

    [Theory]
    [InlineData("2026-11-23T09:00:30Z", 10_000)]
    // Clocks go forward in Denver a day later.
    [InlineData("2027-03-13T09:00:30Z", 1_000)]
    public async Task Random_searches_find_what_looking_at_everybody_finds(string at, int searches)
    {
        var begin = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);
        await Publish(begin);
        var (hits, times, spots) = (0, 0, kilometres.Keys.ToArray());
        await using var services = new ServiceCollection().AddScoped(_ => Index.Open(database)).BuildServiceProvider();
        DateTimeOffset[] moments = [begin, begin.AddMinutes(61), begin.AddHours(9), begin.AddDays(1), begin.AddDays(3)];
        for (var i = 0; i < searches; i++)
        {
            var query = crowd.Query(spots);
            var away = query.Lat is null ? null : kilometres[(query.Lat.Value, query.Lon!.Value)];
            if (query.RadiusKm is { } radius && away!.Values.Any(km => Math.Abs(km - radius) < ToleranceKm))
                continue;
            var now = moments[i % moments.Length];
            var wanted = Wanted.Read(query, now, out var problem);
            if (wanted is null)
            {
                // A few combinations of days are refused; which is tried elsewhere.
                Assert.NotNull(problem);
                continue;
            }

            var oracle = new Oracle(practitioners, openings, away, now);
            var expected = oracle.Search(query);
            var found = Pages.All(index, wanted with { Limit = 1 + (i % 40) });
            hits += found.Count;
            AssertSame(query, now, expected, found);
            times += await AssertTimes(query, wanted with { Limit = 4 }, oracle, services.GetRequiredService<IServiceScopeFactory>(), now.AddMinutes(i % 3 * 20));
            if (query.Facets == true)
                AssertFacets(query, oracle, new SearchFacets(new SearchFilter(wanted)).Count([index.Root]));
        }

        Assert.True(hits > 10 * searches, $"Only {hits} results were compared.");
        Assert.True(times > searches, $"Only {times} times were compared.");
    }

    /// <summary>The first few are shown with the times that were asked for, at a moment in which somebody may already have gone on to a later page.</summary>
    private async Task<int> AssertTimes(SearchPractitioners.Query query, Wanted wanted, Oracle oracle, IServiceScopeFactory scopes, DateTimeOffset moment)
    {
        var page = await SearchPage.Read(index, new SearchFilter(wanted), wanted, null, moment, scopes, CancellationToken.None);
        foreach (var item in page.Items)
        {
            var expected = oracle.Times(query, practitioners.Single(p => p.Id == item.Id), item.Location.Id, moment);
            Assert.True(
                expected.SequenceEqual(item.NextOpenings.Select(o => (o.Start.ToUniversalTime(), o.ServiceId))) && item.NextOpenings.All(o => o.LocationId == item.Location.Id),
                $"{Wanted.Print(query)} at {moment:O}: {item.Name} is shown with {string.Join(", ", item.NextOpenings)}, not {string.Join(", ", expected)}");
        }

        return page.Items.Sum(i => i.NextOpenings.Count);
    }

    private static void AssertSame(SearchPractitioners.Query query, DateTimeOffset now, IReadOnlyList<Oracle.Match> expected, List<Hit> found)
    {
        var asked = $"{Wanted.Print(query)} at {now:O}";
        Assert.True(expected.Select(m => m.Id).ToHashSet().SetEquals(found.Select(f => f.Id)), $"{asked}\nexpected {expected.Count}, found {found.Count}");
        Assert.Equal(found.Count, found.DistinctBy(f => f.Id).Count());
        var matches = expected.ToDictionary(m => m.Id);
        if (query.Sort is not null || query.Lat is null)
            Assert.True(expected.Select(m => m.Id).SequenceEqual(found.Select(f => f.Id)), $"{asked}\nis in another order");
        for (var i = 0; i < found.Count; i++)
        {
            var match = matches[found[i].Id];
            if (match.Kilometres is { } km)
                Assert.Equal(km, Globe.Kilometres(Math.Sqrt(found[i].Square) / 100), ToleranceKm);
            if (i == 0 || query.Sort is not null || query.Lat is null)
                continue;
            var before = matches[found[i - 1].Id];
            Assert.True(before.Kilometres <= match.Kilometres + ToleranceKm, $"{asked}: {before} before {match}");
            if (before.Kilometres == match.Kilometres)
                Assert.True(Oracle.ById.Compare(before.Id, match.Id) < 0, $"{asked}: {before} before {match}");
        }
    }

    /// <summary>Each count is what the search would find with that value alone in that filter.</summary>
    private static void AssertFacets(SearchPractitioners.Query query, Oracle oracle, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> facets)
    {
        void Same(string facet, string value, SearchPractitioners.Query with) => Assert.True(
            oracle.Count(with) == facets[facet].GetValueOrDefault(value), $"{Wanted.Print(query)}: {facet}={value} is {facets[facet].GetValueOrDefault(value)}, not {oracle.Count(with)}");

        foreach (var value in (string[])["upledger", "biodynamic", "visionary"])
            Same("lineage", value, query with { Lineage = [value] });
        foreach (var value in (string[])["upledger:cs1", "upledger:cst-t", "upledger:cst-d", "bcta-na:rcst"])
            Same("level", value, query with { Level = value });
        foreach (var value in (string[])["pelvic-health", "tailbone", "tmj", "autism"])
            Same("specialty", value, query with { Specialty = [value] });
        foreach (var value in (string[])["en", "fr", "sv"])
            Same("language", value, query with { Language = [value] });
        foreach (var value in (string[])["inPerson", "homeVisit", "online"])
            Same("format", value, query with { Format = [value] });
        Same("licence", "lmt", query with { Licence = ["lmt"] });
        Same("population", "elders", query with { Population = ["elders"] });
        Same("access", "lift", query with { Access = ["lift"] });
        Same("approach", "integrated", query with { Approach = ["integrated"] });
        Same("gender", "woman", query with { Gender = ["woman"] });
        Same("slidingScale", "true", query with { SlidingScale = true });
        Same("acceptsNew", "true", query with { AcceptsNew = true });
        Same("verified", "true", query with { Verified = true });
    }

    private async Task<Dictionary<Guid, double>> Kilometres((double Lat, double Lon) spot)
    {
        var locations = practitioners.SelectMany(p => p.Published!.Locations).ToList();
        var points = locations.ConvertAll(l => l.Approximate ? Globe.Blur(l.Lat!.Value, l.Lon!.Value) : (l.Lat!.Value, l.Lon!.Value));
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            SELECT i, ST_Distance(ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography, ST_SetSRID(ST_MakePoint($1, $2), 4326)::geography) / 1000
            FROM unnest($3, $4) WITH ORDINALITY p (lat, lon, i)
            """, connection)
        { Parameters = { new() { Value = spot.Lon }, new() { Value = spot.Lat }, new() { Value = points.ConvertAll(p => p.Item1) }, new() { Value = points.ConvertAll(p => p.Item2) } } };
        await using var reader = await command.ExecuteReaderAsync();
        var found = new Dictionary<Guid, double>();
        while (await reader.ReadAsync())
            found.Add(locations[(int)reader.GetInt64(0) - 1].Id!.Value, reader.GetDouble(1));
        return found;
    }
}
