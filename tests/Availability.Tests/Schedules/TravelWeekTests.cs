using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Availability.Tests;

/// <summary>A practitioner from Denver works in Lisbon for some days: a second location, extra hours there, time off at home.</summary>
public sealed class TravelWeekTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Days_away_are_offered_by_the_clock_there_and_not_at_home()
    {
        var (person, lisbon) = await Traveller();
        await Travel(person, lisbon);

        Assert.Equal(["2027-01-11T10:00:00+00:00", "2027-01-11T11:00:00+00:00", "2027-01-12T10:00:00+00:00", "2027-01-12T11:00:00+00:00"], await At(person, lisbon));
        Assert.Equal(["2027-01-10T15:00:00-07:00", "2027-01-10T16:00:00-07:00", "2027-01-13T15:00:00-07:00", "2027-01-13T16:00:00-07:00"], await At(person, person.LocationId));
        // Who asks from Lisbon for both places sees them by one clock, home included.
        Assert.Equal(
            ["2027-01-10T22:00:00+00:00", "2027-01-10T23:00:00+00:00", "2027-01-11T10:00:00+00:00"],
            (await world.Starts(person, "2027-01-10", "2027-01-11", "&timeZone=Europe/Lisbon"))[..3]);
    }

    [Fact]
    public async Task A_visit_there_and_one_at_home_never_share_an_hour()
    {
        var (person, lisbon) = await Traveller();
        await Travel(person, lisbon);
        // Late on the day before, three in the afternoon at home is ten in the evening there.
        await world.DeskOf(person).PostExtraHours("2027-01-10T22:00", "2027-01-10T23:00", lisbon).Is(201);
        await world.Held(person with { LocationId = lisbon }, "2027-01-10T22:00:00+00:00");

        Assert.DoesNotContain("2027-01-10T15:00:00-07:00", await At(person, person.LocationId));
        await world.Hold(person, "2027-01-10T15:00:00-07:00").IsProblem(409, "slot-taken");
        await world.Held(person, "2027-01-10T16:00:00-07:00");
    }

    private Task<List<string>> At(Person person, Guid location) => world.Starts(person, "2027-01-10", "2027-01-13", $"&location={location}");

    private async Task Travel(Person person, Guid lisbon)
    {
        var desk = world.DeskOf(person);
        foreach (var day in (string[])["2027-01-11", "2027-01-12"])
            await desk.PostExtraHours($"{day}T10:00", $"{day}T12:00", lisbon).Is(201);
        await desk.PostTimeOff(new { from = "2027-01-11", to = "2027-01-12", allDay = true, locationId = person.LocationId }).Is(201);
    }

    private async Task<(Person Person, Guid Lisbon)> Traveller()
    {
        var person = await world.Practitioner(from: "15:00", interval: 60);
        var lisbon = Guid.CreateVersion7();
        await world.Service.In(async db =>
        {
            var practitioner = await db.Practitioners.SingleAsync(p => p.Id == person.Id);
            practitioner.Publish(2, new Offer([.. practitioner.Offer.Locations, new(lisbon, "Europe/Lisbon")], [practitioner.Offer.Services[0] with { LocationIds = [person.LocationId, lisbon] }]));
            return await db.SaveChangesAsync();
        });
        return (person, lisbon);
    }
}
