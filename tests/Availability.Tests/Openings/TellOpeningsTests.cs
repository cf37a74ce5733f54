using System.Text;
using System.Text.Json;
using Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform;
using Xunit;

namespace Availability.Tests;

public sealed class TellOpeningsTests(WorldOfMessages world) : IClassFixture<WorldOfMessages>
{
    [Fact]
    public async Task The_soonest_starts_are_told_and_a_hold_changes_them()
    {
        var person = await world.Practitioner(notice: 120);
        var first = await world.Hears<OpeningsChanged>(m => m.PractitionerId == person.Id);
        Assert.Equal(120, first.NoticeMinutes);
        var told = Assert.Single(first.Visits);
        Assert.Equal((person.LocationId, person.ServiceId, 12), (told.LocationId, told.ServiceId, told.Starts.Count));
        Assert.Equal((await world.Starts(person, "2026-11-23", "2026-12-20")).Take(12).Select(World.At), told.Starts);

        await world.Held(person, "2026-11-23T09:00:00-07:00");
        var second = await world.Hears<OpeningsChanged>(m => m.PractitionerId == person.Id && m.Version > first.Version);
        Assert.DoesNotContain(World.At("2026-11-23T09:00:00-07:00"), second.Visits[0].Starts);
    }

    [Fact]
    public async Task The_sets_say_on_which_days_and_in_which_part_of_them_there_is_a_start()
    {
        var person = await world.Practitioner(from: "10:00", to: "18:30", interval: 60, horizon: 40);
        await world.DeskOf(person).PostTimeOff("2026-11-24T00:00", "2026-11-25T12:00").Is(201);
        var told = (await world.Hears<OpeningsChanged>(m => m.PractitionerId == person.Id && (m.Visits[0].Afternoons & 6) == 4)).Visits[0];

        var starts = (await world.Starts(person, "2026-11-23", "2027-01-20")).Select(World.At).ToList();
        ulong Days(int from, int to) => starts.Where(s => s.Hour >= from && s.Hour < to).Aggregate(0UL, (set, s) => set | 1UL << (s.Date - new DateTime(2026, 11, 23)).Days);
        Assert.Equal(new DateOnly(2026, 11, 23), told.From);
        Assert.Equal((Days(0, 12), Days(12, 17), Days(17, 24)), (told.Mornings, told.Afternoons, told.Evenings));
        Assert.Equal((0UL, 0UL, 0UL), (told.Mornings & 6, told.Afternoons & 2, told.Mornings >> 41));
        Assert.NotEqual(0UL, told.Evenings);
    }

    [Fact]
    public async Task All_starts_are_told_by_days_and_a_hold_weeks_ahead_is_too()
    {
        var person = await world.Practitioner(horizon: 40);
        var first = await world.Hears<OpeningsChanged>(m => m.PractitionerId == person.Id);
        var starts = (await world.Starts(person, "2026-11-23", "2027-01-20")).Select(World.At);
        Assert.Equal(starts, VisitsToComeTests.Starts(first.Visits[0], "America/Denver"));
        Assert.True(first.Visits[0].Days!.Count < 4, "Days that have the same starts are told together.");

        await world.Held(person, "2026-12-24T09:00:00-07:00");
        var second = await world.Hears<OpeningsChanged>(m => m.PractitionerId == person.Id && m.Version > first.Version);
        Assert.DoesNotContain(World.At("2026-12-24T09:00:00-07:00"), VisitsToComeTests.Starts(second.Visits[0], "America/Denver"));
    }

    [Fact]
    public async Task Every_visit_counts_at_each_location_where_it_is_offered()
    {
        var (id, studio, annex) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var (intro, brief, full) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await world.Say(new PractitionerPublished(
            id, 1, [new(studio, "Europe/London"), new(annex, "Europe/London")],
            [new(intro, 15, [studio, annex], false, true), new(full, 90, [studio, annex], false, false), new(brief, 45, [studio], false, false)], world.Now));
        var empty = await world.Hears<OpeningsChanged>(m => m.PractitionerId == id);
        Assert.Equal(5, empty.Visits.Count);
        Assert.All(empty.Visits, v => Assert.Equal((0, 0UL), (v.Starts.Count, v.Mornings | v.Afternoons | v.Evenings)));

        var schedule = new Schedule(
            [new(studio, "Europe/London", [new(DayOfWeek.Friday, World.Time("09:00"), World.Time("12:00"))]), new(annex, "Europe/London", [new(DayOfWeek.Saturday, World.Time("09:00"), World.Time("12:00"))])],
            0, 30, 60, 0, 0);
        await world.Service.As("practitioner", practitionerId: id).PutSchedule(schedule, "W/\"0\"").Is(200);
        var told = await world.Hears<OpeningsChanged>(m => m.PractitionerId == id && m.Version > empty.Version);
        Assert.Equal([(studio, intro), (studio, full), (studio, brief), (annex, intro), (annex, full)], told.Visits.Select(v => (v.LocationId, v.ServiceId)));
        Assert.All(told.Visits, v => Assert.NotEmpty(v.Starts));
        // Fridays are four, five, … days after this Monday.
        Assert.Equal(0b10000, (int)told.Visits[0].Mornings & 0xFF);
        Assert.Equal(0b100000, (int)told.Visits[3].Mornings & 0xFF);
    }

