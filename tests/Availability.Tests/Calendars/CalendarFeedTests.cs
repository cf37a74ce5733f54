using System.Net.Http.Headers;
using NodaTime;
using TestKit;
using Xunit;

namespace Availability.Tests;

public sealed class CalendarFeedTests(WorldOfCalendars world) : IClassFixture<WorldOfCalendars>
{
    [Fact]
    public async Task Appointments_are_in_it_as_in_the_mailed_invitation_and_nothing_else()
    {
        var person = await world.Practitioner();
        var (first, moved, cancelled) = (await world.Appointment(person, "2026-12-01T09:00:00-07:00"), await world.Appointment(person, "2026-12-02T09:00:00-07:00"), await world.Appointment(person, "2026-12-03T09:00:00-07:00"));
        await world.Held(person, "2026-12-04T09:00:00-07:00");
        await world.Booked(person, "2026-12-05T09:00:00-07:00");
        await world.Move(moved, 1, person, "2026-12-02T11:00:00-07:00").Is(200);
        await world.Service.AsService().DeleteAsync(new Uri($"/internal/claims/{cancelled}", UriKind.Relative));

        var answer = await Fetch(await Url(person));
        var feed = await answer.Content.ReadAsStringAsync();
        Assert.Equal("text/calendar", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Equal([$"UID:{first}@localhost", $"UID:{moved}@localhost"], Lines(feed, "UID"));
        Assert.Equal(["DTSTART:20261201T160000Z", "DTSTART:20261202T180000Z"], Lines(feed, "DTSTART"));
        Assert.Equal(["SEQUENCE:0", "SEQUENCE:1"], Lines(feed, "SEQUENCE"));
        Assert.Equal(["SUMMARY:Visit", "SUMMARY:Visit"], Lines(feed, "SUMMARY"));
        Assert.DoesNotContain("DESCRIPTION", feed, StringComparison.Ordinal);
        Assert.All(feed.Split("\r\n"), line => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(line), 0, 75));

        var whole = new Stretch(Instant.FromUtc(2026, 11, 1, 0, 0), Instant.FromUtc(2027, 11, 1, 0, 0));
        Assert.Equal(
            [Stretch.Of(Instant.FromUtc(2026, 12, 1, 16, 0), 60), Stretch.Of(Instant.FromUtc(2026, 12, 2, 18, 0), 60)],
            CalendarReader.Busy(feed, whole, DateTimeZone.Utc, _ => false));
    }

    [Fact]
    public async Task A_move_that_was_refused_is_no_change()
    {
        var person = await world.Practitioner();
        var (visit, _) = (await world.Appointment(person, "2026-12-01T09:00:00-07:00"), await world.Appointment(person, "2026-12-02T09:00:00-07:00"));
        await world.Move(visit, 1, person, "2026-12-02T09:00:00-07:00").IsProblem(409, "slot-taken");
        await world.Move(visit, 2, person, "2026-12-03T09:00:00-07:00").Is(200);

        Assert.Equal(["SEQUENCE:0", "SEQUENCE:1"], Lines(await (await Fetch(await Url(person))).Content.ReadAsStringAsync(), "SEQUENCE"));
    }

    [Fact]
    public async Task Another_reader_reads_the_same_in_it()
    {
        var person = await world.Practitioner();
        var (first, second) = (await world.Appointment(person, "2026-12-01T09:00:00-07:00"), await world.Appointment(person, "2026-12-02T09:00:00-07:00"));
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.ics");
        await File.WriteAllBytesAsync(file, await (await Fetch(await Url(person))).Content.ReadAsByteArrayAsync());
        var read = new List<string>();
        await foreach (var line in Oracles.Ask("visits.mjs", file))
            read.Add(line);
        File.Delete(file);
        Assert.Equal([$"{first}@localhost 0 Visit 2026-12-01T16:00:00Z 2026-12-01T17:00:00Z", $"{second}@localhost 0 Visit 2026-12-02T16:00:00Z 2026-12-02T17:00:00Z"], read);
    }

