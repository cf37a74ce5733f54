using Contracts;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Availability.Tests;

public sealed class TellOpeningsTests(WorldOfMessages world) : IClassFixture<WorldOfMessages>
{
    [Fact]
    public async Task Forty_soonest_starts_are_told_and_a_hold_changes_them()
    {
        var person = await world.Practitioner(notice: 120);
        var first = await world.Hears<OpeningsChanged>(m => m.PractitionerId == person.Id);
        Assert.Equal(120, first.NoticeMinutes);
        var told = Assert.Single(first.Locations);
        Assert.Equal((person.LocationId, person.ServiceId, 40), (told.LocationId, told.ServiceId, told.Starts.Count));
        Assert.Equal((await world.Starts(person, "2026-11-23", "2026-12-20")).Take(40).Select(World.At), told.Starts);

        await world.Held(person, "2026-11-25T09:00:00-07:00");
        var second = await world.Hears<OpeningsChanged>(m => m.PractitionerId == person.Id && m.Version > first.Version);
        Assert.DoesNotContain(World.At("2026-11-25T09:00:00-07:00"), second.Locations[0].Starts);
    }

    [Fact]
    public async Task A_change_far_ahead_is_not_told_since_what_was_told_still_holds()
    {
        var person = await world.Practitioner();
        var first = await world.Hears<OpeningsChanged>(m => m.PractitionerId == person.Id);
        await world.Held(person, "2027-06-01T09:00:00-06:00");
        await TestKit.Eventually.True(() => world.Service.In(db => db.OpeningsTold.AnyAsync(t => t.PractitionerId == person.Id && t.RefreshAt > world.Now)));
        Assert.Equal(first.Version, await world.Service.In(db => db.OpeningsTold.Where(t => t.PractitionerId == person.Id).Select(t => t.Version).SingleAsync()));
    }

    [Fact]
    public async Task More_is_told_before_what_was_told_runs_out()
    {
        var person = await world.Practitioner();
        var first = await world.Hears<OpeningsChanged>(m => m.PractitionerId == person.Id);
        world.Clock.MoveTo(first.Locations[0].Starts[20]);
        var second = await world.Hears<OpeningsChanged>(m => m.PractitionerId == person.Id && m.Version > first.Version);
        Assert.Equal(first.Locations[0].Starts[20], second.Locations[0].Starts[0]);
        Assert.Equal(40, second.Locations[0].Starts.Count);
    }

    [Fact]
    public async Task The_shortest_visit_that_is_not_introductory_counts_at_each_location()
    {
        var (id, studio, annex) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var (intro, brief, full) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await world.Say(new PractitionerPublished(
            id, 1, [new(studio, "Europe/London"), new(annex, "Europe/London")],
            [new(intro, 15, [studio, annex], false, true), new(full, 90, [studio, annex], false, false), new(brief, 45, [studio], false, false)], world.Now));
        var empty = await world.Hears<OpeningsChanged>(m => m.PractitionerId == id);
        Assert.All(empty.Locations, l => Assert.Empty(l.Starts));

        var schedule = new Schedule(
            [new(studio, "Europe/London", [new(DayOfWeek.Friday, World.Time("09:00"), World.Time("12:00"))]), new(annex, "Europe/London", [new(DayOfWeek.Saturday, World.Time("09:00"), World.Time("12:00"))])],
            0, 30, 60, 0, 0);
        await world.Service.As("practitioner", practitionerId: id).PutSchedule(schedule, "W/\"0\"").Is(200);
        var told = await world.Hears<OpeningsChanged>(m => m.PractitionerId == id && m.Version > empty.Version);
        Assert.Equal([(studio, brief), (annex, full)], told.Locations.Select(l => (l.LocationId, l.ServiceId)));
        Assert.All(told.Locations, l => Assert.NotEmpty(l.Starts));
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
