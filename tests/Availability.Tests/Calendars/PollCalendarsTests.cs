using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TestKit;
using Xunit;

namespace Availability.Tests;

public sealed class PollCalendarsTests(WorldOfCalendars world) : IClassFixture<WorldOfCalendars>
{
    private const string Day = "2026-12-01";

    [Fact]
    public async Task Nothing_is_offered_while_busy_elsewhere_and_what_changes_there_is_seen_within_five_minutes()
    {
        var person = await world.Practitioner(from: "09:00", to: "12:00", interval: 60);
        var url = world.Elsewhere.Put("changes.ics", Elsewhere.Calendar(("2026-12-01T10:00:00-07:00", "2026-12-01T10:15:00-07:00")));
        var id = await world.Follow(person, url);
        Assert.Equal(["2026-12-01T09:00:00-07:00", "2026-12-01T11:00:00-07:00"], await Starts(person));
        await world.Hold(person, "2026-12-01T10:00:00-07:00").IsProblem(409, "slot-taken");

        await world.Later(id, TimeSpan.FromMinutes(5));
        await world.Later(id, TimeSpan.FromMinutes(5));
        Assert.True(world.Elsewhere.Asked.Last(a => a.Name == "changes.ics").Headers.ContainsKey("If-None-Match"));
        Assert.Equal(2, (await Starts(person)).Count);

        world.Elsewhere.Put("changes.ics", Elsewhere.Calendar(("2026-12-01T10:45:00-07:00", "2026-12-01T12:00:00-07:00")));
        await world.Later(id, TimeSpan.FromMinutes(5));
        Assert.Equal(["2026-12-01T09:00:00-07:00"], await Starts(person));
        Assert.Equal(CalendarState.Current, (await world.Calendar(person, id)).State);
    }

    [Fact]
    public async Task Search_is_told_when_the_busy_time_changes_and_only_then()
    {
        var person = await world.Practitioner();
        await RefreshLater(person);
        var calendar = Elsewhere.Calendar(("2026-12-01T10:00:00-07:00", "2026-12-01T11:00:00-07:00"));
        var id = await world.Follow(person, world.Elsewhere.Put("told.ics", calendar));
        Assert.True(await world.Service.In(db => db.OpeningsTold.AnyAsync(t => t.PractitionerId == person.Id && t.RefreshAt <= world.Now.AddDays(2))));

        await RefreshLater(person);
        // The same busy time in other words, as with servers that stamp every answer anew.
        world.Elsewhere.Put("told.ics", calendar.Replace("DTSTAMP:20261101", "DTSTAMP:20261102", StringComparison.Ordinal));
        await world.Later(id, TimeSpan.FromMinutes(5));
        Assert.True(await world.Service.In(db => db.OpeningsTold.AnyAsync(t => t.PractitionerId == person.Id && t.RefreshAt > world.Now.AddDays(300))));
    }

