using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Availability.Tests;

public sealed class HoldTimeTests(World world) : IClassFixture<World>
{
    private const string Nine = "2026-12-01T09:00:00-07:00";
    private const string Ten = "2026-12-01T10:00:00-07:00";

    [Fact]
    public async Task A_held_time_is_off_the_list_and_others_hear_of_alternatives()
    {
        var person = await world.Practitioner(from: "09:00", to: "12:00");

        var hold = await world.Held(person, Ten);

        Assert.Equal(world.Now.AddMinutes(15), hold.ExpiresAt);
        Assert.Equal([Nine, "2026-12-01T11:00:00-07:00"], await world.Starts(person, "2026-12-01", "2026-12-01"));
        var problem = await world.Hold(person, Ten).IsProblem(409, "slot-taken");
        var alternatives = problem.GetProperty("alternatives").EnumerateArray().ToList();
        Assert.Equal(5, alternatives.Count);
        Assert.Contains(alternatives, a => a.GetProperty("start").GetString() == Nine);
        Assert.All(alternatives, a => Assert.Equal(person.LocationId, a.GetProperty("locationId").GetGuid()));
    }

    [Fact]
    public async Task Each_alternative_can_be_had()
    {
        var person = await world.Practitioner(from: "09:00", to: "10:00");
        await world.Held(person, Nine);
        foreach (var alternative in (await world.Hold(person, Nine).IsProblem(409, "slot-taken")).GetProperty("alternatives").EnumerateArray())
            await world.Held(person, alternative.GetProperty("start").GetString()!);
    }

    [Fact]
    public async Task Back_to_back_is_fine_and_overlap_is_not()
    {
        var person = await world.Practitioner(interval: 5);
        await world.Held(person, Ten);
        await world.Hold(person, "2026-12-01T09:05:00-07:00").IsProblem(409, "slot-taken");
        await world.Hold(person, "2026-12-01T10:55:00-07:00").IsProblem(409, "slot-taken");
        await world.Held(person, Nine);
        await world.Held(person, "2026-12-01T11:00:00-07:00");
    }

    [Fact]
    public async Task Buffers_lie_between_visits()
    {
        var person = await world.Practitioner(interval: 5, before: 5, after: 10);
        await world.Held(person, Ten);
        await world.Hold(person, "2026-12-01T11:10:00-07:00").IsProblem(409, "slot-taken");
        await world.Held(person, "2026-12-01T11:15:00-07:00");
    }

