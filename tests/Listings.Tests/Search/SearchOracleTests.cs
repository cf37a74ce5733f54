using System.Globalization;
using System.Net.Http.Json;
using Contracts;
using Listings.Search;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using TestKit;
using Xunit;

namespace Listings.Tests.Search;

/// <summary>Some hundred random searches of some hundred random practitioners, against somebody who looks at each of them.</summary>
public sealed class SearchOracleTests : IAsyncLifetime
{
    private const int Practitioners = 350;
    private const int Searches = 160;

    /// <summary>Straight lines sort as geodesics do, but for points whose distances differ by less than this.</summary>
    private const double ToleranceKm = 0.003;

    private ServiceFactory<Program, ListingsDb> service = null!;
    private Crowd crowd = null!;
    private IReadOnlyList<Practitioner> practitioners = [];
    private Dictionary<Guid, OpeningsChanged> openings = [];

    public async Task InitializeAsync()
    {
        service = await ServiceFactory<Program, ListingsDb>.Start(configureDatabase: npgsql => npgsql.UseNetTopologySuite());
        var now = service.Clock.GetUtcNow();
        crowd = new Crowd(20261122, now);
        practitioners = crowd.Practitioners(Practitioners);
        openings = practitioners.ToDictionary(p => p.Id, crowd.Openings);
        await service.In(async db =>
        {
            db.AddRange(practitioners);
            await db.SaveChangesAsync();
            // Half of the openings are known before the listing is published, half come after.
            foreach (var said in openings.Values.Take(Practitioners / 2))
                await UpdateNextOpenings.Keep(db, said, now.UtcDateTime, CancellationToken.None);
            Assert.Equal(Practitioners, await SearchIndex.Fill(db, anew: false, CancellationToken.None));
            foreach (var said in openings.Values.Skip(Practitioners / 2))
                await UpdateNextOpenings.Keep(db, said, now.UtcDateTime, CancellationToken.None);
            return 0;
        });
    }

    public async Task DisposeAsync() => await service.DisposeAsync();

    [Fact]
    public async Task Random_searches_find_what_looking_at_everybody_finds()
    {
        var hits = 0;
        for (var i = 0; i < Searches; i++)
        {
            var query = crowd.Query();
            var kilometres = await Kilometres(query);
            if (query.RadiusKm is { } radius && kilometres.Values.Any(km => Math.Abs(km - radius) < ToleranceKm))
                continue;
            var oracle = new Oracle(practitioners, openings, kilometres, service.Clock.GetUtcNow());
            var expected = oracle.Search(query);
            var found = await All(query, 1 + (i % 40));
            hits += found.Count;

            var asked = Url(query);
            Assert.True(expected.Select(m => (m.Id, m.LocationId)).ToHashSet().SetEquals(found.Select(f => (f.Id, f.Location.Id))), $"{asked}\nexpected {expected.Count}, found {found.Count}");
            Assert.Equal(found.Count, found.DistinctBy(f => f.Id).Count());
            AssertOrder(query, expected, found, asked);
            if (query.Facets == true)
                AssertFacets(query, oracle, (await Page(query, 5, null)).Facets!, asked);
        }

        Assert.True(hits > 2_000, $"Only {hits} results were compared.");
    }

    private static void AssertOrder(SearchPractitioners.Query query, IReadOnlyList<Oracle.Match> expected, List<SearchPractitioners.Item> found, string asked)
    {
        if (query.Sort == "soonest" || query.Lat is null)
        {
            Assert.Equal(expected.Select(m => m.Id), found.Select(f => f.Id));
            return;
        }

        var matches = expected.ToDictionary(m => m.Id);
        for (var i = 0; i < found.Count; i++)
        {
            Assert.Equal(matches[found[i].Id].Kilometres!.Value, found[i].DistanceKm!.Value, 0.0501 + ToleranceKm);
            if (i == 0)
                continue;
            var (before, after) = (matches[found[i - 1].Id], matches[found[i].Id]);
            Assert.True(before.Kilometres <= after.Kilometres + ToleranceKm, $"{asked}: {before} before {after}");
            if (before.Kilometres == after.Kilometres)
                Assert.True(Oracle.Db.Compare(before.Id, after.Id) < 0, $"{asked}: {before} before {after}");
        }
    }