    [Fact]
    public async Task A_day_later_or_in_another_zone_all_of_it_is_read_anew()
    {
        var person = await world.Practitioner(from: "09:00", to: "12:00", interval: 60);
        var url = world.Elsewhere.Put("floating.ics", "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:20261201T100000\r\nDTEND:20261201T110000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
        var id = await world.Follow(person, url);
        Assert.Equal(["2026-12-01T09:00:00-07:00", "2026-12-01T11:00:00-07:00"], await Starts(person));

        var schedule = await world.DeskOf(person).At("schedule").Is<Schedule>(200);
        await world.DeskOf(person).PutSchedule(schedule with { Locations = [schedule.Locations[0] with { TimeZone = "America/Chicago" }] }, "W/\"1\"").Is(200);
        await world.Later(id, TimeSpan.FromMinutes(5));
        Assert.Equal(["2026-12-01T09:00:00-06:00", "2026-12-01T11:00:00-06:00"], await Starts(person, "America/Chicago"));
        Assert.False(world.Elsewhere.Asked.Last(a => a.Name == "floating.ics").Headers.ContainsKey("If-None-Match"));
    }

    [Fact]
    public async Task After_a_failure_the_last_good_state_holds_the_owner_is_told_and_after_a_day_nothing_is_offered()
    {
        var person = await world.Practitioner(from: "09:00", to: "12:00", interval: 60);
        var booked = await world.Appointment(person, "2026-12-02T09:00:00-07:00");
        var url = world.Elsewhere.Put("fails.ics", Elsewhere.Calendar(("2026-12-01T10:00:00-07:00", "2026-12-01T10:15:00-07:00")));
        var id = await world.Follow(person, url, "Work");

        world.Elsewhere.Put("fails.ics", 404);
        await world.Later(id, TimeSpan.FromMinutes(5));
        var since = world.Now;
        Assert.Empty(await world.Facts(id));
        foreach (var minutes in (int[])[2, 3, 5])
            await world.Later(id, TimeSpan.FromMinutes(minutes));
        Assert.Equal(["CalendarFailed"], await world.Facts(id));
        var failing = await world.Calendar(person, id);
        Assert.Equal((CalendarState.Failing, "There is no calendar at this address any more.", (DateTimeOffset?)since, (DateTimeOffset?)since.AddHours(24)), (failing.State, failing.Problem, failing.FailingSince, failing.WithdrawsAt));
        Assert.Equal(["2026-12-01T09:00:00-07:00", "2026-12-01T11:00:00-07:00"], await Starts(person));
        Assert.Equal(["outsideBusy Work"], Because(await Why(person, "2026-12-01T10:00:00-07:00")));

        await world.Later(id, since.AddHours(24) - world.Now);
        Assert.Equal(["CalendarFailed", "CalendarFailed withdrawn"], await world.Facts(id));
        Assert.Equal(CalendarState.Withdrawn, (await world.Calendar(person, id)).State);
        Assert.Empty(await Starts(person));
        await world.Hold(person, "2026-12-01T09:00:00-07:00").IsProblem(409, "slot-taken");
        var why = await Why(person, "2026-12-01T09:00:00-07:00");
        Assert.Equal(["outsideSilent Work"], Because(why));
        Assert.Equal(since, why.GetProperty("because")[0].GetProperty("since").GetDateTimeOffset());
        Assert.True((await world.ClaimOf(booked)).IsLive);

        world.Elsewhere.Put("fails.ics", Elsewhere.Calendar());
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.Tell(person, id, "retry").Is(200);
        await world.Becomes(id, c => c.State == CalendarState.Current);
        Assert.Equal("CalendarRecovered", (await world.Facts(id))[^1]);
        Assert.Equal(3, (await Starts(person)).Count);
    }

    [Fact]
    public async Task The_owner_can_go_on_without_it_until_it_is_back()
    {
        var person = await world.Practitioner(from: "09:00", to: "12:00", interval: 60);
        var url = world.Elsewhere.Put("ignored.ics", Elsewhere.Calendar(("2026-12-01T10:00:00-07:00", "2026-12-01T10:15:00-07:00")));
        var id = await world.Follow(person, url);
        await world.Tell(person, id, "ignore").IsProblem(409, "state-conflict");
        world.Elsewhere.Put("ignored.ics", 500);
        await world.Later(id, TimeSpan.FromMinutes(5));
        await world.Later(id, TimeSpan.FromHours(25));
        Assert.Empty(await Starts(person));

        Assert.Equal(CalendarState.Ignored, (await world.Tell(person, id, "ignore").Is<ListCalendars.Item>(200)).State);
        Assert.Equal(3, (await Starts(person)).Count);
        await world.Later(id, TimeSpan.FromHours(25));
        Assert.Equal(3, (await Starts(person)).Count);

        world.Elsewhere.Put("ignored.ics", Elsewhere.Calendar(("2026-12-01T10:00:00-07:00", "2026-12-01T10:15:00-07:00")));
        await world.Later(id, TimeSpan.FromMinutes(16));
        Assert.Equal(2, (await Starts(person)).Count);
    }

    [Fact]
    public async Task A_removed_calendar_takes_nothing_any_more()
    {
        var person = await world.Practitioner(from: "09:00", to: "12:00", interval: 60);
        var id = await world.Follow(person, world.Elsewhere.Put("removed.ics", Elsewhere.Calendar(("2026-12-01T10:00:00-07:00", "2026-12-01T10:15:00-07:00"))));
        await world.DeskOf(person).Drop($"calendars/{id}").Is(204);
        await world.DeskOf(person).Drop($"calendars/{id}").IsProblem(404, "not-found");
        Assert.Equal(3, (await Starts(person)).Count);
    }

    [Fact]
    public async Task Our_own_visits_never_come_back_as_busy_but_those_to_others_do()
    {
        var person = await world.Practitioner(from: "09:00", to: "14:00", interval: 60);
        var (moved, cancelled, elsewhere) = (await world.Booked(person, "2026-12-01T09:00:00-07:00"), await world.Booked(person, "2026-12-01T12:00:00-07:00"), Guid.CreateVersion7());
        await world.Move(moved, 1, person, "2026-12-01T10:00:00-07:00").Is(200);
        await world.Service.AsService().DeleteAsync(new Uri($"/internal/claims/{cancelled}", UriKind.Relative));
        var outlook = $"040000008200E00074C5B7101A82E00800000000{new string('0', 40)}31000000{Convert.ToHexString(Encoding.ASCII.GetBytes("vCal-Uid"))}01000000{Convert.ToHexString(Encoding.ASCII.GetBytes($"{cancelled}@localhost\0"))}";
        // The copy elsewhere lags behind: the one visit is where it was before its move, the other still there.
        await world.Follow(person, world.Elsewhere.Put("echo.ics", Elsewhere.Calendar(
        [
            ($"{moved}@localhost", "2026-12-01T09:00:00-07:00", "2026-12-01T10:00:00-07:00"),
            (outlook, "2026-12-01T12:00:00-07:00", "2026-12-01T13:00:00-07:00"),
            ($"{elsewhere}@localhost", "2026-12-01T13:00:00-07:00", "2026-12-01T14:00:00-07:00"),
        ])));
        var starts = await Starts(person);
        Assert.Contains("2026-12-01T09:00:00-07:00", starts);
        Assert.DoesNotContain("2026-12-01T10:00:00-07:00", starts);
        Assert.Contains("2026-12-01T11:00:00-07:00", starts);
        Assert.DoesNotContain("2026-12-01T13:00:00-07:00", starts);
    }

    [Fact]
    public async Task A_visit_that_is_booked_before_stays_when_the_calendar_says_busy_later()
    {
        var person = await world.Practitioner();
        var booking = await world.Booked(person, "2026-12-01T10:00:00-07:00");
        await world.Follow(person, world.Elsewhere.Put("over.ics", Elsewhere.Calendar(("2026-12-01T08:00:00-07:00", "2026-12-01T18:00:00-07:00"))));
        Assert.True((await world.ClaimOf(booking)).IsLive);
        Assert.Empty(await Starts(person));
    }

    [Fact]
    public async Task Titles_texts_and_addresses_are_not_kept()
    {
        var person = await world.Practitioner();
        await world.Follow(person, world.Elsewhere.Put("private-0123456789.ics", Elsewhere.Calendar(("2026-12-01T10:00:00-07:00", "2026-12-01T11:00:00-07:00"))));
        var row = await world.Service.Db.Scalar<string>("SELECT outside_calendars::text FROM outside_calendars WHERE practitioner_id = $1", person.Id);
        Assert.DoesNotContain("Dentist", row, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789.ics", row, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("<!doctype html><title>Sign in</title>")]
    [InlineData("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n")]
    public async Task What_is_no_calendar_is_a_failure(string text)
    {
        var person = await world.Practitioner();
        var id = await world.Follow(person, world.Elsewhere.Put($"not-{text.Length}.ics", text));
        var item = await world.Calendar(person, id);
        Assert.Equal((CalendarState.Failing, "What is at this address is not a calendar we can read."), (item.State, item.Problem));
    }

    private Task<List<string>> Starts(Person person, string zone = "America/Denver") => world.Starts(person, Day, Day, $"&timeZone={zone}");

    private Task<JsonElement> Why(Person person, string at) =>
        world.DeskOf(person).At($"schedule/why?at={Uri.EscapeDataString(at)}&service={person.ServiceId}&location={person.LocationId}").Is<JsonElement>(200);

    private static IEnumerable<string> Because(JsonElement why) => why.GetProperty("because").EnumerateArray()
        .Select(b => $"{b.GetProperty("reason").GetString()} {b.GetProperty("calendar").GetString()}");

    private async Task RefreshLater(Person person)
    {
        // Whatever is due is told first, since that would put the instant back.
        await Eventually.True(() => world.Service.In(db => db.OpeningsTold.AnyAsync(t => t.PractitionerId == person.Id && t.RefreshAt > world.Now)));
        await world.Service.In(db => db.Database.ExecuteSqlAsync($"UPDATE openings_told SET refresh_at = {world.Now.AddDays(400)} WHERE practitioner_id = {person.Id}"));
    }
}
