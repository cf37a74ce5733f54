using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Availability.Tests;

public sealed class TimeOffTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Time_off_is_subtracted_and_given_back()
    {
        var person = await world.Practitioner(from: "09:00", to: "12:00", interval: 60);
        var desk = world.DeskOf(person);
        var off = await desk.PostTimeOff("2026-12-01T10:00", "2026-12-01T11:00", note: "dentist").Is<TakeTimeOff.Response>(201);
        Assert.Equal(("2026-12-01T10:00", "2026-12-01T11:00", "dentist"), (off.From, off.To, off.Note));
        Assert.Equal(["2026-12-01T09:00:00-07:00", "2026-12-01T11:00:00-07:00"], await world.Starts(person, "2026-12-01", "2026-12-01"));
        await world.Hold(person, "2026-12-01T10:00:00-07:00").IsProblem(409, "slot-taken");

        await desk.Drop($"time-off/{off.Id}").Is(204);
        await desk.Drop($"time-off/{off.Id}").IsProblem(404, "not-found");
        Assert.Equal(3, (await world.Starts(person, "2026-12-01", "2026-12-01")).Count);
    }

    [Fact]
    public async Task Appointments_in_it_stay_and_are_named()
    {
        var person = await world.Practitioner();
        var (before, inside, after) = (await world.Booked(person, "2026-12-01T09:00:00-07:00"), await world.Booked(person, "2026-12-01T10:00:00-07:00"), await world.Booked(person, "2026-12-01T12:00:00-07:00"));
        var off = await world.DeskOf(person).PostTimeOff("2026-12-01T10:30", "2026-12-01T12:00").Is<TakeTimeOff.Response>(201);
        var conflict = Assert.Single(off.Conflicts);
        Assert.Equal((inside, World.At("2026-12-01T10:00:00-07:00")), (conflict.BookingId, conflict.Start));
        Assert.True((await world.ClaimOf(inside)).IsLive && (await world.ClaimOf(before)).IsLive && (await world.ClaimOf(after)).IsLive);
    }

    [Fact]
    public async Task Appointments_at_a_place_that_was_given_up_are_named_too()
    {
        var person = await world.Practitioner();
        var (inside, _) = (await world.Booked(person, "2026-12-01T16:00:00-07:00"), await world.Booked(person, "2026-12-02T09:00:00-07:00"));
        await world.Service.In(async db =>
        {
            (await db.Practitioners.SingleAsync(p => p.Id == person.Id)).Publish(2, Offer.Nothing);
            var stored = await db.Schedules.SingleAsync(s => s.PractitionerId == person.Id);
            stored.Replace(stored.Document with { Locations = [] });
            return await db.SaveChangesAsync();
        });

        // In UTC the visit is on the second.
        var off = await world.DeskOf(person).PostTimeOff(new { from = "2026-12-01", to = "2026-12-01", allDay = true }).Is<TakeTimeOff.Response>(201);

        Assert.Equal([inside], off.Conflicts.Select(c => c.BookingId));
    }

    [Fact]
    public async Task Whole_days_are_written_as_dates_of_which_the_last_is_included()
    {
        var person = await world.Practitioner(from: "22:00", to: "23:00", interval: 60);
        var desk = world.DeskOf(person);
        var off = await desk.PostTimeOff(new { from = "2026-12-01", to = "2026-12-02", allDay = true }).Is<TakeTimeOff.Response>(201);
        Assert.Equal(("2026-12-01T00:00", "2026-12-03T00:00", true, false), (off.From, off.To, off.AllDay, off.EveryYear));
        Assert.Equal(["2026-11-30T22:00:00-07:00", "2026-12-03T22:00:00-07:00"], await world.Starts(person, "2026-11-30", "2026-12-03"));
        Assert.True((await desk.PostTimeOff(new { from = "2026-12-08T00:00", to = "2026-12-09T00:00", allDay = true }).Is<TakeTimeOff.Response>(201)).AllDay);
        Assert.False((await desk.PostTimeOff("2026-12-10T00:00", "2026-12-10T12:00").Is<TakeTimeOff.Response>(201)).AllDay);

        await desk.PostTimeOff(new { from = "2026-12-02", to = "2026-12-01" }).IsProblem(400, "validation");
        await desk.PostTimeOff(new { from = "2026-12-02", to = "2026-12-02", allDay = false }).IsProblem(400, "validation");
        await desk.PostTimeOff(new { from = "2026-12-02T10:00", to = "2026-12-02T11:00", allDay = true }).IsProblem(400, "validation");
        await desk.PostTimeOff(new { from = "2026-12-02", to = "2029-12-02" }).IsProblem(400, "validation");
    }

    [Fact]
    public async Task What_comes_back_every_year_is_subtracted_in_each_and_listed_once()
    {
        var person = await world.Practitioner(from: "09:00", to: "10:00", interval: 60);
        var desk = world.DeskOf(person);
        var booked = await world.Booked(person, "2027-12-25T09:00:00-07:00");
        var off = await desk.PostTimeOff(new { from = "2020-12-24", to = "2020-12-26", everyYear = true, note = "Christmas" }).Is<TakeTimeOff.Response>(201);
        Assert.True(off is { AllDay: true, EveryYear: true });
        Assert.Equal([booked], off.Conflicts.Select(c => c.BookingId));
        foreach (var year in (int[])[2026, 2027])
            Assert.Equal([$"{year}-12-23T09:00:00-07:00", $"{year}-12-27T09:00:00-07:00"], await world.Starts(person, $"{year}-12-23", $"{year}-12-27"));
        await world.Claim(person, "2026-12-24T09:00:00-07:00").IsProblem(409, "slot-taken");

        var listed = Assert.Single((await desk.At("time-off").Is<ListTimeOff.Response>(200)).Items);
        Assert.Equal(("2020-12-24T00:00", true), (listed.From, listed.EveryYear));
        await desk.PostTimeOff(new { from = "2026-01-01", to = "2026-12-31", everyYear = true }).IsProblem(400, "validation");
    }

    [Fact]
    public async Task It_is_the_practitioners_own()
    {
        var (person, other) = (await world.Practitioner(), await world.Practitioner());
        var off = await world.DeskOf(person).PostTimeOff("2026-12-01T10:00", "2026-12-02T10:00").Is<TakeTimeOff.Response>(201);
        await world.DeskOf(other).Drop($"time-off/{off.Id}").IsProblem(404, "not-found");
        Assert.Empty((await world.DeskOf(other).At("time-off").Is<ListTimeOff.Response>(200)).Items);
        await world.DeskOf(other).PostTimeOff("2026-12-01T10:00", "2026-12-02T10:00", person.LocationId).IsProblem(400, "validation");
        await world.Service.As("client").At("time-off").IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task Pages_neither_repeat_nor_skip_and_what_is_over_is_left_out()
    {
        var person = await world.Practitioner();
        var desk = world.DeskOf(person);
        await desk.PostTimeOff("2026-01-01T00:00", "2026-01-02T00:00").Is(201);
        for (var day = 1; day <= 5; day++)
            await desk.PostTimeOff($"2026-12-{6 - day:00}T00:00", "2026-12-24T00:00").Is(201);

        var seen = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await desk.At($"time-off?limit=2{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}").Is<ListTimeOff.Response>(200);
            seen.AddRange(page.Items.Select(i => i.From));
            cursor = page.NextCursor;
        }

        Assert.Equal(["2026-12-01T00:00", "2026-12-02T00:00", "2026-12-03T00:00", "2026-12-04T00:00", "2026-12-05T00:00"], seen);
        await desk.At("time-off?cursor=Zm9yZ2Vk").IsProblem(400, "forged-cursor");
        await desk.At("time-off?limit=0").IsProblem(400, "validation");
    }

    [Theory]
    [InlineData("2026-12-01", "2026-12-02T10:00")]
    [InlineData("2026-12-01T10:00:00-07:00", "2026-12-02T10:00")]
    [InlineData("2026-12-02T10:00", "2026-12-02T10:00")]
    [InlineData("2026-12-02T10:00", "2026-12-01T10:00")]
    [InlineData("2026-12-02T10:00", "2036-12-01T10:00")]
    [InlineData("0001-01-01T00:00", "0001-01-02T00:00")]
    public async Task What_cannot_be_read_is_refused(string from, string to)
    {
        var person = await world.Practitioner();
        await world.DeskOf(person).PostTimeOff(from, to).IsProblem(400, "validation");
        await world.DeskOf(person).PostExtraHours(from, to).IsProblem(400, "validation");
    }

    [Fact]
    public async Task Extra_hours_are_offered_with_their_own_anchor()
    {
        var person = await world.Practitioner(from: "09:00", to: "10:00");
        var desk = world.DeskOf(person);
        var added = await desk.PostExtraHours("2026-12-01T19:15", "2026-12-01T20:45").Is<ListExtraHours.Item>(201);
        Assert.Equal(person.LocationId, added.LocationId);
        Assert.Equal(
            ["2026-12-01T09:00:00-07:00", "2026-12-01T19:15:00-07:00", "2026-12-01T19:45:00-07:00"], await world.Starts(person, "2026-12-01", "2026-12-01"));
        Assert.Equal(added, Assert.Single((await desk.At("extra-hours").Is<ListExtraHours.Response>(200)).Items));

        await desk.PostExtraHours("2026-12-01T19:01", "2026-12-01T20:00").IsProblem(400, "validation");
        await desk.PostExtraHours("2026-12-01T19:00:30", "2026-12-01T20:00").IsProblem(400, "validation");
        await desk.PostExtraHours("2026-12-01T19:00:00", "2026-12-01T20:00:30").IsProblem(400, "validation");
        await desk.PostExtraHours("2026-12-01T19:00", "2026-12-03T20:00").IsProblem(400, "validation");
        await desk.Drop($"extra-hours/{added.Id}").Is(204);
        Assert.Single(await world.Starts(person, "2026-12-01", "2026-12-01"));
    }

    [Fact]
    public async Task A_thousand_of_each_are_enough_and_what_is_long_over_does_not_count()
    {
        var person = await world.Practitioner();
        var desk = world.DeskOf(person);
        foreach (var table in (string[])["time_off", "extra_hours"])
        {
            await world.Service.Db.Scalar<int>(
                $"""
                INSERT INTO {table} (id, practitioner_id, location_id, from_local, to_local)
                SELECT gen_random_uuid(), $1, $2, day, day + interval '1 hour' FROM generate_series(timestamp '2026-11-01', timestamp '2026-11-01' + interval '1005 days', '1 day') day
                """, person.Id, person.LocationId);
        }

        // Eight of the 1006 are long over.
        await desk.PostTimeOff("2026-12-01T10:00", "2026-12-01T11:00").Is(201);
        await desk.PostExtraHours("2026-12-01T10:00", "2026-12-01T11:00").Is(201);
        await desk.PostTimeOff("2026-12-01T12:00", "2026-12-01T13:00").Is(201);
        await desk.PostExtraHours("2026-12-01T12:00", "2026-12-01T13:00").Is(201);
        await desk.PostTimeOff("2026-12-01T10:00", "2026-12-01T11:00").IsProblem(409, "state-conflict");
        await desk.PostExtraHours("2026-12-01T10:00", "2026-12-01T11:00").IsProblem(409, "state-conflict");
    }

    [Fact]
    public async Task Unknown_fields_are_refused()
    {
        using var content = new StringContent(JsonSerializer.Serialize(new { from = "2026-12-01T10:00", to = "2026-12-01T11:00", practitionerId = Guid.CreateVersion7() }), System.Text.Encoding.UTF8, "application/json");
        await world.DeskOf(await world.Practitioner()).PostAsync(new Uri("/api/v1/me/time-off", UriKind.Relative), content).IsProblem(400, "validation");
    }
}