    /// <summary>Each count is what the search would find with that value alone in that filter.</summary>
    private static void AssertFacets(SearchPractitioners.Query query, Oracle oracle, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> facets, string asked)
    {
        void Same(string facet, string value, SearchPractitioners.Query with) =>
            Assert.True(oracle.Count(with) == facets[facet].GetValueOrDefault(value), $"{asked}: {facet}={value} is {facets[facet].GetValueOrDefault(value)}, not {oracle.Count(with)}");

        foreach (var value in (string[])["upledger", "biodynamic", "visionary", "healing-art"])
            Same("lineage", value, query with { Lineage = [value] });
        foreach (var value in (string[])["upledger:cs1", "upledger:cst-t", "upledger:cst-d", "bcta-na:rcst"])
            Same("level", value, query with { Level = value });
        foreach (var value in (string[])["pelvic-health", "tailbone", "tmj", "autism"])
            Same("specialty", value, query with { Specialty = [value] });
        foreach (var value in (string[])["en", "fr", "sv"])
            Same("language", value, query with { Language = [value] });
        foreach (var value in (string[])["inPerson", "homeVisit", "online"])
            Same("format", value, query with { Format = [value] });
    }

    private async Task<List<SearchPractitioners.Item>> All(SearchPractitioners.Query query, int limit)
    {
        var all = new List<SearchPractitioners.Item>();
        string? cursor = null;
        do
        {
            var page = await Page(query, limit, cursor);
            Assert.InRange(page.Items.Count, 0, limit);
            all.AddRange(page.Items);
            cursor = page.NextCursor;
            if (cursor is null)
                Assert.Equal(all.Count, page.Total);
        }
        while (cursor is not null);
        return all;
    }

    private async Task<SearchPractitioners.Response> Page(SearchPractitioners.Query query, int limit, string? cursor)
    {
        var url = $"{Url(query)}&limit={limit}{(cursor is null ? "" : $"&cursor={cursor}")}";
        using var answer = await service.Guest().GetAsync(new Uri(url, UriKind.Relative));
        Assert.True(answer.IsSuccessStatusCode, $"{url}: {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<SearchPractitioners.Response>(Platform.Json.Tolerant))!;
    }

    private static string Url(SearchPractitioners.Query query)
    {
        var parts = typeof(SearchPractitioners.Query).GetProperties().SelectMany(p => p.GetValue(query) switch
        {
            null => [],
            string[] many => many.Select(v => $"{p.Name}={v}"),
            bool flag => [$"{p.Name}={(flag ? "true" : "false")}"],
            IFormattable number => [$"{p.Name}={number.ToString(null, CultureInfo.InvariantCulture)}"],
            var text => new[] { $"{p.Name}={text}" },
        });
        return $"/api/v1/practitioners?{string.Join('&', parts.Select(part => char.ToLowerInvariant(part[0]) + part[1..]))}";
    }

    private async Task<Dictionary<Guid, double>> Kilometres(SearchPractitioners.Query query)
    {
        if (query.Lat is null)
            return [];
        var locations = practitioners.SelectMany(p => p.Published!.Locations).ToList();
        var points = locations.ConvertAll(l => l.Approximate ? Globe.Blur(l.Lat!.Value, l.Lon!.Value) : (l.Lat!.Value, l.Lon!.Value));
        await using var connection = new NpgsqlConnection(service.Db.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            SELECT i, ST_Distance(ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography, ST_SetSRID(ST_MakePoint($1, $2), 4326)::geography) / 1000
            FROM unnest($3, $4) WITH ORDINALITY p (lat, lon, i)
            """, connection)
        { Parameters = { new() { Value = query.Lon }, new() { Value = query.Lat }, new() { Value = points.ConvertAll(p => p.Item1) }, new() { Value = points.ConvertAll(p => p.Item2) } } };
        await using var reader = await command.ExecuteReaderAsync();
        var found = new Dictionary<Guid, double>();
        while (await reader.ReadAsync())
            found.Add(locations[(int)reader.GetInt64(0) - 1].Id!.Value, reader.GetDouble(1));
        return found;
    }
}