    [Fact]
    public async Task It_comes_only_when_it_has_changed()
    {
        var person = await world.Practitioner();
        await world.Appointment(person, "2026-12-01T09:00:00-07:00");
        var url = await Url(person);
        var tag = (await Fetch(url)).Headers.ETag;
        world.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(304, (int)(await Fetch(url, tag)).StatusCode);
        await world.Appointment(person, "2026-12-01T11:00:00-07:00");
        Assert.Equal(200, (int)(await Fetch(url, tag)).StatusCode);
    }

    [Fact]
    public async Task Past_visits_stay_for_a_month()
    {
        var person = await world.Practitioner();
        var start = world.Now.AddDays(1).ToString("yyyy-MM-dd'T'16:00:00'Z'", System.Globalization.CultureInfo.InvariantCulture);
        await world.Appointment(person, start);
        var url = await Url(person);
        world.Clock.Advance(TimeSpan.FromDays(29));
        Assert.Single(Lines(await (await Fetch(url)).Content.ReadAsStringAsync(), "UID"));
        world.Clock.Advance(TimeSpan.FromDays(4));
        Assert.Empty(Lines(await (await Fetch(url)).Content.ReadAsStringAsync(), "UID"));
    }

    [Fact]
    public async Task A_new_address_makes_the_old_one_worthless()
    {
        var (person, other) = (await world.Practitioner(), await world.Practitioner());
        var old = await Url(person);
        Assert.Equal(old, await Url(person));
        var renewed = (await world.DeskOf(person).PostAsync(new Uri("/api/v1/me/calendar-feed/rotate", UriKind.Relative), null).Is<ReadCalendarFeed.Response>(200)).Url;
        Assert.NotEqual(old, renewed);
        Assert.Equal(renewed, await Url(person));
        await Fetch(old).AsRefusal(404);
        Assert.Equal(200, (int)(await Fetch(renewed)).StatusCode);
        // Another's key does not open it, nor does a guess.
        await Fetch(new Uri(renewed.ToString().Replace(person.Id.ToString(), other.Id.ToString(), StringComparison.Ordinal))).AsRefusal(404);
        await Fetch(new Uri($"{renewed.ToString()[..^5]}.ics")).AsRefusal(404);
        await Fetch(new Uri(renewed.ToString().Replace(person.Id.ToString(), Guid.CreateVersion7().ToString(), StringComparison.Ordinal))).AsRefusal(404);
    }

    [Fact]
    public async Task Our_own_feed_makes_nobody_busy_when_it_is_read_back()
    {
        var person = await world.Practitioner(from: "09:00", to: "12:00", interval: 60);
        var booking = await world.Appointment(person, "2026-12-10T09:00:00-07:00");
        var feed = await (await Fetch(await Url(person))).Content.ReadAsStringAsync();
        await world.Follow(person, world.Elsewhere.Put("ours.ics", feed));
        await world.Move(booking, 1, person, "2026-12-10T11:00:00-07:00").Is(200);
        Assert.Equal(["2026-12-10T09:00:00-07:00", "2026-12-10T10:00:00-07:00"], await world.Starts(person, "2026-12-10", "2026-12-10"));
    }

    private static IEnumerable<string> Lines(string feed, string name) => feed.Split("\r\n").Where(line => line.StartsWith(name, StringComparison.Ordinal));

    private async Task<Uri> Url(Person person) => (await world.DeskOf(person).At("calendar-feed").Is<ReadCalendarFeed.Response>(200)).Url;

    private Task<HttpResponseMessage> Fetch(Uri url, EntityTagHeaderValue? known = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url.PathAndQuery);
        if (known is not null)
            request.Headers.IfNoneMatch.Add(known);
        return world.Service.Guest().SendAsync(request);
    }
}

file static class Refused
{
    public static async Task AsRefusal(this Task<HttpResponseMessage> asked, int status) => await Refusal.Is(await asked, status, "not-found");
}
