using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Contracts;
using Microsoft.EntityFrameworkCore;
using Platform;
using Xunit;

namespace Availability.Tests;

/// <summary>Openings that were worked out before are shown again, but never one that is none any more, whoever or whatever has changed it.</summary>
public sealed class KeptOpeningsTests(World world) : IClassFixture<World>
{
    private const string Day = "2026-12-01";

    [Fact]
    public async Task Whoever_has_the_same_hears_so_until_something_is_taken()
    {
        var person = await world.Practitioner();
        var first = await Ask(person);
        var tag = first.Headers.ETag!;
        Assert.True(first.Headers.CacheControl!.NoCache);
        Assert.Equal(first.Content.Headers.ContentLength, (await first.Content.ReadAsByteArrayAsync()).Length);

        Assert.Equal(HttpStatusCode.NotModified, (await Ask(person, tag.ToString())).StatusCode);
        await world.Held(person, $"{Day}T10:00:00-07:00");

        var after = await Ask(person, tag.ToString());
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.NotEqual(tag, after.Headers.ETag);
    }

    [Fact]
    public async Task What_a_practitioner_changes_is_seen_by_the_next_who_asks()
    {
        var person = await world.Practitioner(from: "09:00", to: "12:00", interval: 60);
        var desk = world.DeskOf(person);
        Assert.Equal(3, await Count(person));

        var off = await desk.PostAsJsonAsync("/api/v1/me/time-off", new { from = $"{Day}T09:00", to = $"{Day}T10:00" }).Is<JsonElement>(201);
        Assert.Equal(2, await Count(person));
        await desk.DeleteAsync(new Uri($"/api/v1/me/time-off/{off.GetProperty("id").GetString()}", UriKind.Relative)).Is(204);
        Assert.Equal(3, await Count(person));
        await desk.PostAsJsonAsync("/api/v1/me/extra-hours", new { from = $"{Day}T18:00", to = $"{Day}T19:00" }).Is(201);
        Assert.Equal(4, await Count(person));
        var booking = await world.Booked(person, $"{Day}T18:00:00-07:00");
        Assert.Equal(3, await Count(person));
        await world.Move(booking, 1, person, $"{Day}T09:00:00-07:00").Is(200);
        Assert.Equal(["10:00", "11:00", "18:00"], await Shown(person));
        await world.Service.AsService().DeleteAsync(new Uri($"/internal/claims/{booking}", UriKind.Relative)).Is(204);
        Assert.Equal(4, await Count(person));
    }

    [Fact]
    public async Task Nobody_is_shown_who_has_withdrawn()
    {
        var person = await world.Practitioner();
        Assert.NotEqual(0, await Count(person));
        await world.Service.In(async db =>
        {
            (await db.Practitioners.SingleAsync(p => p.Id == person.Id)).Withdraw(2);
            return await db.SaveChangesAsync();
        });
        Assert.Equal(HttpStatusCode.NotFound, (await Ask(person)).StatusCode);
    }

    [Fact]
    public async Task A_write_that_was_not_committed_changes_nothing_and_one_of_another_copy_does()
    {
        var person = await world.Practitioner(from: "09:00", to: "12:00", interval: 60);
        var tag = (await Ask(person)).Headers.ETag!.ToString();
        foreach (var committed in (bool[])[false, true])
        {
            await world.Service.In(async db =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                await db.Database.ExecuteSqlAsync($"UPDATE schedules SET document = jsonb_set(document, ARRAY['startIntervalMinutes'], '30') WHERE practitioner_id = {person.Id}");
                await db.OpeningsMayHaveChanged(world.Now, default, person.Id);
                if (committed)
                    await transaction.CommitAsync();
                return 0;
            });
            Assert.Equal(committed ? HttpStatusCode.OK : HttpStatusCode.NotModified, (await Ask(person, tag)).StatusCode);
        }

        Assert.Equal(5, await Count(person));
    }

    private Task<HttpResponseMessage> Ask(Person person, string? tag = null) => Openings.Ask(world, person, tag);

    private async Task<int> Count(Person person) => (await Shown(person)).Count;

    private async Task<List<string>> Shown(Person person) => [.. (await world.Starts(person, Day, Day)).Select(start => start[11..16])];
}

/// <summary>What is kept takes a few megabytes, whatever is asked for.</summary>
public sealed class RoomForKeptOpeningsTests
{
    [Fact]
    public void Answers_without_an_opening_take_room_too()
    {
        using var kept = new KeptOpenings();
        var nothing = new WrittenOpenings(new ListOpenings.Response("America/Denver", []), default, default, default);
        var asked = Enumerable.Range(0, 20_000).Select(_ => new ListOpenings.Asked(Guid.CreateVersion7(), Guid.CreateVersion7(), null, null, null, null, null)).ToList();
        foreach (var each in asked)
            kept.Keep(each, nothing);
        Assert.InRange(asked.Count(each => kept.Find(each) is not null), 1, 8_192);
    }
}

/// <summary>The same where nobody does anything and the clock goes on.</summary>
public sealed class KeptOpeningsAndTheClockTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Time_that_passes_takes_starts_away_brings_dates_and_ends_holds()
    {
        // 09:00 in UTC is 02:00 in Denver; the dates are those of Denver.
        var person = await world.Practitioner(from: "09:00", to: "11:00", interval: 60, notice: 60, horizon: 2);
        async Task<string[]> Shown() => [.. (await world.Starts(person, "2026-11-23", "2026-11-30")).Select(start => start[8..13])];

        await world.Held(person, "2026-11-23T10:00:00-07:00");
        Assert.Equal(["23T09", "24T09", "24T10", "25T09", "25T10"], await Shown());
        Assert.Equal(["23T09", "24T09", "24T10", "25T09", "25T10"], await Shown());

        world.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(["23T09", "23T10", "24T09", "24T10", "25T09", "25T10"], await Shown());

        world.Clock.Advance(TimeSpan.FromHours(5.75));
        Assert.Equal("23T09", (await Shown())[0]);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("23T10", (await Shown())[0]);

        world.Clock.Advance(TimeSpan.FromHours(15) + TimeSpan.FromMinutes(59));
        Assert.Equal("25T10", (await Shown())[^1]);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("26T10", (await Shown())[^1]);
    }

    [Fact]
    public async Task Without_dates_it_is_always_today()
    {
        var person = await world.Practitioner();
        async Task<string> First() => (await (await Openings.Ask(world, person, null, dates: "")).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("days")[0].GetProperty("date").GetString()!;

        var before = await First();
        world.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, DateOnly.Parse(await First(), System.Globalization.CultureInfo.InvariantCulture).DayNumber - DateOnly.Parse(before, System.Globalization.CultureInfo.InvariantCulture).DayNumber);
    }
}

file static class Openings
{
    public static Task<HttpResponseMessage> Ask(World world, Person person, string? tag, string dates = "&from=2026-12-01&to=2026-12-01")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/practitioners/{person.Id}/openings?service={person.ServiceId}{dates}");
        if (tag is not null)
            request.Headers.Add("If-None-Match", tag);
        return world.Service.Guest().SendAsync(request);
    }
}
