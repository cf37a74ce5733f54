using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Availability.Tests;

public sealed class ChangeScheduleTests(World world) : IClassFixture<World>
{
    private static readonly Guid Studio = Guid.CreateVersion7();

    [Fact]
    public async Task What_is_written_is_read_and_a_stale_version_is_refused()
    {
        var desk = world.Service.As("practitioner", practitionerId: Guid.CreateVersion7());
        var first = await desk.At("schedule");
        Assert.Equal("W/\"0\"", first.Headers.ETag?.ToString());
        Assert.True(first.Headers.CacheControl?.NoStore);

        await desk.PutSchedule(Hours(), null).IsProblem(428, "version-required");
        var saved = await desk.PutSchedule(Hours(), "W/\"0\"");
        Assert.Equal((200, "W/\"1\""), ((int)saved.StatusCode, saved.Headers.ETag?.ToString()));
        await desk.PutSchedule(Hours(), "W/\"0\"").IsProblem(412, "stale-version");
        await desk.PutSchedule(Hours(), "\"1\"").Is(200);

        var read = await desk.At("schedule").Is<JsonElement>(200);
        var range = read.GetProperty("locations")[0].GetProperty("weekly")[0];
        Assert.Equal(("monday", "09:00", "00:00"), (range.GetProperty("day").GetString(), range.GetProperty("from").GetString(), range.GetProperty("to").GetString()));
    }

    [Fact]
    public async Task Nobody_is_sold_before_they_have_said_when_they_work()
    {
        var person = await world.Practitioner();
        await world.Service.In(db => db.Schedules.Where(s => s.PractitionerId == person.Id).ExecuteDeleteAsync());
        var schedule = await world.DeskOf(person).At("schedule").Is<Schedule>(200);
        var location = Assert.Single(schedule.Locations);
        Assert.Equal((person.LocationId, "America/Denver", 0), (location.LocationId, location.TimeZone, location.Weekly.Count));
        Assert.Empty(await world.Starts(person, "2026-12-01", "2026-12-31"));
    }

    [Fact]
    public async Task New_hours_hold_at_once_and_appointments_stay()
    {
        var person = await world.Practitioner();
        var booking = await world.Booked(person, "2026-12-01T09:00:00-07:00");
        var schedule = new Schedule([new(person.LocationId, person.Zone, [new(DayOfWeek.Tuesday, World.Time("18:00"), World.Time("20:00"))])], 0, 60, 60, 0, 0);
        await world.DeskOf(person).PutSchedule(schedule, "W/\"1\"").Is(200);
        Assert.Equal(["2026-12-01T18:00:00-07:00", "2026-12-01T19:00:00-07:00"], await world.Starts(person, "2026-12-01", "2026-12-07"));
        Assert.True((await world.ClaimOf(booking)).IsLive);
    }

    [Fact]
    public async Task Only_practitioners_have_a_schedule()
    {
        await world.Service.Guest().At("schedule").IsProblem(401, "unauthenticated");
        await world.Service.As("client").At("schedule").IsProblem(403, "forbidden");
        await world.Service.AsService().At("schedule").IsProblem(403, "forbidden");
    }

    [Theory]
    [InlineData("minimumNoticeMinutes", -1)]
    [InlineData("minimumNoticeMinutes", 100000)]
    [InlineData("horizonDays", -1)]
    [InlineData("horizonDays", 401)]
    [InlineData("startIntervalMinutes", 0)]
    [InlineData("startIntervalMinutes", 7)]
    [InlineData("bufferBeforeMinutes", 3)]
    [InlineData("bufferAfterMinutes", -5)]
    [InlineData("maxPerDay", 0)]
    [InlineData("maxPerWeek", 0)]
    [InlineData("travelGapMinutes", 7)]
    [InlineData("travelGapMinutes", 500)]
    public async Task Numbers_out_of_bounds_are_named(string field, int value)
    {
        var document = JsonSerializer.SerializeToNode(Hours(), Platform.Json.Strict)!;
        document[field] = value;
        await Refused(document, field);
    }

    [Theory]
    [InlineData("Mars/Olympus", "monday", "09:00", "12:00", "locations[0].timeZone")]
    [InlineData("America/Denver", "monday", "09:02", "12:00", "locations[0].weekly[1].from")]
    [InlineData("America/Denver", "monday", "02:00", "03:01", "locations[0].weekly[1].to")]
    [InlineData("America/Denver", "monday", "23:00", "01:00", "locations[0].weekly[1]")]
    [InlineData("America/Denver", "monday", "08:00", "09:05", "locations[0].weekly[1]")]
    [InlineData("America/Denver", "monday", "09:00", "00:00", "locations[0].weekly[1]")]
    [InlineData("America/Denver", "sunday", "22:00", "09:30", "locations[0].weekly[1]")]
    public async Task Hours_that_cannot_be_kept_are_named(string zone, string day, string from, string to, string field)
    {
        var document = JsonSerializer.SerializeToNode(Hours(), Platform.Json.Strict)!;
        document["locations"]![0]!["timeZone"] = zone;
        document["locations"]![0]!["weekly"]!.AsArray().Add(new System.Text.Json.Nodes.JsonObject { ["day"] = day, ["from"] = from, ["to"] = to });
        await Refused(document, field);
    }

