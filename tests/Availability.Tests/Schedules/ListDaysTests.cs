using Xunit;

namespace Availability.Tests;

public sealed class ListDaysTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Each_day_has_its_hours_what_is_added_and_what_is_taken()
    {
        var person = await world.Practitioner(from: "09:00", to: "12:00");
        var desk = world.DeskOf(person);
        await desk.PostExtraHours("2026-12-24T18:00", "2026-12-24T20:00").Is(201);
        await desk.PostTimeOff("2026-12-24T11:00", "2026-12-25T10:00", note: "travel").Is(201);
        await desk.PostTimeOff(new { from = "2019-12-26", to = "2019-12-26", everyYear = true }).Is(201);

        var days = (await desk.At("schedule/days?from=2026-12-01&to=2026-12-31").Is<ListDays.Response>(200)).Days.ToDictionary(d => d.Date);
        Assert.Equal(31, days.Count);
        Assert.Equal(new ListDays.Hours(person.LocationId, World.Time("09:00"), World.Time("12:00")), Assert.Single(days["2026-12-01"].Hours));
        Assert.Equal("2026-12-24T18:00", Assert.Single(days["2026-12-24"].ExtraHours).From);
        Assert.Equal(days["2026-12-24"].TimeOff, days["2026-12-25"].TimeOff);
        Assert.Equal(("2026-12-24T11:00", "travel", false), (days["2026-12-25"].TimeOff[0].From, days["2026-12-25"].TimeOff[0].Note, days["2026-12-25"].TimeOff[0].AllDay));
        var yearly = Assert.Single(days["2026-12-26"].TimeOff);
        Assert.Equal(("2026-12-26T00:00", "2026-12-27T00:00", true, true), (yearly.From, yearly.To, yearly.AllDay, yearly.EveryYear));
        Assert.Empty(days["2026-12-27"].TimeOff);
    }

    [Fact]
    public async Task Ones_own_and_no_more_than_two_months()
    {
        var desk = world.DeskOf(await world.Practitioner());
        await desk.At("schedule/days?from=2026-12-01&to=2027-02-01").IsProblem(400, "validation");
        await desk.At("schedule/days?from=2026-12-02&to=2026-12-01").IsProblem(400, "validation");
        await desk.At("schedule/days?from=soon&to=2026-12-01").IsProblem(400, "validation");
        await desk.At("schedule/days?from=2026-12-01").IsProblem(400, "validation");
        await world.Service.As("client").At("schedule/days?from=2026-12-01&to=2026-12-02").IsProblem(403, "forbidden");
        Assert.Empty((await world.Service.As("practitioner", practitionerId: Guid.CreateVersion7()).At("schedule/days?from=2026-12-01&to=2026-12-01").Is<ListDays.Response>(200)).Days[0].Hours);
    }
}
