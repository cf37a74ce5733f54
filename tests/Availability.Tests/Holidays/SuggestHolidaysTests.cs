using System.Collections.Concurrent;
using System.Text.Json;
using Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Platform;
using TestKit;
using Xunit;

namespace Availability.Tests;

/// <summary>Today is Monday 23 November 2026.</summary>
public sealed class SuggestHolidaysTests(SuggestHolidaysTests.Holidays world) : IClassFixture<SuggestHolidaysTests.Holidays>
{
    [Theory]
    [InlineData("DE", null, "Christmas Day")]
    [InlineData("DE", "Berlin", "Christmas Day")]
    [InlineData("DE", "BY", "Christmas Day, Boxing Day")]
    [InlineData("DE", "Bayern", "Christmas Day, Boxing Day")]
    [InlineData("DE", "bavaria", "Christmas Day, Boxing Day")]
    [InlineData("CH", "ZURICH", "Sechseläuten")]
    [InlineData("CH", "Kanton Zürich", "Sechseläuten")]
    [InlineData("FR", "Bavaria", "")]
    public async Task The_holidays_of_a_place_are_those_of_its_region_or_else_its_country(string? country, string? region, string names)
    {
        var person = await Settled(new PublishedLocation(Guid.CreateVersion7(), "Europe/Berlin", country, region));
        Assert.Equal(names, string.Join(", ", (await Suggested(person)).Select(s => s.GetProperty("name").GetString())));
    }

    [Fact]
    public async Task Where_a_place_is_that_was_told_without_its_country_is_asked_of_Listings()
    {
        var place = new PublishedLocation(Guid.CreateVersion7(), "Europe/Berlin");
        var person = await Settled(place);
        Assert.Empty(await Suggested(person));
        world.Published[person.Id] = new PractitionerPublished(person.Id, 1, [place with { Country = "DE", Region = "BY" }], [], world.Now);
        Assert.Equal(["Christmas Day", "Boxing Day"], (await Suggested(person)).Select(s => s.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task What_is_over_is_not_suggested_and_each_year_has_its_own()
    {
        var person = await Settled(new PublishedLocation(Guid.CreateVersion7(), "America/Denver", "US"));
        Assert.Equal(["2026-11-23"], (await Suggested(person)).Select(s => s.GetProperty("from").GetString()));
        Assert.Equal(["2027-07-04"], (await Suggested(person, 2027)).Select(s => s.GetProperty("from").GetString()));
        Assert.Empty(await Suggested(person, 2030));
        await world.DeskOf(person).At("time-off/suggestions?year=1999").IsProblem(400, "validation");
        await world.Service.As("client").At("time-off/suggestions").IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task One_that_several_places_share_is_one_and_is_taken_where_all_of_it_is_off()
    {
        var (berlin, munich) = (new PublishedLocation(Guid.CreateVersion7(), "Europe/Berlin", "DE", "Berlin"), new PublishedLocation(Guid.CreateVersion7(), "Europe/Berlin", "DE", "BY"));
        var person = await Settled(berlin, munich);
        Assert.Equal([[false, false], [false]], await Taken());
        await world.DeskOf(person).PostTimeOff(new TimeOffRequest("2026-12-25", "2026-12-25", munich.LocationId)).Is(201);
        await world.DeskOf(person).PostTimeOff(new TimeOffRequest("2026-12-26T00:00", "2026-12-26T12:00")).Is(201);
        Assert.Equal([[false, true], [false]], await Taken());
        await world.DeskOf(person).PostTimeOff(new TimeOffRequest("2026-12-20", "2026-12-30", EveryYear: true)).Is(201);
        Assert.Equal([[true, true], [true]], await Taken());

        async Task<bool[][]> Taken() =>
            [.. (await Suggested(person)).Select(s => s.GetProperty("locations").EnumerateArray().Select(l => l.GetProperty("taken").GetBoolean()).ToArray())];
    }

    [Fact]
    public async Task Whom_the_list_is_by_is_said_with_it()
    {
        var person = await Settled(new PublishedLocation(Guid.CreateVersion7(), "Europe/Berlin", "DE"));
        var source = (await world.DeskOf(person).At("time-off/suggestions").Is<JsonElement>(200)).GetProperty("source");
        Assert.Equal(("date-holidays", "CC BY-SA 3.0"), (source.GetProperty("name").GetString(), source.GetProperty("licence").GetString()));
    }

    private async Task<Person> Settled(params PublishedLocation[] locations)
    {
        var person = new Person(Guid.CreateVersion7(), Guid.CreateVersion7(), locations[0].LocationId, locations[0].TimeZone);
        await world.Service.In(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            (await Practitioner.Lock(db, person.Id, default)).Publish(1, new Offer(locations, []));
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
            return 0;
        });
        return person;
    }

    private async Task<List<JsonElement>> Suggested(Person person, int? year = null) =>
        [.. (await world.DeskOf(person).At($"time-off/suggestions{(year is null ? "" : $"?year={year}")}").Is<JsonElement>(200)).GetProperty("items").EnumerateArray()];

    /// <summary>With a few holidays, some of which are no longer ahead.</summary>
    public sealed class Holidays : World, IAsyncLifetime
    {
        private FakePeer listings = null!;

        /// <summary>What Listings says.</summary>
        public ConcurrentDictionary<Guid, PractitionerPublished> Published { get; } = new();

        protected override Dictionary<string, string?> Settings => new(base.Settings) { ["LISTINGS_URL"] = listings.Url.ToString() };

        async Task IAsyncLifetime.InitializeAsync()
        {
            listings = await FakePeer.Start(app => app.MapGet("/internal/practitioners/{id:guid}/facts", (Guid id) =>
                Published.TryGetValue(id, out var facts) ? Results.Json(facts, Json.Strict) : Results.NotFound()));
            await InitializeAsync();
        }

        async Task IAsyncLifetime.DisposeAsync()
        {
            await DisposeAsync();
            await listings.DisposeAsync();
        }

        private const string Few = """
            {"country":"DE","names":[],"holidays":[{"on":"2026-10-03","days":1,"name":"National Holiday"},{"on":"2026-12-25","days":1,"name":"Christmas Day"}]}
            {"country":"DE","region":"BY","names":["BY","Bayern","Bavaria"],"holidays":[{"on":"2026-12-25","days":1,"name":"Christmas Day"},{"on":"2026-12-26","days":1,"name":"Boxing Day"}]}
            {"country":"CH","names":[],"holidays":[{"on":"2026-08-01","days":1,"name":"Bundesfeiertag"}]}
            {"country":"CH","region":"ZH","names":["ZH","Kanton Zürich"],"holidays":[{"on":"2026-12-14","days":1,"name":"Sechseläuten"}]}
            {"country":"US","names":[],"holidays":[{"on":"2026-11-22","days":1,"name":"Yesterday"},{"on":"2026-11-23","days":1,"name":"Today"},{"on":"2027-07-04","days":1,"name":"Independence Day"}]}
            """;

        protected override async Task Ready() => await Service.In(db => ImportHolidays.Import(db, new StringReader(Few), default));
    }
}