    [Fact]
    public async Task Of_many_hours_that_overlap_the_first_are_named()
    {
        var same = Enumerable.Repeat(Hours().Locations[0].Weekly[0], 100).ToList();
        var schedule = Hours() with { Locations = [Hours().Locations[0] with { Weekly = same, Later = [new(new(2027, 1, 1), same)] }] };
        var errors = (await Desk().PutSchedule(schedule, "W/\"0\"").IsProblem(400, "validation")).GetProperty("errors");
        Assert.Equal(["locations[0].later[0].weekly[1]", "locations[0].weekly[1]"], errors.EnumerateObject().Select(e => e.Name));
    }

    [Theory]
    [InlineData("""[null]""", "locations[0]")]
    [InlineData("""[{"locationId":"0198b9c0-0000-7000-8000-000000000001","timeZone":"America/Denver","weekly":[null]}]""", "locations[0].weekly[0]")]
    [InlineData("""[{"locationId":"0198b9c0-0000-7000-8000-000000000001","timeZone":"America/Denver","weekly":[],"later":[null]}]""", "locations[0].later[0]")]
    public async Task Lists_have_no_holes(string locations, string field)
    {
        var document = JsonSerializer.SerializeToNode(Hours(), Platform.Json.Strict)!;
        document["locations"] = System.Text.Json.Nodes.JsonNode.Parse(locations);
        await Refused(document, field);
    }

    [Theory]
    [InlineData("monday", "9:00")]
    [InlineData("monday", "25:00")]
    [InlineData("someday", "09:00")]
    [InlineData("1", "09:00")]
    public async Task Hours_that_cannot_be_read_are_refused(string day, string from)
    {
        var document = JsonSerializer.SerializeToNode(Hours(), Platform.Json.Strict)!;
        document["locations"]![0]!["weekly"]![0] = new System.Text.Json.Nodes.JsonObject { ["day"] = day, ["from"] = from, ["to"] = "12:00" };
        await Desk().PutSchedule(document, "W/\"0\"").IsProblem(400, "validation");
    }

    [Fact]
    public async Task Touching_hours_and_nights_are_fine()
    {
        var week = new WeeklyHours[]
        {
            new(DayOfWeek.Monday, World.Time("09:00"), World.Time("12:00")), new(DayOfWeek.Monday, World.Time("12:00"), World.Time("17:00")),
            new(DayOfWeek.Sunday, World.Time("20:00"), World.Time("09:00")),
        };
        await Desk().PutSchedule(Hours() with { Locations = [new(Studio, "Europe/Dublin", week)] }, "W/\"0\"").Is(200);
    }

    [Fact]
    public async Task Hours_may_change_on_a_date_and_be_for_some_services_only()
    {
        var person = await world.Practitioner();
        WeeklyHours[] Tuesdays(string from, string to, Guid? only = null) => [new(DayOfWeek.Tuesday, World.Time(from), World.Time(to), only is { } id ? [id] : null)];
        var schedule = new Schedule(
            [new(person.LocationId, person.Zone, Tuesdays("09:00", "10:00"), [new(new(2026, 12, 8), Tuesdays("18:00", "20:00")), new(new(2026, 12, 15), Tuesdays("09:00", "17:00", Guid.CreateVersion7()))])],
            0, 60, 60, 0, 0, MaxPerWeek: 1, TravelGapMinutes: 20);
        await world.DeskOf(person).PutSchedule(schedule, "W/\"1\"").Is(200);
        Assert.Equal(
            ["2026-12-01T09:00:00-07:00", "2026-12-08T18:00:00-07:00", "2026-12-08T19:00:00-07:00"], await world.Starts(person, "2026-12-01", "2026-12-31"));
        await world.Held(person, "2026-12-08T18:00:00-07:00");
        Assert.Equal(["2026-12-01T09:00:00-07:00"], await world.Starts(person, "2026-12-01", "2026-12-31"));

        var read = (await world.DeskOf(person).At("schedule").Is<JsonElement>(200));
        Assert.Equal((1, 20), (read.GetProperty("maxPerWeek").GetInt32(), read.GetProperty("travelGapMinutes").GetInt32()));
        Assert.Equal("2026-12-08", read.GetProperty("locations")[0].GetProperty("later")[0].GetProperty("from").GetString());
        await world.DeskOf(person).PutSchedule(JsonSerializer.Deserialize<object>(read)!, "W/\"2\"").Is(200);
    }

    [Theory]
    [InlineData("2026-12-08", "2026-12-08", "locations[0].later[1].from")]
    [InlineData("2026-12-08", "2026-12-01", "locations[0].later[1].from")]
    [InlineData("1970-01-01", "2026-12-01", "locations[0].later[0].from")]
    public async Task Changes_come_in_the_order_of_their_dates(string first, string second, string field) =>
        await Refused(JsonSerializer.SerializeToNode(Hours() with { Locations = [Hours().Locations[0] with { Later = [new(DateOnly.Parse(first, null), []), new(DateOnly.Parse(second, null), [])] }] }, Platform.Json.Strict)!, field);

    [Fact]
    public async Task A_location_stands_in_it_once() =>
        await Refused(JsonSerializer.SerializeToNode(Hours() with { Locations = [Hours().Locations[0], Hours().Locations[0]] }, Platform.Json.Strict)!, "locations");

    private static Schedule Hours() =>
        new([new(Studio, "America/Denver", [new(DayOfWeek.Monday, World.Time("09:00"), World.Time("00:00"))])], 60, 30, 30, 0, 15);

    private HttpClient Desk() => world.Service.As("practitioner", practitionerId: Guid.CreateVersion7());

    private async Task Refused(object document, string field)
    {
        var problem = await Desk().PutSchedule(document, "W/\"0\"").IsProblem(400, "validation");
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
    }
}
