using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Platform;
using TestKit;
using Xunit;

namespace Availability.Tests;

/// <summary>The service beside a server on which calendars lie. The clock is moved by tests, and what is due by then is asked.</summary>
public class WorldOfCalendars : World
{
    public Elsewhere Elsewhere { get; private set; } = null!;

    protected override Dictionary<string, string?> Settings => new(base.Settings) { ["FEEDS_ALLOW_PRIVATE"] = "on" };

    public Task<HttpResponseMessage> Add(Person person, Uri url, string? name = null) =>
        DeskOf(person).PostAsJsonAsync("/api/v1/me/calendars", new AddCalendar.Request(url.OriginalString, name), Json.Strict);

    /// <summary>Adds a calendar and waits until it has been asked once.</summary>
    public async Task<Guid> Follow(Person person, Uri url, string? name = null)
    {
        var added = await Add(person, url, name).Is<ListCalendars.Item>(201);
        await Becomes(added.Id, c => c.LastTriedAt is not null);
        return added.Id;
    }

    public Task<HttpResponseMessage> Tell(Person person, Guid calendar, string deed) =>
        DeskOf(person).PostAsync(new Uri($"/api/v1/me/calendars/{calendar}/{deed}", UriKind.Relative), null);

    public async Task<ListCalendars.Item> Calendar(Person person, Guid id) =>
        (await DeskOf(person).At("calendars").Is<ListCalendars.Response>(200)).Items.Single(c => c.Id == id);

    public Task Becomes(Guid id, Func<OutsideCalendar, bool> so) =>
        Eventually.True(async () => so(await Stored(id)), TimeSpan.FromSeconds(60), "the calendar's state");

    public Task<OutsideCalendar> Stored(Guid id) => Service.In(db => db.OutsideCalendars.AsNoTracking().SingleAsync(c => c.Id == id));

    /// <summary>Moves the clock, and waits until this calendar has been asked again.</summary>
    public async Task Later(Guid id, TimeSpan by)
    {
        Clock.Advance(by);
        var now = Now;
        await Becomes(id, c => c.LastTriedAt >= now);
    }

    /// <summary>A booking whose time is kept for good.</summary>
    public async Task<Guid> Appointment(Person person, string start)
    {
        var booking = await Booked(person, start);
        var kept = await Service.AsService().PostAsync(new Uri($"/internal/claims/{booking}/keep", UriKind.Relative), null);
        Assert.True(kept.IsSuccessStatusCode);
        return booking;
    }

    /// <summary>What waits to be told to others, in the order it was said.</summary>
    public Task<List<string>> Facts(Guid about) => Service.In(db => db.Database.SqlQuery<string>(
        $"""
        SELECT split_part(split_part(type, ',', 1), '.', 2) || CASE body ->> 'openingsWithdrawn' WHEN 'true' THEN ' withdrawn' ELSE '' END AS "Value"
        FROM outbox WHERE body ->> 'calendarId' = {about.ToString()} ORDER BY id
        """).ToListAsync());

    protected override async Task Ready() => Elsewhere = await Elsewhere.Open();
}
