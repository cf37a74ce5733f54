using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Contracts;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Platform;
using TestKit;
using Xunit;

namespace Availability.Tests;

/// <summary>The service on its own database, with practitioners to visit. The clock stands at Monday 23 November 2026, 09:00 UTC, until a test moves it.</summary>
public class World : IAsyncLifetime
{
    public ServiceFactory<Program, AvailabilityDb> Service { get; private set; } = null!;

    public FakeClock Clock => Service.Clock;

    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>All tests call from one address.</summary>
    protected virtual Dictionary<string, string?> Settings => new() { ["MAX_HOLDS_PER_ADDRESS"] = "100000" };

    protected virtual bool WithBroker => false;

    public async Task InitializeAsync()
    {
        Service = await ServiceFactory<Program, AvailabilityDb>.Start(Settings, WithBroker);
        await Ready();
    }

    public async Task DisposeAsync() => await Service.DisposeAsync();

    /// <summary>A published practitioner with one location and one visit of 60 minutes, open every day from 09:00 to 17:00 with starts each 30 minutes.</summary>
    /// <param name="longer">Minutes of another visit that can be had as well.</param>
    public async Task<Person> Practitioner(
        string zone = "America/Denver", string from = "09:00", string to = "17:00", int interval = 30, int before = 0, int after = 0, int notice = 0,
        int horizon = 400, int? maxPerDay = null, int minutes = 60, int? longer = null)
    {
        var person = new Person(Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), zone, Guid.CreateVersion7());
        var offer = new Offer([new(person.LocationId, zone)], [new(person.ServiceId, minutes, [person.LocationId], false, false), .. longer is { } more ? (PublishedService[])[new(person.LongServiceId, more, [person.LocationId], false, false)] : []]);
        var week = Enum.GetValues<DayOfWeek>().Select(d => new WeeklyHours(d, Time(from), Time(to)));
        var schedule = new Schedule([new(person.LocationId, zone, [.. week])], notice, horizon, interval, before, after, maxPerDay);
        await Service.In(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            (await Availability.Practitioner.Lock(db, person.Id, default)).Publish(1, offer);
            db.Add(StoredSchedule.First(person.Id, schedule));
            await db.SaveChangesAsync();
            await db.Database.ExecuteSqlAsync($"INSERT INTO openings_told (practitioner_id, version, refresh_at) VALUES ({person.Id}, 0, {Now})");
            await transaction.CommitAsync();
            return 0;
        });
        return person;
    }

    public HttpClient DeskOf(Person person) => Service.As("practitioner", practitionerId: person.Id);

    /// <param name="holdToken">Of the asker's own hold.</param>
    public async Task<JsonElement> Openings(Person person, string from, string to, string more = "", string? holdToken = null)
    {
        using var guest = Service.Guest();
        if (holdToken is not null)
            guest.DefaultRequestHeaders.Add(HoldToken.Header, holdToken);
        var answer = await guest.GetAsync(new Uri($"/api/v1/practitioners/{person.Id}/openings?service={person.ServiceId}&from={from}&to={to}{more}", UriKind.Relative));
        Assert.Equal(200, (int)answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <inheritdoc cref="Openings"/>
    public async Task<List<string>> Starts(Person person, string from, string to, string more = "", string? holdToken = null) =>
    [
        .. (await Openings(person, from, to, more, holdToken)).GetProperty("days").EnumerateArray()
            .SelectMany(d => d.GetProperty("openings").EnumerateArray()).Select(o => o.GetProperty("start").GetString()!),
    ];

    public Task<HttpResponseMessage> Hold(Person person, string start, string? replaces = null) =>
        Service.Guest().PostAsJsonAsync("/api/v1/holds", new HoldTime.Request(person.Id, person.ServiceId, person.LocationId, At(start), replaces), Json.Strict);

    public async Task<HoldTime.Response> Held(Person person, string start, string? replaces = null)
    {
        var answer = await Hold(person, start, replaces);
        Assert.Equal(201, (int)answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<HoldTime.Response>(Json.Tolerant))!;
    }

    public Task<HttpResponseMessage> Claim(Person person, string start, Guid? booking = null, string? holdToken = null, string? clientKey = null, bool isFree = false) =>
        Service.AsService().PostAsJsonAsync(
            "/internal/claims",
            new ClaimForBooking.Request(booking ?? Guid.CreateVersion7(), person.Id, person.ServiceId, person.LocationId, At(start), holdToken, clientKey, IsFree: isFree), Json.Strict);

    public async Task<Guid> Booked(Person person, string start)
    {
        var booking = Guid.CreateVersion7();
        Assert.Equal(200, (int)(await Claim(person, start, booking)).StatusCode);
        return booking;
    }

    public Task<HttpResponseMessage> Move(Guid booking, int move, Person person, string start) =>
        Service.AsService().PostAsJsonAsync($"/internal/claims/{booking}/move", new MoveClaim.Request(move, At(start), person.LocationId), Json.Strict);

    public Task<Availability.Claim> ClaimOf(Guid booking) => Service.In(db => db.Claims.AsNoTracking().SingleAsync(c => c.BookingId == booking));

    public static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    public static TimeOnly Time(string text) => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture);

    protected virtual Task Ready() => Task.CompletedTask;
}

/// <summary>A practitioner of a test.</summary>
public sealed record Person(Guid Id, Guid ServiceId, Guid LocationId, string Zone, Guid LongServiceId = default);

internal static class Answers
{
    /// <summary>Asserts a refusal by its name and answers it.</summary>
    public static async Task<JsonElement> IsProblem(this Task<HttpResponseMessage> asked, int status, string name)
    {
        var answer = await asked;
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"expected {status}, was {(int)answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonSerializer.Deserialize<JsonElement>(text);
        Assert.Equal($"urn:problem:{name}", problem.GetProperty("type").GetString());
        return problem;
    }

    public static async Task<T> Is<T>(this Task<HttpResponseMessage> asked, int status)
    {
        var answer = await asked;
        Assert.True(status == (int)answer.StatusCode, $"expected {status}, was {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<T>(Json.Tolerant))!;
    }

    public static async Task Is(this Task<HttpResponseMessage> asked, int status)
    {
        var answer = await asked;
        Assert.True(status == (int)answer.StatusCode, $"expected {status}, was {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }
}
