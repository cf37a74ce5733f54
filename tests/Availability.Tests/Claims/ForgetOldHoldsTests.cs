using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Availability.Tests;

public sealed class ForgetOldHoldsTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task What_came_to_nothing_long_ago_goes_and_everything_else_stays()
    {
        var person = await world.Practitioner();
        var (let, live, booked) = (await world.Held(person, "2026-12-01T09:00:00-07:00"), await world.Held(person, "2026-12-01T11:00:00-07:00"),
            await world.Booked(person, "2026-12-01T13:00:00-07:00"));
        await world.Service.In(db => db.Claims.Where(c => c.Id == let.Id).ExecuteUpdateAsync(c => c.SetProperty(x => x.State, ClaimState.Released)));

        Assert.Equal(0, await world.Service.In(db => ForgetOldHolds.Forget(db, let.ExpiresAt, default)));
        Assert.Equal(1, await world.Service.In(db => ForgetOldHolds.Forget(db, let.ExpiresAt.AddSeconds(1), default)));
        Assert.Equal(2, await world.Service.In(db => db.Claims.CountAsync(c => c.Id == live.Id || c.BookingId == booked)));
    }

    [Fact]
    public async Task What_was_given_back_before_it_was_claimed_is_remembered_as_long()
    {
        using var services = world.Service.AsService();
        using var answer = await services.DeleteAsync(new Uri($"/internal/claims/{Guid.CreateVersion7()}", UriKind.Relative));
        Assert.Equal(0, await world.Service.In(db => ForgetOldHolds.ForgetReleases(db, world.Now, default)));
        Assert.Equal(1, await world.Service.In(db => ForgetOldHolds.ForgetReleases(db, world.Now.AddSeconds(1), default)));
    }
}
