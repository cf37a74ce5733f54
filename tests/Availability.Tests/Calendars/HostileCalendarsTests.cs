using Microsoft.AspNetCore.Http;
using TestKit;
using Xunit;

namespace Availability.Tests;

/// <summary>A hundred calendars that do what they can to keep us busy, and one practitioner who has nothing to do with them.</summary>
public sealed class HostileCalendarsTests(WorldOfCalendars world) : IClassFixture<WorldOfCalendars>
{
    [Fact]
    public async Task A_hundred_of_them_delay_neither_others_openings_nor_others_calendars()
    {
        var bystander = await world.Practitioner();
        var good = world.Elsewhere.Put("good.ics", Elsewhere.Calendar(("2026-12-01T10:00:00-07:00", "2026-12-01T11:00:00-07:00")));
        var id = await world.Follow(bystander, good);
        var quiet = await Asked(bystander, enough: () => Task.FromResult(true));

        for (var i = 0; i < 10; i++)
        {
            var attacker = await world.Practitioner();
            for (var j = 0; j < 10; j++)
                await world.Add(attacker, world.Elsewhere.Put($"hostile-{i}-{j}.ics", Hostile[j])).Is(201);
        }

        await Eventually.True(() => Task.FromResult(world.Elsewhere.Asked.Count(a => a.Name.StartsWith("hostile", StringComparison.Ordinal)) >= 16), TimeSpan.FromSeconds(30));
        var began = TimeProvider.System.GetTimestamp();
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        var due = world.Now;
        TimeSpan? seen = null;
        var busy = await Asked(bystander, async () =>
        {
            if (seen is null && (await world.Stored(id)).LastTriedAt >= due)
                seen = TimeProvider.System.GetElapsedTime(began);
            return seen is not null || TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(30);
        });

        // A machine that has other things to do is slow without any calendars too.
        Assert.True(busy.Most < Math.Max(200, 3 * quiet.Most), $"openings took {busy}; {quiet} before the calendars came");
        Assert.True(seen < TimeSpan.FromSeconds(10), $"the good calendar was asked after {seen}");
        Assert.Equal(CalendarState.Current, (await world.Stored(id)).State);
    }

    /// <summary>A month of openings, asked for at least two hundred times with a moment in between.</summary>
    private async Task<Took> Asked(Person person, Func<Task<bool>> enough)
    {
        var times = new List<double>();
        while (!await enough() || times.Count < 200)
        {
            var started = TimeProvider.System.GetTimestamp();
            await world.Starts(person, "2026-12-01", "2026-12-31");
            times.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
            await Task.Delay(10);
        }

        times.Sort();
        return new Took(times[(int)(times.Count * 0.99)], times[times.Count / 2]);
    }

    /// <summary>Milliseconds that all but one in a hundred stayed within, and those in the middle.</summary>
    private readonly record struct Took(double Most, double Middle);

    private static readonly byte[] Bomb = Elsewhere.Packed(new byte[200_000_000]);

    private static readonly string Nested = string.Concat(Enumerable.Repeat("BEGIN:VCALENDAR\r\n", 100_000));

    private static readonly string Rules = Elsewhere.Calendar(Enumerable.Range(0, 2000).Select(i => ($"{i}", "2026-12-01T10:00:00Z", "2026-12-01T11:00:00Z")))
        .Replace("SUMMARY", "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\r\nSUMMARY", StringComparison.Ordinal);

    private static readonly RequestDelegate[] Answers = [Silence, Drip, Endless, Packed, Round, Text(Nested), Text(Rules), Text(new string('x', 2_000_000)), Slam, Text("")];

    private static Func<HttpContext, Task>[] Hostile => [.. Answers.Select(a => (Func<HttpContext, Task>)(http => a(http)))];

    private static Task Silence(HttpContext http) => Task.Delay(Timeout.Infinite, http.RequestAborted);

    private static async Task Drip(HttpContext http)
    {
        while (true)
        {
            await http.Response.WriteAsync("X", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            await Task.Delay(200, http.RequestAborted);
        }
    }

    private static async Task Endless(HttpContext http)
    {
        while (!http.RequestAborted.IsCancellationRequested)
            await http.Response.WriteAsync(new string('x', 65536), http.RequestAborted);
    }

    private static Task Packed(HttpContext http)
    {
        http.Response.Headers.ContentEncoding = "gzip";
        return http.Response.Body.WriteAsync(Bomb).AsTask();
    }

    private static Task Round(HttpContext http)
    {
        (http.Response.StatusCode, http.Response.Headers.Location) = (302, http.Request.Path.Value);
        return Task.CompletedTask;
    }

    private static RequestDelegate Text(string text) => http => http.Response.WriteAsync(text);

    private static Task Slam(HttpContext http)
    {
        http.Abort();
        return Task.CompletedTask;
    }
}
