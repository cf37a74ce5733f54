using System.Net.Http.Json;
using Xunit;

namespace Availability.Tests;

public sealed class ClaimForBookingTests(World world) : IClassFixture<World>
{
    private const string Nine = "2026-12-01T09:00:00-07:00";
    private const string Ten = "2026-12-01T10:00:00-07:00";

    [Fact]
    public async Task A_claim_answers_in_local_time_and_a_repeat_is_the_same()
    {
        var person = await world.Practitioner();
        var booking = Guid.CreateVersion7();
        var first = await world.Claim(person, "2026-12-01T16:00:00Z", booking).Is<ClaimForBooking.Response>(200);
        Assert.Equal("America/Denver", first.TimeZone);
        Assert.Equal(TimeSpan.FromHours(-7), first.Start.Offset);
        Assert.Equal(world.Now.AddMinutes(15), first.ExpiresAt);
        Assert.Equal(first, await world.Claim(person, "2026-12-01T16:00:00Z", booking).Is<ClaimForBooking.Response>(200));
        await world.Claim(person, Nine).IsProblem(409, "slot-taken");
    }

    [Fact]
    public async Task Only_other_services_come_here()
    {
        var request = new ClaimForBooking.Request(Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), world.Now);
        await world.Service.Guest().PostAsJsonAsync("/internal/claims", request, Platform.Json.Strict).IsProblem(401, "unauthenticated");
        await world.Service.As("practitioner", practitionerId: Guid.CreateVersion7()).PostAsJsonAsync("/internal/claims", request, Platform.Json.Strict).IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task A_clients_hold_becomes_the_bookings_and_its_token_dies()
    {
        var person = await world.Practitioner();
        var hold = await world.Held(person, Nine);
        await world.Claim(person, Ten, holdToken: hold.Token).IsProblem(422, "not-an-opening");
        await world.Claim(person, Nine, holdToken: "made-up").IsProblem(410, "hold-expired");

        var booking = Guid.CreateVersion7();
        var claimed = await world.Claim(person, Nine, booking, hold.Token).Is<ClaimForBooking.Response>(200);

        Assert.Equal(hold.Id, claimed.ClaimId);
        Assert.Equal(claimed, await world.Claim(person, Nine, booking, hold.Token).Is<ClaimForBooking.Response>(200));
        await world.Claim(person, Nine, holdToken: hold.Token).IsProblem(410, "hold-expired");
        using var letGo = new HttpRequestMessage(HttpMethod.Delete, $"/api/v1/holds/{hold.Id}");
        letGo.Headers.Add("X-Hold-Token", hold.Token);
        await world.Service.Guest().SendAsync(letGo).IsProblem(404, "not-found");
        // Nor does a swap give the booking's time away.
        await world.Held(person, Ten, replaces: hold.Token);
        await world.Hold(person, Nine).IsProblem(409, "slot-taken");
    }

    [Fact]
    public async Task A_hold_that_has_run_out_is_no_booking()
    {
        var person = await world.Practitioner();
        var hold = await world.Held(person, Nine);
        world.Clock.Advance(TimeSpan.FromMinutes(16));
        await world.Claim(person, Nine, holdToken: hold.Token).IsProblem(410, "hold-expired");
    }

    [Fact]
    public async Task A_sixth_unpaid_hold_is_too_many_even_when_all_come_at_once()
    {
        var people = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => world.Practitioner()));
        var answers = await Task.WhenAll(people.Select(p => world.Claim(p, Nine, clientKey: "someone")));
        Assert.Equal(5, answers.Count(a => (int)a.StatusCode == 200));
        Assert.Equal(3, answers.Count(a => (int)a.StatusCode == 409));

        await world.Claim(people[0], Ten, clientKey: "someone").IsProblem(409, "too-many-holds");
        await world.Claim(people[0], Ten, clientKey: "somebody else").Is(200);
        world.Clock.Advance(TimeSpan.FromMinutes(15));
        await world.Claim(people[0], Ten, clientKey: "someone").Is(200);
    }

    [Fact]
    public async Task After_twenty_visits_that_cost_nothing_one_has_to_take_place_first()
    {
        var person = await world.Practitioner();
        var booked = new List<Guid>();
        for (var day = 1; day <= 20; day++)
        {
            booked.Add(Guid.CreateVersion7());
            await world.Claim(person, $"2026-12-{day:00}T09:00:00-07:00", booked[^1], clientKey: "someone", isFree: true).Is(200);
            await Send(HttpMethod.Post, $"{booked[^1]}/keep").Is(200);
        }

        await world.Claim(person, "2026-12-21T09:00:00-07:00", clientKey: "someone", isFree: true).IsProblem(409, "too-many-holds");
        await world.Claim(person, "2026-12-21T09:00:00-07:00", clientKey: "someone").Is(200);
        await world.Claim(person, "2026-12-22T09:00:00-07:00", clientKey: "somebody else", isFree: true).Is(200);

        await Send(HttpMethod.Delete, $"{booked[0]}").Is(204);
        await world.Claim(person, "2026-12-23T09:00:00-07:00", clientKey: "someone", isFree: true).IsProblem(409, "too-many-holds");
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.Claim(person, "2026-12-23T09:00:00-07:00", clientKey: "someone", isFree: true).Is(200);
    }

    [Fact]
    public async Task Keeping_needs_no_payment_and_lasts()
    {
        var person = await world.Practitioner();
        var booking = await world.Booked(person, Nine);
        for (var i = 0; i < 2; i++)
            Assert.Equal(World.At("2026-12-01T10:00:00-07:00"), (await Send(HttpMethod.Post, $"{booking}/keep").Is<ClaimForBooking.Response>(200)).ExpiresAt);
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.Hold(person, Nine).IsProblem(409, "slot-taken");
        await Send(HttpMethod.Post, $"{Guid.CreateVersion7()}/keep").IsProblem(404, "not-found");
    }

    [Fact]
    public async Task The_audit_view_shows_holds_and_appointments()
    {
        var person = await world.Practitioner(before: 5, after: 10);
        var booking = await world.Booked(person, Nine);
        var row = await world.Service.Db.Scalar<string>(
            """
            SELECT concat_ws('|', kind, state, ends_at - starts_at, starts_at - busy_from, busy_until - ends_at, expires_at IS NOT NULL)
            FROM audit_claims WHERE booking_id = $1 AND practitioner_id = $2 AND claim_id IS NOT NULL
            """, booking, person.Id);
        Assert.Equal("hold|live|01:00:00|00:05:00|00:10:00|t", row);
    }

    private Task<HttpResponseMessage> Send(HttpMethod method, string path) =>
        world.Service.AsService().SendAsync(new HttpRequestMessage(method, new Uri($"/internal/claims/{path}", UriKind.Relative)));
}
