using System.Text.Json;
using Xunit;

namespace Availability.Tests;

public sealed class WhyFreeTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Free_names_the_hours_and_taken_names_the_visit()
    {
        var person = await world.Practitioner(after: 15);
        var booking = await world.Booked(person, "2026-12-01T10:00:00-07:00");
        await world.Held(person, "2026-12-01T14:00:00-07:00");

        var free = await Why(person, "2026-12-01T12:00:00-07:00");
        Assert.True(free.GetProperty("free").GetBoolean());
        Assert.Equal(["weeklyHours 2026-12-01T09:00:00-07:00"], Because(free));

        var taken = await Why(person, "2026-12-01T10:30:00-07:00");
        Assert.False(taken.GetProperty("free").GetBoolean());
        Assert.Equal(["visit 2026-12-01T10:00:00-07:00"], Because(taken));
        Assert.Equal(("hold", booking), (taken.GetProperty("because")[0].GetProperty("kind").GetString(), taken.GetProperty("because")[0].GetProperty("bookingId").GetGuid()));
        Assert.Equal(["buffer 2026-12-01T10:00:00-07:00"], Because(await Why(person, "2026-12-01T09:00:00-07:00")));
        Assert.Equal(["visit 2026-12-01T14:00:00-07:00"], Because(await Why(person, "2026-12-01T14:30:00-07:00")));
    }

    [Fact]
    public async Task Rules_and_exceptions_are_all_named()
    {
        var person = await world.Practitioner(notice: 24 * 60, horizon: 30, maxPerDay: 1);
        await world.Booked(person, "2026-12-01T10:00:00-07:00");
        await world.DeskOf(person).PostTimeOff("2026-12-01T12:00", "2026-12-01T15:00").Is(201);
        Assert.Equal(["fullDay ", "timeOff 2026-12-01T12:00:00-07:00"], Because(await Why(person, "2026-12-01T13:00:00-07:00")));
        Assert.Equal(["betweenSteps "], Because(await Why(person, "2026-12-02T13:10:00-07:00")));
        Assert.Equal(["outsideHours "], Because(await Why(person, "2026-12-02T16:30:00-07:00")));
        Assert.Equal(["notice "], Because(await Why(person, "2026-11-23T09:00:00-07:00")));
        Assert.Equal(["horizon "], Because(await Why(person, "2026-12-24T09:00:00-07:00")));
    }

    [Fact]
    public async Task Only_ones_own_services_and_instants_with_an_offset_are_asked_about()
    {
        var (person, other) = (await world.Practitioner(), await world.Practitioner());
        await world.DeskOf(person).At($"schedule/why?at=2026-12-01T09:00:00-07:00&service={other.ServiceId}&location={other.LocationId}").IsProblem(404, "not-found");
        await world.DeskOf(person).At($"schedule/why?at=2026-12-01T09:00&service={person.ServiceId}&location={person.LocationId}").IsProblem(400, "validation");
        await world.DeskOf(person).At($"schedule/why?at=2026-12-01T09:00:00Z&service={person.ServiceId}").IsProblem(400, "validation");
        await world.Service.As("client").At($"schedule/why?at=2026-12-01T09:00:00Z&service={person.ServiceId}&location={person.LocationId}").IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task A_plus_sign_that_was_not_escaped_is_read_as_one()
    {
        var person = await world.Practitioner(zone: "Europe/Berlin");
        var answer = await world.DeskOf(person).At($"schedule/why?at=2026-12-01T12:00:00+01:00&service={person.ServiceId}&location={person.LocationId}").Is<JsonElement>(200);
        Assert.Equal("2026-12-01T12:00:00+01:00", answer.GetProperty("at").GetString());
    }

    private Task<JsonElement> Why(Person person, string at) =>
        world.DeskOf(person).At($"schedule/why?at={Uri.EscapeDataString(at)}&service={person.ServiceId}&location={person.LocationId}").Is<JsonElement>(200);

    private static IEnumerable<string> Because(JsonElement answer) => answer.GetProperty("because").EnumerateArray()
        .Select(b => $"{b.GetProperty("reason").GetString()} {(b.TryGetProperty("from", out var from) && from.ValueKind == JsonValueKind.String ? from.GetString() : "")}");
}
