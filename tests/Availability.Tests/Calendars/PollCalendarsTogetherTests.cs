using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Availability.Tests;

/// <summary>Several copies of the service ask the same calendars.</summary>
public sealed class PollCalendarsTogetherTests(WorldOfCalendars world) : IClassFixture<WorldOfCalendars>
{
    [Fact]
    public async Task A_calendar_is_asked_by_one_copy_at_a_time()
    {
        await using var another = world.Service.WithWebHostBuilder(_ => { });
        another.CreateClient();
        var (person, under, most, asked) = (await world.Practitioner(), 0, 0, 0);
        var url = world.Elsewhere.Put("slow.ics", async http =>
        {
            Interlocked.Increment(ref asked);
            most = Math.Max(most, Interlocked.Increment(ref under));
            await Task.Delay(500);
            Interlocked.Decrement(ref under);
            await http.Response.WriteAsync(Elsewhere.Calendar());
        });
        var id = await world.Follow(person, url);
        for (var i = 0; i < 3; i++)
            await world.Later(id, TimeSpan.FromMinutes(5));
        Assert.Equal((1, 4), (most, asked));
    }

    [Fact]
    public async Task Whoever_dies_while_asking_is_stood_in_for()
    {
        var person = await world.Practitioner();
        var id = await world.Follow(person, world.Elsewhere.Put("died.ics", Elsewhere.Calendar()));
        var later = await world.Follow(person, world.Elsewhere.Put("later.ics", Elsewhere.Calendar()));
        var before = world.Elsewhere.TimesAsked("died.ics");
        await world.Service.In(db => db.Database.ExecuteSqlAsync($"UPDATE outside_calendars SET due_at = {world.Now.AddMinutes(-1)}, leased_until = {world.Now.AddMinutes(1)} WHERE id = {id}"));
        // Whoever takes this one has passed over the other, which is due before it.
        await world.Service.In(db => db.Database.ExecuteSqlAsync($"UPDATE outside_calendars SET due_at = {world.Now}, last_tried_at = NULL WHERE id = {later}"));
        await world.Becomes(later, c => c.LastTriedAt is not null);
        Assert.Equal(before, world.Elsewhere.TimesAsked("died.ics"));
        await world.Later(id, TimeSpan.FromMinutes(1));
        Assert.Equal(before + 1, world.Elsewhere.TimesAsked("died.ics"));
    }
}
