using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Availability.Tests;

public sealed class TakeDayOffTests(World world) : IClassFixture<World>
{
    private const string Nine = "2026-12-01T09:00:00-07:00";

    [Fact]
    public async Task The_day_is_nobodys_any_more_and_its_visits_are_named()
    {
        var person = await world.Practitioner();
        var (first, second) = (await world.Booked(person, Nine), await world.Booked(person, "2026-12-01T11:00:00-07:00"));
        await world.Booked(person, "2026-12-02T09:00:00-07:00");
        var hold = await world.Held(person, "2026-12-01T15:00:00-07:00");
        var id = Guid.CreateVersion7();

        for (var repeat = 0; repeat < 2; repeat++)
            Assert.Equal([first, second], (await Take(person, id).Is<TakeDayOff.Response>(200)).BookingIds);

        Assert.Empty(await world.Starts(person, "2026-12-01", "2026-12-01"));
        Assert.NotEmpty(await world.Starts(person, "2026-12-02", "2026-12-02"));
        await world.Claim(person, "2026-12-01T15:00:00-07:00", holdToken: hold.Token).IsProblem(410, "hold-expired");
        var off = Assert.Single((await world.DeskOf(person).At("time-off").Is<ListTimeOff.Response>(200)).Items);
        Assert.Equal((id, "2026-12-01T00:00", "2026-12-02T00:00"), (off.Id, off.From, off.To));
    }

    [Fact]
    public async Task What_has_begun_and_what_is_elsewhere_stays()
    {
        var person = await world.Practitioner(zone: "Pacific/Auckland");
        var begun = "2026-12-01T09:00:00+13:00";
        await world.Booked(person, begun);
        var later = await world.Booked(person, "2026-12-01T16:00:00+13:00");
        Assert.Equal([later], (await Take(person, Guid.CreateVersion7(), since: begun).Is<TakeDayOff.Response>(200)).BookingIds);
        var annex = Guid.CreateVersion7();
        await Offer(person, 2, offer => offer with { Locations = [.. offer.Locations, new(annex, person.Zone)] });
        Assert.Empty((await Take(person, Guid.CreateVersion7(), location: annex).Is<TakeDayOff.Response>(200)).BookingIds);
    }

    [Fact]
    public async Task Only_ones_own_places_are_taken_off_those_given_up_as_long_as_visits_are_there()
    {
        var (person, other) = (await world.Practitioner(), await world.Practitioner());
        var booking = await world.Booked(person, Nine);
        await Take(person, Guid.CreateVersion7(), location: other.LocationId).IsProblem(400, "validation");
        Assert.Empty((await world.DeskOf(person).At("time-off").Is<ListTimeOff.Response>(200)).Items);

        await Offer(person, 2, _ => Availability.Offer.Nothing);
        await world.Service.In(db => db.Schedules.Where(s => s.PractitionerId == person.Id).ExecuteDeleteAsync());
        var id = Guid.CreateVersion7();
        Assert.Equal([booking], (await Take(person, id, location: person.LocationId).Is<TakeDayOff.Response>(200)).BookingIds);
        await world.Service.In(db => db.Claims.Where(c => c.BookingId == booking).ExecuteUpdateAsync(c => c.SetProperty(x => x.State, ClaimState.Released)));
        Assert.Empty((await Take(person, id, location: person.LocationId).Is<TakeDayOff.Response>(200)).BookingIds);
        await Take(person, Guid.CreateVersion7(), location: person.LocationId).IsProblem(400, "validation");
    }

    [Fact]
    public async Task Whoever_books_at_the_same_time_is_named_or_refused()
    {
        for (var round = 0; round < 10; round++)
        {
            var person = await world.Practitioner();
            var booking = Guid.CreateVersion7();
            var (taking, claiming) = (Take(person, Guid.CreateVersion7()).Is<TakeDayOff.Response>(200), world.Claim(person, Nine, booking));
            Assert.Equal((int)(await claiming).StatusCode == 200, (await taking).BookingIds.Contains(booking));
        }
    }

    [Fact]
    public async Task Only_other_services_come_here() =>
        await world.DeskOf(await world.Practitioner()).PutAsJsonAsync(
            $"/internal/practitioners/{Guid.CreateVersion7()}/days-off/{Guid.CreateVersion7()}", new TakeDayOff.Request(new(2026, 12, 1), world.Now), Platform.Json.Strict).IsProblem(403, "forbidden");

    private Task<int> Offer(Person person, long version, Func<Offer, Offer> change) => world.Service.In(async db =>
    {
        var practitioner = await db.Practitioners.SingleAsync(p => p.Id == person.Id);
        practitioner.Publish(version, change(practitioner.Offer));
        return await db.SaveChangesAsync();
    });

    private Task<HttpResponseMessage> Take(Person person, Guid id, string? since = null, Guid? location = null) => world.Service.AsService().PutAsJsonAsync(
        $"/internal/practitioners/{person.Id}/days-off/{id}", new TakeDayOff.Request(new(2026, 12, 1), since is null ? world.Now : World.At(since), location), Platform.Json.Strict);
}