    [Fact]
    public async Task The_database_refuses_one_second_of_overlap_by_itself_and_takes_back_to_back()
    {
        var person = await world.Practitioner();
        await world.Booked(person, Ten);
        Task<int> Insert(string from, string until) => world.Service.In(db => db.Database.ExecuteSqlRawAsync(
            """
            INSERT INTO claims (id, practitioner_id, service_id, location_id, time_zone, kind, state, starts_at, ends_at, busy_from, busy_until, extended, moves, created_at)
            VALUES (gen_random_uuid(), {0}, gen_random_uuid(), gen_random_uuid(), 'America/Denver', 'appointment', 'live', {1}, {2}, {1}, {2}, false, 0, now())
            """, person.Id, World.At(from).ToUniversalTime(), World.At(until).ToUniversalTime()));

        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => Insert(Nine, "2026-12-01T10:00:01-07:00"));
        Assert.Equal("23P01", refused.SqlState);
        Assert.Equal(1, await Insert(Nine, Ten));
    }

    [Fact]
    public async Task What_was_never_offered_is_refused_and_nothing_is_kept()
    {
        var (person, other) = (await world.Practitioner(notice: 600, horizon: 30), await world.Practitioner());
        foreach (var start in new[]
        {
            "2026-12-01T09:00:01-07:00", "2026-12-01T09:07:00-07:00", "2026-12-01T03:07:00-07:00", "2025-12-01T09:00:00-07:00", "2037-12-01T09:00:00-07:00",
            "2026-12-01T16:30:00-07:00", "2026-11-23T11:00:00-07:00", "2026-12-24T09:00:00-07:00", "1900-01-01T00:00:00Z", "2999-12-31T23:59:59Z",
        })
            await world.Hold(person, start).IsProblem(422, "not-an-opening");
        await world.Hold(person, "0001-01-01T00:00:00Z").IsProblem(400, "validation");
        await world.Hold(person, "9999-12-31T23:59:59Z").IsProblem(400, "validation");

        await world.Hold(person with { ServiceId = other.ServiceId }, Nine).IsProblem(422, "not-an-opening");
        await world.Hold(person with { LocationId = other.LocationId }, Nine).IsProblem(422, "not-an-opening");
        await world.Hold(person with { Id = Guid.CreateVersion7() }, Nine).IsProblem(422, "not-an-opening");
        Assert.Equal(0, await world.Service.In(db => db.Claims.CountAsync(c => c.PractitionerId == person.Id)));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"practitionerId":"P","serviceId":"S","locationId":"L","start":"2026-12-01T09:00:00"}""")]
    [InlineData("""{"practitionerId":"P","serviceId":"S","locationId":"L","start":"tomorrow"}""")]
    [InlineData("""{"practitionerId":"P","serviceId":"S","locationId":"L"}""")]
    [InlineData("""{"practitionerId":"P","serviceId":"S","locationId":"L","start":"2026-12-01T09:00:00-07:00","state":"live"}""")]
    [InlineData("""{"practitionerId":"P","practitionerId":"P","serviceId":"S","locationId":"L","start":"2026-12-01T09:00:00-07:00"}""")]
    [InlineData("""{"practitionerId":null,"serviceId":"S","locationId":"L","start":"2026-12-01T09:00:00-07:00"}""")]
    public async Task What_cannot_be_read_is_refused(string body)
    {
        var person = await world.Practitioner();
        var text = body.Replace("\"P\"", $"\"{person.Id}\"", StringComparison.Ordinal).Replace("\"S\"", $"\"{person.ServiceId}\"", StringComparison.Ordinal)
            .Replace("\"L\"", $"\"{person.LocationId}\"", StringComparison.Ordinal);
        using var content = new StringContent(text, Encoding.UTF8, "application/json");
        await world.Service.Guest().PostAsync(new Uri("/api/v1/holds", UriKind.Relative), content).IsProblem(400, "validation");
    }

    [Fact]
    public async Task A_swap_takes_the_new_time_and_frees_the_old_in_one_step()
    {
        var person = await world.Practitioner();
        var hold = await world.Held(person, Nine);
        await world.Held(person, "2026-12-01T14:00:00-07:00", replaces: hold.Token);
        await world.Held(person, Nine);
    }

    [Fact]
    public async Task A_swap_may_overlap_the_old_time()
    {
        var person = await world.Practitioner();
        var hold = await world.Held(person, Nine);
        var swapped = await world.Held(person, "2026-12-01T09:30:00-07:00", replaces: hold.Token);
        await world.Held(person, Nine, replaces: swapped.Token);
    }

    [Fact]
    public async Task A_hold_is_given_up_once_however_often_it_is_swapped_at_a_time()
    {
        var person = await world.Practitioner();
        var hold = await world.Held(person, Nine);
        var swaps = await Task.WhenAll(Enumerable.Range(12, 4).Select(hour => world.Hold(person, $"2026-12-01T{hour}:00:00-07:00", replaces: hold.Token)));
        Assert.Single(swaps, answer => answer.StatusCode == HttpStatusCode.Created);
        foreach (var late in swaps.Where(answer => answer.StatusCode != HttpStatusCode.Created))
            await Task.FromResult(late).IsProblem(410, "hold-expired");
        Assert.Equal(1, await world.Service.In(db => db.Claims.CountAsync(c => c.State == ClaimState.Live && c.PractitionerId == person.Id)));
    }

    [Fact]
    public async Task A_swap_that_fails_keeps_the_old_time()
    {
        var person = await world.Practitioner();
        var hold = await world.Held(person, Nine);
        await world.Held(person, Ten);
        await world.Hold(person, Ten, replaces: hold.Token).IsProblem(409, "slot-taken");
        await world.Hold(person, Nine).IsProblem(409, "slot-taken");
    }

    [Fact]
    public async Task Swaps_between_two_practitioners_never_wait_for_each_other()
    {
        var (a, b) = (await world.Practitioner(), await world.Practitioner());
        var (mine, yours) = (await world.Held(a, Nine), await world.Held(b, Nine));
        for (var i = 0; i < 10; i++)
        {
            var swaps = await Task.WhenAll(world.Held(b, Ten, mine.Token), world.Held(a, Ten, yours.Token));
            swaps = await Task.WhenAll(world.Held(a, Nine, swaps[0].Token), world.Held(b, Nine, swaps[1].Token));
            (mine, yours) = (swaps[0], swaps[1]);
        }

        Assert.Equal(2, await world.Service.In(db => db.Claims.CountAsync(c => c.State == ClaimState.Live && (c.PractitionerId == a.Id || c.PractitionerId == b.Id))));
    }

    [Fact]
    public async Task The_days_limit_counts_holds()
    {
        var person = await world.Practitioner(maxPerDay: 2);
        await world.Held(person, Nine);
        await world.Held(person, Ten);
        Assert.Empty(await world.Starts(person, "2026-12-01", "2026-12-01"));
        await world.Hold(person, "2026-12-01T14:00:00-07:00").IsProblem(409, "slot-taken");
        await world.Held(person, "2026-12-02T09:00:00-07:00");
    }
}

public sealed class HoldLimitsTests
{
    [Fact]
    public async Task One_address_may_hold_so_many_at_once_and_a_swap_is_not_one_more()
    {
        var world = new WorldOfThree();
        await world.InitializeAsync();
        try
        {
            var person = await world.Practitioner();
            var held = new List<HoldTime.Response>();
            foreach (var hour in new[] { "09", "10", "11" })
                held.Add(await world.Held(person, $"2026-12-01T{hour}:00:00-07:00"));
            await world.Hold(person, "2026-12-01T12:00:00-07:00").IsProblem(409, "too-many-holds");
            await world.Held(person, "2026-12-01T12:00:00-07:00", replaces: held[0].Token);
            world.Clock.Advance(TimeSpan.FromSeconds(30));
            await world.Held(person, "2026-12-01T14:00:00-07:00");
        }
        finally
        {
            await world.DisposeAsync();
        }
    }

    private sealed class WorldOfThree : World
    {
        protected override Dictionary<string, string?> Settings => new() { ["MAX_HOLDS_PER_ADDRESS"] = "3", ["HOLD_MINUTES"] = "0.5" };
    }
}
