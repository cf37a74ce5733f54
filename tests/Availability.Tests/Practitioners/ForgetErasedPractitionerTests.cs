using System.Net.Http.Json;
using Contracts;
using Xunit;

namespace Availability.Tests;

public sealed class ForgetErasedPractitionerTests(WorldOfMessages world) : IClassFixture<WorldOfMessages>
{
    [Fact]
    public async Task Who_leaves_takes_hours_time_off_and_calendars_along()
    {
        var (leaver, stayer) = (await world.Practitioner(), await world.Practitioner());
        foreach (var desk in new[] { leaver, stayer }.Select(world.DeskOf))
        {
            await desk.PostTimeOff("2026-12-24T00:00", "2026-12-27T00:00", note: "Family").Is(201);
            await desk.PostAsJsonAsync("/api/v1/me/calendars", new { name = "Work", url = "https://calendar.example/secret.ics" }).Is(201);
        }
        await world.DeskOf(leaver).PostExtraHours("2026-12-05T18:00", "2026-12-05T20:00", leaver.LocationId).Is(201);

        await world.Say(new AccountErased(Guid.CreateVersion7(), leaver.Id, world.Now));

        await TestKit.Eventually.True(async () => await Kept(leaver) == 0);
        Assert.Equal(3, await Kept(stayer));
    }

    private Task<long> Kept(Person person) => world.Service.Db.Scalar<long>(
        """
        SELECT (SELECT count(*) FROM schedules WHERE practitioner_id = $1) + (SELECT count(*) FROM time_off WHERE practitioner_id = $1)
             + (SELECT count(*) FROM extra_hours WHERE practitioner_id = $1) + (SELECT count(*) FROM outside_calendars WHERE practitioner_id = $1)
        """, person.Id);
}