    [Fact]
    public async Task One_whose_openings_cannot_be_worked_out_is_put_off_and_keeps_nobody_from_being_told()
    {
        var unread = Guid.CreateVersion7();
        // As it is while a newer copy of this service knows a zone that this one does not.
        await world.Service.In(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            (await Practitioner.Lock(db, unread, default)).Publish(1, new Offer([new(Guid.CreateVersion7(), "Mars/Olympus")], []));
            await db.SaveChangesAsync();
            await db.Database.ExecuteSqlAsync($"INSERT INTO openings_told (practitioner_id, version, refresh_at) VALUES ({unread}, 0, {world.Now})");
            await transaction.CommitAsync();
            return 0;
        });
        var people = await Task.WhenAll(world.Practitioner(), world.Practitioner());

        foreach (var person in people)
            await world.Hears<OpeningsChanged>(m => m.PractitionerId == person.Id);
        await TestKit.Eventually.True(async () => await world.Service.In(db => db.OpeningsTold.AnyAsync(t => t.PractitionerId == unread && t.RefreshAt > world.Now)));
        Assert.DoesNotContain(world.Heard<OpeningsChanged>(), m => m.PractitionerId == unread);
    }
}

/// <summary>Nobody takes messages here.</summary>
public sealed class WithoutBrokerTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task What_no_broker_takes_can_be_asked_for_by_services()
    {
        var person = await world.Practitioner();
        await world.Held(person, "2026-12-01T09:00:00-07:00");
        await TestKit.Eventually.True(async () => (await Waiting()).Any(m => m.PractitionerId == person.Id && m.Visits.Count == 1));

        world.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.DoesNotContain(await Waiting(), m => m.PractitionerId == person.Id && m.At < world.Now - TimeSpan.FromMinutes(1));
        await world.Service.Guest().GetAsync(new Uri("/internal/openings/waiting", UriKind.Relative)).IsProblem(401, "unauthenticated");

        async Task<IReadOnlyList<OpeningsChanged>> Waiting() =>
            await world.Service.AsService().GetAsync(new Uri("/internal/openings/waiting", UriKind.Relative)).Is<List<OpeningsChanged>>(200);
    }
}

/// <summary>The clock moves here, and a practitioner's day with it.</summary>
public sealed class TellAgainTests(WorldOfMessages world) : IClassFixture<WorldOfMessages>
{
    [Fact]
    public async Task More_is_told_before_what_was_told_runs_out_and_when_a_day_is_over()
    {
        var person = await world.Practitioner(interval: 60, notice: 60);
        var first = await world.Hears<OpeningsChanged>(m => m.PractitionerId == person.Id);
        var starts = first.Visits[0].Starts;
        // Eight on the first day, four on the next: the day is over before the list is down to its last four.
        world.Clock.MoveTo(World.At("2026-11-24T00:59:59-07:00"));
        var second = await world.Hears<OpeningsChanged>(m => m.PractitionerId == person.Id && m.Version == first.Version + 1);
        Assert.Equal((new DateOnly(2026, 11, 24), starts[8]), (second.Visits[0].From, second.Visits[0].Starts[0]));

        world.Clock.MoveTo(second.Visits[0].Starts[8].AddMinutes(-60).AddSeconds(1));
        var third = await world.Hears<OpeningsChanged>(m => m.PractitionerId == person.Id && m.Version > second.Version);
        Assert.Equal((second.Visits[0].Starts[9], 12), (third.Visits[0].Starts[0], third.Visits[0].Starts.Count));
    }
}

