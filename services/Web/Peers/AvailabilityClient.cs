using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Web.Peers;

/// <summary>When a practitioner is free, and keeping one such time.</summary>
public sealed class AvailabilityClient(HttpClient http)
{
    /// <param name="timeZone">By whose clock days begin and times are told; the place's own when null.</param>
    /// <param name="holdToken">Of one's own hold, which takes no time then.</param>
    public Task<Openings?> Openings(string slug, Guid service, DateOnly from, DateOnly to, Guid? location, CancellationToken ct, string? timeZone = null, string? holdToken = null) =>
        http.AskMaybe<Openings>(
            QueryHelpers.AddQueryString($"/api/v1/practitioners/{Uri.EscapeDataString(slug)}/openings", new Dictionary<string, string?>
            {
                ["service"] = service.ToString(),
                ["from"] = from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                ["to"] = to.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                ["location"] = location?.ToString(),
                ["timeZone"] = timeZone,
            }),
            ct, (HoldTokenHeader, holdToken));

    /// <exception cref="RefusedException"><c>slot-taken</c> with alternatives, or <c>not-an-opening</c>.</exception>
    public Task<Hold> Keep(Guid practitioner, Guid service, Guid location, DateTimeOffset start, string? replaces, CancellationToken ct) =>
        http.Send<Hold>(HttpMethod.Post, "/api/v1/holds", new { practitionerId = practitioner, serviceId = service, locationId = location, start, replaces }, ct);

    /// <summary>Ten more minutes, once.</summary>
    public Task<Extension> Extend(Guid hold, string token, CancellationToken ct) =>
        http.Send<Extension>(HttpMethod.Post, $"/api/v1/holds/{hold}/extend", null, ct, (HoldTokenHeader, token));

    public async Task LetGo(Guid hold, string token, CancellationToken ct) =>
        (await http.Send(HttpMethod.Delete, $"/api/v1/holds/{hold}", null, ct, (HoldTokenHeader, token))).Dispose();

    /// <summary>When the caller works, and the tag to save it under.</summary>
    public async Task<(Schedule Schedule, string? Tag)> MySchedule(CancellationToken ct)
    {
        using var answer = await http.Send(HttpMethod.Get, "/api/v1/me/schedule", null, ct);
        return ((await answer.Content.ReadFromJsonAsync<Schedule>(Answers.Format, ct))!, answer.Headers.ETag?.ToString());
    }

    /// <exception cref="RefusedException">400 with the hours that cannot be; 412 when it was changed elsewhere.</exception>
    public async Task Save(Schedule schedule, string? tag, CancellationToken ct) =>
        (await http.Send(HttpMethod.Put, "/api/v1/me/schedule", schedule, ct, ("If-Match", tag))).Dispose();

    /// <summary>The caller's hours, extra hours and time off of these dates, both included and at most 62.</summary>
    public async Task<IReadOnlyList<DeskDay>> MyDays(DateOnly from, DateOnly to, CancellationToken ct) =>
        (await http.Ask<DeskDays>(string.Create(CultureInfo.InvariantCulture, $"/api/v1/me/schedule/days?from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}"), ct)).Days;

    /// <summary>The public holidays of a year where the caller works, as far as they are ahead.</summary>
    public Task<Holidays> Holidays(int year, CancellationToken ct) =>
        http.Ask<Holidays>(string.Create(CultureInfo.InvariantCulture, $"/api/v1/me/time-off/suggestions?year={year}"), ct);

    /// <returns>How many visits lie in it and stay.</returns>
    /// <exception cref="RefusedException">400 with what cannot be.</exception>
    public async Task<int> TakeTimeOff(NewTimeOff off, CancellationToken ct) =>
        (await http.Send<TakenOff>(HttpMethod.Post, "/api/v1/me/time-off", off, ct)).Conflicts.Count;

    /// <exception cref="RefusedException">400 with what cannot be.</exception>
    public async Task AddExtraHours(NewExtraHours hours, CancellationToken ct) =>
        (await http.Send(HttpMethod.Post, "/api/v1/me/extra-hours", hours, ct)).Dispose();

    /// <param name="what"><c>time-off</c> or <c>extra-hours</c>.</param>
    public async Task Drop(string what, Guid id, CancellationToken ct) =>
        (await http.Send(HttpMethod.Delete, $"/api/v1/me/{what}/{id}", null, ct)).Dispose();

    private const string HoldTokenHeader = "X-Hold-Token";
}

public sealed record Openings
{
    public string TimeZone { get; init; } = "UTC";
    public IReadOnlyList<OpenDay> Days { get; init; } = [];
}

public sealed record OpenDay
{
    public DateOnly Date { get; init; }
    public IReadOnlyList<Opening> Openings { get; init; } = [];
}

public sealed record Opening(DateTimeOffset Start, DateTimeOffset? End, Guid LocationId);

public sealed record Hold(Guid Id, string Token, DateTimeOffset ExpiresAt);

/// <summary>When a practitioner works, as one document.</summary>
public sealed record Schedule
{
    public IReadOnlyList<LocationHours> Locations { get; init; } = [];
    public int MinimumNoticeMinutes { get; init; }
    public int HorizonDays { get; init; }
    public int StartIntervalMinutes { get; init; }
    public int BufferBeforeMinutes { get; init; }
    public int BufferAfterMinutes { get; init; }
    public int? MaxPerDay { get; init; }
    public int? MaxPerWeek { get; init; }
    public int TravelGapMinutes { get; init; }
}

/// <param name="Later">Hours that hold instead from a date on.</param>
public sealed record LocationHours(Guid LocationId, string TimeZone, IReadOnlyList<WeeklyHours> Weekly, IReadOnlyList<LaterHours>? Later = null);

public sealed record LaterHours(DateOnly From, IReadOnlyList<WeeklyHours> Weekly);

/// <param name="Day">camelCase, as in <c>monday</c>.</param>
/// <param name="From"><c>HH:mm</c>.</param>
/// <param name="To"><c>HH:mm</c>; not after <paramref name="From"/> means the next day.</param>
/// <param name="Services">The only services that can be had then; all when null.</param>
public sealed record WeeklyHours(string Day, string From, string To, IReadOnlyList<Guid>? Services = null);

public sealed record Extension(DateTimeOffset ExpiresAt);
