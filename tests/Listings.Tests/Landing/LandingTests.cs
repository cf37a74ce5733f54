using System.Net;
using System.Net.Http.Json;
using Listings.Landing;
using Listings.Places;
using Listings.Tests.Places;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform;
using TestKit;
using Xunit;

namespace Listings.Tests.Landing;

/// <summary>Landing pages over the small gazetteer; each test begins with nobody.</summary>
public sealed class LandingTests(SmallGazetteer gazetteer) : IClassFixture<SmallGazetteer>, IAsyncLifetime
{
    private static readonly Location Denver = Town("Denver", "US", 39.74, -104.98);
    private static readonly Location Boulder = Town("Boulder", "US", 40.01, -105.27);
    private static readonly Location Zurich = Town("zurich", "CH", 47.37, 8.54);

    private HttpClient http = null!;

    public async Task InitializeAsync()
    {
        http = gazetteer.Service.AsService();
        await gazetteer.Service.In(db => db.Database.ExecuteSqlRawAsync("TRUNCATE landing_people, landing_counts"));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Towns_with_three_people_are_listed_those_with_most_first()
    {
        await People(3, Denver);
        await People(4, Boulder);
        await People(2, Zurich);

        var towns = await Towns("demo=true");
        Assert.Equal(["us/co/boulder", "us/co/denver"], towns.Select(t => t.Path));
        Assert.Equal(("Denver", "CO", "US", 3), (towns[1].Name, towns[1].Region, towns[1].Country, towns[1].People));
        Assert.Equal(39.74, towns[1].Lat, 1);
        Assert.Empty(await Towns(""));
        Assert.Equal(["us/co/denver"], (await Towns("demo=true&near=39.7,-105&limit=1")).Select(t => t.Path));
        Assert.Equal(2, (await Towns("demo=true&within=us/co")).Count);
        Assert.Empty(await Towns("demo=true&within=us/c"));
    }

    [Fact]
    public async Task Towns_are_counted_by_specialty_with_its_wider_one_and_by_lineage()
    {
        await People(3, Denver, specialties: ["tailbone"]);
        await People(3, Boulder);
        Assert.Equal(["us/co/denver"], (await Towns("demo=true&specialty=pelvic-health")).Select(t => t.Path));
        Assert.Empty(await Towns("demo=true&specialty=sleep"));
        Assert.Equal(2, (await Towns("demo=true&lineage=upledger")).Count);
        var topics = await http.GetFromJsonAsync<ReadTopics.Response>("/internal/landing/topics?demo=true", Json.Strict);
        Assert.Equal(6, topics!.People);
        Assert.Equal(3, topics.Specialties["tailbone"]);
        Assert.Equal(6, topics.Lineages["upledger"]);
    }

    [Theory]
    [InlineData("us/co/denver", "us/co/denver", PlaceKind.Town, "Denver", 3)]
    [InlineData("US/Colorado/Denver", "us/co/denver", PlaceKind.Town, "Denver", 3)]
    [InlineData("us/denver", "us/co/denver", PlaceKind.Town, "Denver", 3)]
    [InlineData("us/co", "us/co", PlaceKind.Region, "Colorado", 3)]
    [InlineData("us", "us", PlaceKind.Country, "US", 3)]
    [InlineData("ch/zh/Zürich", "ch/zh/zurich", PlaceKind.Town, "Zürich", 0)]
    [InlineData("us/pa/denver", "us/pa/denver", PlaceKind.Town, "Denver", 0)]
    public async Task A_place_is_known_by_its_path_and_found_by_others(string path, string canonical, PlaceKind kind, string name, int people)
    {
        await People(3, Denver, specialties: ["sleep"]);
        var place = await Place(path);
        Assert.Equal((canonical, kind, name, people), (place.Path, place.Kind, place.Name, place.People));
        Assert.Equal(people > 0 && kind == PlaceKind.Town ? 3 : 0, place.Specialties.GetValueOrDefault("sleep"));
    }

    [Theory]
    [InlineData("us/co/nowhere")]
    [InlineData("xx")]
    [InlineData("us/co/denver/sleep/more")]
    [InlineData("%25_")]
    [InlineData("us//denver")]
    [InlineData("us/il/denver")]
    public async Task Other_paths_are_not_known(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri($"/internal/landing/places/{path}", UriKind.Relative))).StatusCode);

    [Fact]
    public async Task Pages_worth_having_come_in_order_page_by_page()
    {
        await People(3, Denver, specialties: ["sleep"]);
        await People(3, Boulder, specialties: ["tmj"]);
        await People(2, Boulder, specialties: ["sleep"]);
        var all = await Pages("demo=true");
        Assert.Equal(["us/co/boulder", "us/co/boulder/tmj", "us/co/denver", "us/co/denver/sleep"], all.Items);
        Assert.Null(all.NextCursor);

        var (walked, nexts) = (new List<string>(), new List<string>());
        for (string? after = ""; after is not null;)
        {
            var page = await Pages($"demo=true&limit=1&after={Uri.EscapeDataString(after)}");
            walked.AddRange(page.Items);
            after = page.NextCursor;
            if (after is not null)
                nexts.Add(after);
        }

        Assert.Equal(all.Items, walked);
        Assert.Equal(nexts, await PageStarts("demo=true&of=1"));
        Assert.Equal([nexts[1]], await PageStarts("demo=true&of=2"));
        Assert.Empty(await PageStarts("demo=true&of=4"));
    }

    [Fact]
    public async Task People_come_by_id_and_maps_begin_where_the_last_one_ended()
    {
        await People(5, Denver);
        var all = (await http.GetFromJsonAsync<ReadPeople.Response>("/internal/landing/people?demo=true", Json.Strict))!.Items;
        Assert.Equal(5, all.Count);
        var starts = (await http.GetFromJsonAsync<ReadPeopleStarts.Response>("/internal/landing/people/starts?demo=true&of=2", Json.Strict))!.Items;
        Assert.Equal([Guid.Empty, all[1].Id, all[3].Id], starts);
        var second = (await http.GetFromJsonAsync<ReadPeople.Response>($"/internal/landing/people?demo=true&after={starts[1]}&limit=2", Json.Strict))!.Items;
        Assert.Equal(all.Skip(2).Take(2), second);
        starts = (await http.GetFromJsonAsync<ReadPeopleStarts.Response>("/internal/landing/people/starts?demo=true&of=1", Json.Strict))!.Items;
        Assert.Equal([Guid.Empty, .. all.Take(4).Select(p => p.Id)], starts);
    }

    [Fact]
    public async Task Counts_follow_each_change_and_are_the_same_when_counted_anew()
    {
        var people = await People(3, Denver, specialties: ["sleep"]);
        await People(3, Boulder);
        await Keep(Invented(Zurich, ["sleep"], people[0].Id));
        await Do(connection => LandingCounts.Write(connection, people[1].Id, null, default));

        Assert.Equal(1, (await Place("us/co/denver")).People);
        Assert.Equal(1, (await Place("ch/zh/zurich")).Specialties["sleep"]);
        var before = await Counts();
        await Do(connection => LandingCounts.Recount(connection, default));
        Assert.Equal(before, await Counts());

        await Do(connection => connection.Execute(
            """
            DELETE FROM landing_counts WHERE place = 'us/co/denver';
            UPDATE landing_counts SET people = people + 2, invented = invented - 1 WHERE topic = '';
            INSERT INTO landing_counts VALUES ('us/co/nowhere', '', 4, 0)
            """, default));
        Assert.NotEqual(before, await Counts());
        await Do(async publishing =>
        {
            await using var transaction = await publishing.BeginTransactionAsync();
            await publishing.Execute("UPDATE landing_counts SET people = people WHERE place = '' AND topic = ''", default);
            var counting = Enumerable.Range(0, 2).Select(_ => Do(connection => LandingCounts.Recount(connection, default))).ToList();
            await Eventually.True(async () => await Waiting() == counting.Count);
            await transaction.CommitAsync();
            await Task.WhenAll(counting);
        });
        Assert.Equal(before, await Counts());
    }

    [Fact]
    public async Task Whoever_is_published_is_counted_and_no_longer_when_withdrawn()
    {
        var app = gazetteer.Service;
        var owner = new Owner(app, Guid.CreateVersion7());
        await owner.Write(Sample.Listing());
        await owner.Submit();
        (await app.As("moderator").PostAsJsonAsync($"/api/v1/moderation/listings/{owner.Id}/approve", new { reason = "Fine." })).EnsureSuccessStatusCode();
        Assert.Equal(1, (await Place("us/co/boulder", "")).People);
        Assert.Single((await http.GetFromJsonAsync<ReadPeople.Response>("/internal/landing/people", Json.Strict))!.Items);

        (await owner.Unpublish()).EnsureSuccessStatusCode();
        Assert.Equal(0, (await Place("us/co/boulder", "")).People);
        Assert.Empty((await http.GetFromJsonAsync<ReadPeople.Response>("/internal/landing/people", Json.Strict))!.Items);
    }

    [Fact]
    public async Task Only_services_may_ask() =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await gazetteer.Service.Guest().GetAsync(new Uri("/internal/landing/towns", UriKind.Relative))).StatusCode);

    [Fact]
    public void Of_namesakes_the_largest_has_the_bare_name_and_who_has_a_path_keeps_it()
    {
        PlaceRow[] places = [Row(1, "Springfield", 10), Row(2, "Springfield", 20), Row(3, "東京", 5), Row(4, "Coeur d'Alene", 7)];
        var paths = TownPaths.Of(places, new Dictionary<string, string> { ["US.01"] = "il" }, new Dictionary<int, string>());
        Assert.Equal(["us/il/springfield-1", "us/il/springfield", "us/il/place", "us/il/coeur-dalene"], paths.OrderBy(p => p.Key).Select(p => p.Value));
        places[0] = Row(1, "Springfield", 30);
        Assert.Equal(paths, TownPaths.Of(places, new Dictionary<string, string> { ["US.01"] = "il" }, paths));

        static PlaceRow Row(int id, string name, int population) => new(id, name, name, [], 0, 0, "US", "01", population, "America/Chicago");
    }

    private async Task<IReadOnlyList<Practitioner>> People(int count, Location at, IReadOnlyList<string>? specialties = null)
    {
        var people = Enumerable.Range(0, count).Select(_ => Invented(at, specialties ?? [], Guid.CreateVersion7())).ToList();
        foreach (var person in people)
            await Keep(person);
        return people;
    }

    private Task<bool> Keep(Practitioner practitioner) => Do(async connection =>
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await LandingCounts.Write(connection, practitioner.Id, practitioner, default);
        await transaction.CommitAsync();
    });

    private Task<bool> Do(Func<NpgsqlConnection, Task> work) => gazetteer.Service.In(async db =>
    {
        await work(await db.Connection(default));
        return true;
    });

    private static Practitioner Invented(Location at, IReadOnlyList<string> specialties, Guid id) => Practitioner.Invented(
        id, $"somebody-{id:N}", "somebody@example.org",
        new() { Name = "Somebody", Specialties = specialties, Locations = [at], Trainings = [new("upledger", new(2019, 1, 1), Level: "upledger:cst-t")] }, [], DateTimeOffset.UnixEpoch);

    private static Location Town(string name, string country, double lat, double lon) => new("Studio", name, country, Lat: lat, Lon: lon);

    private async Task<IReadOnlyList<ReadTowns.Town>> Towns(string query) => (await http.GetFromJsonAsync<ReadTowns.Response>($"/internal/landing/towns?{query}", Json.Strict))!.Items;

    private async Task<ReadPlace.Response> Place(string path, string query = "demo=true") =>
        (await http.GetFromJsonAsync<ReadPlace.Response>($"/internal/landing/places/{path}?{query}", Json.Strict))!;

    private async Task<ReadPages.Response> Pages(string query) => (await http.GetFromJsonAsync<ReadPages.Response>($"/internal/landing/pages?{query}", Json.Strict))!;

    private async Task<IReadOnlyList<string>> PageStarts(string query) =>
        (await http.GetFromJsonAsync<ReadPageStarts.Response>($"/internal/landing/pages/starts?{query}", Json.Strict))!.Items;

    /// <summary>How many wait for a lock.</summary>
    private Task<int> Waiting() => gazetteer.Service.In(db => db.Database.SqlQuery<int>(
        $"""SELECT count(*)::int AS "Value" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'""").SingleAsync());

    private Task<List<string>> Counts() => gazetteer.Service.In(db => db.Database.SqlQuery<string>(
        $"""SELECT concat_ws(' ', place, topic, people, invented) AS "Value" FROM landing_counts WHERE people + invented > 0 ORDER BY place, topic""").ToListAsync());
}