public sealed class ExportOpeningsTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task All_published_practitioners_are_written_and_noted_as_told()
    {
        var people = new List<Person>();
        for (var i = 0; i < 20; i++)
            people.Add(await world.Practitioner(horizon: i % 2 == 0 ? 400 : 7));
        await world.Service.In(async db =>
        {
            (await Practitioner.Lock(db, people[0].Id, default)).Withdraw(2);
            return await db.SaveChangesAsync();
        });

        var lines = await Export();

        foreach (var person in people.Skip(1))
        {
            var told = lines.Single(l => l.PractitionerId == person.Id);
            Assert.Equal((await world.Starts(person, "2026-11-23", "2026-12-20")).Take(12).Select(World.At), told.Visits.Single().Starts);
            var noted = await Noted(person);
            Assert.Equal((told.Version, true), (noted.Version, noted.RefreshAt > world.Now));
        }

        Assert.DoesNotContain(lines, l => l.PractitionerId == people[0].Id);
        var again = (await Export()).Single(l => l.PractitionerId == people[1].Id);
        Assert.True(again.Version > lines.Single(l => l.PractitionerId == people[1].Id).Version);
    }

    private Task<OpeningsTold> Noted(Person person) => world.Service.In(db => db.OpeningsTold.AsNoTracking().SingleAsync(t => t.PractitionerId == person.Id));

    private async Task<List<OpeningsChanged>> Export()
    {
        using var output = new MemoryStream();
        var count = await ExportOpenings.Write(world.Service.Services.GetRequiredService<IServiceScopeFactory>(), output, world.Now, _ => { }, default);
        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonSerializer.Deserialize<OpeningsChanged>(l, Json.Strict)!).ToList();
        Assert.Equal(count, lines.Count);
        return lines;
    }
}

public sealed class FollowPublishedPractitionersTests(WorldOfMessages world) : IClassFixture<WorldOfMessages>
{
    [Fact]
    public async Task Facts_in_any_order_end_in_the_highest_version()
    {
        var (id, location, service) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        PractitionerPublished Fact(long version, int minutes) =>
            new(id, version, [new(location, "America/Denver")], [new(service, minutes, [location], false, false)], world.Now);

        await world.Say(Fact(3, 60));
        await world.Say(Fact(1, 30));
        await Seen(id, p => p.FactsVersion == 3);
        await world.Say(new PractitionerWithdrawn(id, 5, world.Now));
        await Seen(id, p => !p.Published);
        await world.Say(Fact(4, 75));
        await world.Say(Fact(6, 90));
        await Seen(id, p => p.FactsVersion == 6);
        Assert.Equal(90, (await Find(id))!.Offer.Services[0].Minutes);
    }

    [Fact]
    public async Task Nobody_can_book_who_is_withdrawn_and_appointments_stay()
    {
        var person = await world.Practitioner();
        var booking = await world.Booked(person, "2026-12-01T09:00:00-07:00");
        await world.Say(new PractitionerWithdrawn(person.Id, 2, world.Now));
        await Seen(person.Id, p => !p.Published);
        await world.Hold(person, "2026-12-01T14:00:00-07:00").IsProblem(422, "not-an-opening");
        await world.Service.Guest().GetAsync(new Uri($"/api/v1/practitioners/{person.Id}/openings?service={person.ServiceId}", UriKind.Relative)).IsProblem(404, "not-found");
        Assert.True((await world.ClaimOf(booking)).IsLive);
    }

    [Fact]
    public async Task Hours_follow_a_location_into_another_zone()
    {
        var person = await world.Practitioner("America/Denver", from: "09:00", to: "10:00");
        await world.Say(new PractitionerPublished(
            person.Id, 2, [new(person.LocationId, "America/New_York")], [new(person.ServiceId, 60, [person.LocationId], false, false)], world.Now));
        await Seen(person.Id, p => p.FactsVersion == 2);
        Assert.Equal(["2026-12-01T09:00:00-05:00"], await world.Starts(person, "2026-12-01", "2026-12-01"));
        Assert.Equal("America/New_York", (await world.DeskOf(person).At("schedule").Is<Schedule>(200)).Locations[0].TimeZone);
    }

    private Task Seen(Guid id, Func<Practitioner, bool> fits) =>
        TestKit.Eventually.True(async () => await Find(id) is { } p && fits(p));

    private Task<Practitioner?> Find(Guid id) => world.Service.In(db => db.Practitioners.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id));
}
