using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Web.Peers;

/// <summary>When a practitioner is free, and keeping one such time.</summary>
public sealed class AvailabilityClient(HttpClient http)
{
    public Task<Openings?> Openings(string slug, Guid service, DateOnly from, DateOnly to, Guid? location, CancellationToken ct) =>
        http.AskMaybe<Openings>(
            QueryHelpers.AddQueryString($"/api/v1/practitioners/{Uri.EscapeDataString(slug)}/openings", new Dictionary<string, string?>
            {
                ["service"] = service.ToString(),
                ["from"] = from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                ["to"] = to.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                ["location"] = location?.ToString(),
            }),
            ct);

    /// <exception cref="RefusedException"><c>slot-taken</c> with alternatives, or <c>not-an-opening</c>.</exception>
    public Task<Hold> Keep(Guid practitioner, Guid service, Guid location, DateTimeOffset start, string? replaces, CancellationToken ct) =>
        http.Send<Hold>(HttpMethod.Post, "/api/v1/holds", new { practitionerId = practitioner, serviceId = service, locationId = location, start, replaces }, ct);

    /// <summary>Ten more minutes, once.</summary>
    public Task<Extension> Extend(Guid hold, string token, CancellationToken ct) =>
        http.Send<Extension>(HttpMethod.Post, $"/api/v1/holds/{hold}/extend", null, ct, (HoldTokenHeader, token));

    public async Task LetGo(Guid hold, string token, CancellationToken ct) =>
        (await http.Send(HttpMethod.Delete, $"/api/v1/holds/{hold}", null, ct, (HoldTokenHeader, token))).Dispose();

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

public sealed record Extension(DateTimeOffset ExpiresAt);
