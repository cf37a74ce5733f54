using System.Net.Http.Json;
using Xunit;

namespace Availability.Tests;

public sealed class ExportPersonTests(World world) : IClassFixture<World>
{
    private const string Address = "https://calendar.example/private-0123456789/basic.ics";

    [Fact]
    public async Task A_practitioner_takes_along_hours_that_are_over_too_and_the_secret_addresses()
    {
        var person = await world.Practitioner();
        var desk = world.DeskOf(person);
        await desk.PostTimeOff("2026-12-24T00:00", "2026-12-27T00:00", note: "Family").Is(201);
        await desk.PostExtraHours("2026-12-05T18:00", "2026-12-05T20:00", person.LocationId).Is(201);
        await desk.PostAsJsonAsync("/api/v1/me/calendars", new { name = "Work", url = Address }).Is(201);
        var feed = (await desk.At("calendar-feed").Is<ReadCalendarFeed.Response>(200)).Url;
        world.Clock.Advance(TimeSpan.FromDays(60));

        var kept = await Export(person.Id).Is<ExportPerson.Response>(200);

        Assert.Equal(person.LocationId, Assert.Single(kept.Schedule!.Locations).LocationId);
        Assert.Equal("Family", Assert.Single(kept.TimeOff).Note);
        Assert.Equal("2026-12-05T18:00", Assert.Single(kept.ExtraHours).From[..16]);
        Assert.Equal(("Work", Address), (kept.Calendars[0].Name, kept.Calendars[0].Address));
        Assert.Equal(feed, kept.CalendarFeed);
        Assert.Null((await Export(Guid.CreateVersion7()).Is<ExportPerson.Response>(200)).Schedule);
    }

    private Task<HttpResponseMessage> Export(Guid practitionerId) => world.Service.AsService().PostAsJsonAsync(
        "/internal/export", new { accountId = Guid.CreateVersion7(), email = "ana@example.org", practitionerId, bookingIds = Array.Empty<Guid>(), waitlistEntryIds = Array.Empty<Guid>() });
}
