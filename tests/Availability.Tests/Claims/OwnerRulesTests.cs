using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Availability.Tests;

/// <summary>What practitioners may do with their own time that clients may not, and what not even they may.</summary>
public sealed class OwnerRulesTests(World world) : IClassFixture<World>
{
    private const string Nine = "2026-12-01T09:00:00-07:00";

    [Theory]
    [InlineData("2026-12-01T19:00:00-07:00", "outside the hours")]
    [InlineData("2026-11-23T12:00:00-07:00", "inside the notice")]
    [InlineData("2027-01-20T09:00:00-07:00", "beyond the horizon")]
    public async Task Against_the_own_rules_needs_a_reason(string start, string why)
    {
        var person = await world.Practitioner(notice: 24 * 60, horizon: 30);
        var refused = await Own(person, start, withReason: false).IsProblem(400, "validation");
        Assert.True(refused.GetProperty("errors").TryGetProperty("reason", out _), why);
        var claim = await Own(person, start, withReason: true).Is<ClaimForBooking.Response>(200);
        Assert.Equal(World.At(start), claim.Start);
        // What the owner may, clients may not.
        await world.Claim(await world.Practitioner(notice: 24 * 60, horizon: 30), start).IsProblem(422, "not-an-opening");
    }

    [Fact]
    public async Task Steps_limits_and_time_off_do_not_bind_the_owner()
    {
        var person = await world.Practitioner(interval: 60, maxPerDay: 1);
        await world.Booked(person, Nine);
        await world.DeskOf(person).PostTimeOff("2026-12-01T12:00", "2026-12-01T17:00").Is(201);
        await world.Claim(person, "2026-12-01T11:00:00-07:00").IsProblem(409, "slot-taken");
        await Own(person, "2026-12-01T10:35:00-07:00").Is(200);
        await Own(person, "2026-12-01T13:00:00-07:00").Is(200);
    }

    [Theory]
    [InlineData("2026-12-01T10:00:00-07:00")]
    [InlineData("2026-12-01T10:10:00-07:00")]
    [InlineData("2026-12-01T08:00:00-07:00")]
    public async Task What_somebody_has_is_theirs_whatever_the_reason(string start)
    {
        var person = await world.Practitioner(after: 15);
        await world.Booked(person, Nine);
        await Own(person, start, withReason: true).IsProblem(409, "slot-taken");
        await Own(person, "2026-12-01T10:15:00-07:00").Is(200);
    }

    [Theory]
    [InlineData("2026-11-23T01:55:00-07:00")]
    [InlineData("2026-12-01T09:01:00-07:00")]
    [InlineData("2026-12-01T09:00:01-07:00")]
    [InlineData("2029-12-01T09:00:00-07:00")]
    public async Task What_is_past_far_away_or_between_the_five_minutes_is_nobodys(string start) =>
        await Own(await world.Practitioner(), start, withReason: true).IsProblem(422, "not-an-opening");

    [Fact]
    public async Task The_way_between_two_places_is_kept()
    {
        var person = await world.Practitioner();
        var annex = Guid.CreateVersion7();
        await world.Service.In(async db =>
        {
            var practitioner = await db.Practitioners.SingleAsync(p => p.Id == person.Id);
            var stored = await db.Schedules.SingleAsync(s => s.PractitionerId == person.Id);
            practitioner.Publish(2, new Offer([.. practitioner.Offer.Locations, new(annex, person.Zone)], [practitioner.Offer.Services[0] with { LocationIds = [person.LocationId, annex] }]));
            stored.Replace(stored.Document with { TravelGapMinutes = 30, Locations = [.. stored.Document.Locations, new(annex, person.Zone, [])] });
            return await db.SaveChangesAsync();
        });
        await world.Booked(person, Nine);
        var there = person with { LocationId = annex };
        await Own(there, "2026-12-01T10:25:00-07:00", withReason: true).IsProblem(409, "slot-taken");
        await Own(there, "2026-12-01T10:30:00-07:00", withReason: true).Is(200);
    }

    [Fact]
    public async Task A_move_by_the_owner_follows_the_same_rules()
    {
        var person = await world.Practitioner();
        var booking = await world.Booked(person, Nine);
        await world.Booked(person, "2026-12-01T13:00:00-07:00");
        await Move(1, "2026-12-01T19:00:00-07:00", hasReason: false).IsProblem(400, "validation");
        await Move(2, "2026-12-01T13:30:00-07:00", hasReason: true).IsProblem(409, "slot-taken");
        var moved = await Move(3, "2026-12-01T19:00:00-07:00", hasReason: true).Is<MoveClaim.Response>(200);
        Assert.Equal(World.At("2026-12-01T19:00:00-07:00"), moved.Start);

        Task<HttpResponseMessage> Move(int number, string start, bool hasReason) => world.Service.AsService().PostAsJsonAsync(
            $"/internal/claims/{booking}/move", new MoveClaim.Request(number, World.At(start), person.LocationId, ByOwner: true, hasReason), Platform.Json.Strict);
    }

    [Fact]
    public async Task When_owner_and_clients_want_the_same_at_once_one_has_it()
    {
        for (var round = 0; round < 10; round++)
        {
            var person = await world.Practitioner();
            var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => (i % 3) switch
            {
                0 => Own(person, "2026-12-01T09:10:00-07:00"),
                1 => world.Claim(person, Nine),
                _ => world.Hold(person, "2026-12-01T09:30:00-07:00"),
            }));
            Assert.Equal(1, answers.Count(a => a.IsSuccessStatusCode));
            Assert.All(answers.Where(a => !a.IsSuccessStatusCode), a => Assert.Equal(409, (int)a.StatusCode));
        }
    }

    private Task<HttpResponseMessage> Own(Person person, string start, bool withReason = false) => world.Service.AsService().PostAsJsonAsync(
        "/internal/claims",
        new ClaimForBooking.Request(Guid.CreateVersion7(), person.Id, person.ServiceId, person.LocationId, World.At(start), ByOwner: true, HasReason: withReason),
        Platform.Json.Strict);
}
