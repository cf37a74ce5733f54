using Microsoft.EntityFrameworkCore;
using TestKit;
using Xunit;

namespace Availability.Tests;

public sealed class ReleaseClaimTests(World world) : IClassFixture<World>
{
    private const string Nine = "2026-12-01T09:00:00-07:00";

    [Fact]
    public async Task A_released_claim_is_free_and_its_booking_has_no_time_any_more()
    {
        var person = await world.Practitioner();
        var booking = await world.Booked(person, Nine);
        for (var i = 0; i < 2; i++)
            await Release(booking).Is(204);
        Assert.Contains(Nine, await world.Starts(person, "2026-12-01", "2026-12-01"));

        await world.Claim(person, Nine, booking).IsProblem(410, "hold-expired");
        await world.Service.AsService().PostAsync(new Uri($"/internal/claims/{booking}/keep", UriKind.Relative), null).IsProblem(410, "hold-expired");
        await world.Booked(person, Nine);
    }

    [Fact]
    public async Task A_claim_that_comes_after_its_release_takes_nothing()
    {
        var person = await world.Practitioner();
        var (booking, hold) = (Guid.CreateVersion7(), await world.Held(person, "2026-12-01T11:00:00-07:00"));
        for (var i = 0; i < 3; i++)
            await Release(booking).Is(204);
        Assert.Equal(1, await world.Service.Db.Scalar<long>("SELECT count(*) FROM released_bookings WHERE booking_id = $1", booking));

        await world.Claim(person, Nine, booking).IsProblem(410, "hold-expired");
        await world.Claim(person, "2026-12-01T11:00:00-07:00", booking, hold.Token).IsProblem(410, "hold-expired");
        await world.Claim(person, Nine, Guid.CreateVersion7()).Is(200);
        await world.Claim(person, "2026-12-01T11:00:00-07:00", Guid.CreateVersion7(), hold.Token).Is(200);
    }

    [Fact]
    public async Task A_release_that_comes_while_its_claim_is_made_ends_it()
    {
        var person = await world.Practitioner();
        var booking = Guid.CreateVersion7();
        var (claiming, releasing) = await world.Service.In(async db =>
        {
            // Both are on their way for as long as somebody else has the practitioner's time.
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.LockTime(person.Id, default);
            var claim = world.Claim(person, Nine, booking);
            await Waiting(1);
            var release = Release(booking);
            await Waiting(2);
            return (claim, release);
        });

        await claiming.Is(200);
        await releasing.Is(204);
        Assert.False((await world.ClaimOf(booking)).IsLive);
        Assert.Contains(Nine, await world.Starts(person, "2026-12-01", "2026-12-01"));
    }

    private Task Waiting(long requests) => Eventually.True(
        async () => await world.Service.Db.Scalar<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == requests,
        what: $"{requests} wait for a lock");

    private Task<HttpResponseMessage> Release(Guid booking) => world.Service.AsService().DeleteAsync(new Uri($"/internal/claims/{booking}", UriKind.Relative));
}
