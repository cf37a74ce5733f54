using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Bookings;

/// <summary>Availability, the owner of time. Every call is keyed by the booking, so a repeat is harmless; a refusal is handed on as it was said.</summary>
public sealed class AvailabilityClient(HttpClient http, Together<TimeAsked, ClaimAnswer> together)
{
    // As far as the pages look.
    private const int DaysAhead = 59;

    /// <summary>
    /// A crowd that wants one time claims it one after the other, until one is told that nobody can have it; that answers everybody who had asked by then.
    /// </summary>
    /// <param name="isFirst">Nobody has claimed for this booking before; otherwise the time may be taken by itself.</param>
    public async Task<(HeldTime? Held, ProblemHttpResult? Refusal)> Claim(ClaimRequest claim, bool isFirst, CancellationToken ct)
    {
        if (claim.HoldToken is not null || !isFirst)
            return (await Ask(claim).WaitAsync(ct)).Ours;
        while (true)
        {
            var answer = await together.Ask(new(claim.PractitionerId, claim.ServiceId, claim.LocationId, claim.Start), () => Ask(claim), ct);
            if (answer.BookingId == claim.BookingId || answer.IsForEverybody)
                return answer.Ours;
        }
    }

    /// <summary>The same for a practitioner, who does not compete with a crowd.</summary>
    public async Task<(HeldTime? Held, ProblemHttpResult? Refusal)> ClaimAsOwner(ClaimRequest claim, CancellationToken ct) =>
        (await Ask(claim with { ByOwner = true }).WaitAsync(ct)).Ours;

    /// <summary>The held time becomes an appointment at once: nothing is to be paid online.</summary>
    public async Task<ProblemHttpResult?> Keep(Guid bookingId, CancellationToken ct)
    {
        using var answer = await http.PostAsync(new Uri($"/internal/claims/{bookingId}/keep", UriKind.Relative), null, ct);
        return await PeerProblem.Read(answer, ct);
    }

    /// <summary>Moves a booking's time. The move's number makes a repeat the same move.</summary>
    public async Task<(MovedTime? Moved, ProblemHttpResult? Refusal)> Move(Guid bookingId, IntendedMove move, CancellationToken ct)
    {
        using var answer = await http.PostAsJsonAsync(new Uri($"/internal/claims/{bookingId}/move", UriKind.Relative), MoveRequest.Of(move), Json.Strict, ct);
        return await PeerProblem.Read(answer, ct) is { } refusal
            ? (null, refusal)
            : (await answer.Content.ReadFromJsonAsync<MovedTime>(Json.Tolerant, ct), null);
    }

    /// <summary>Nobody can take any of that day from now on.</summary>
    /// <returns>The bookings whose visits of that day have not begun; a refusal when the place is not the practitioner's.</returns>
    public async Task<(IReadOnlyList<Guid> BookingIds, ProblemHttpResult? Refusal)> TakeDayOff(DayOff day, CancellationToken ct)
    {
        using var answer = await http.PutAsJsonAsync(
            new Uri($"/internal/practitioners/{day.PractitionerId}/days-off/{day.Id}", UriKind.Relative), new { day.Date, since = day.AskedAt, day.LocationId }, Json.Strict, ct);
        if (answer.StatusCode is System.Net.HttpStatusCode.BadRequest)
            return ([], await PeerProblem.Read(answer, ct));
        answer.EnsureSuccessStatusCode();
        return ((await answer.Content.ReadFromJsonAsync<DayTaken>(Json.Tolerant, ct))!.BookingIds, null);
    }

    /// <summary>Whether anybody could book this visit now, at any place and on any day from <paramref name="from"/> on that can be asked about at once.</summary>
    public async Task<(bool HasAny, ProblemHttpResult? Refusal)> HasOpening(Guid practitionerId, Guid serviceId, DateOnly from, CancellationToken ct)
    {
        var (openings, refusal) = await Openings(practitionerId, serviceId, from, from.AddDays(DaysAhead), ct);
        return (openings is { Days.Count: > 0 }, refusal);
    }

    /// <summary>A place where anybody could begin this visit at <paramref name="start"/>, null where there is none.</summary>
    public async Task<Guid?> PlaceFor(Guid practitionerId, Guid serviceId, DateTimeOffset start, CancellationToken ct)
    {
        var date = DateOnly.FromDateTime(start.UtcDateTime);
        var (openings, _) = await Openings(practitionerId, serviceId, date, date, ct, "&timeZone=UTC");
        return openings?.Days.SelectMany(day => day.Openings).FirstOrDefault(opening => opening.Start == start)?.LocationId;
    }

    /// <summary>Nothing is kept for this booking any more.</summary>
    public async Task Release(Guid bookingId, CancellationToken ct)
    {
        using var answer = await http.DeleteAsync(new Uri($"/internal/claims/{bookingId}", UriKind.Relative), ct);
        if (answer.StatusCode is not System.Net.HttpStatusCode.NotFound)
            answer.EnsureSuccessStatusCode();
    }

    private async Task<(Openings? Openings, ProblemHttpResult? Refusal)> Openings(Guid practitionerId, Guid serviceId, DateOnly from, DateOnly to, CancellationToken ct, string zone = "")
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/api/v1/practitioners/{practitionerId}/openings?service={serviceId}&from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}{zone}");
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), ct);
        return await PeerProblem.Read(answer, ct) is { } refusal ? (null, refusal) : (await answer.Content.ReadFromJsonAsync<Openings>(Json.Tolerant, ct), null);
    }

    /// <summary>Others may be waiting for this answer too, so it is not cancelled with its own caller.</summary>
    private async Task<ClaimAnswer> Ask(ClaimRequest claim)
    {
        using var answer = await http.PostAsJsonAsync(new Uri("/internal/claims", UriKind.Relative), claim, Json.Strict);
        return await PeerProblem.Read(answer, CancellationToken.None) is { } refusal
            ? new(claim.BookingId, null, refusal)
            : new(claim.BookingId, await answer.Content.ReadFromJsonAsync<HeldTime>(Json.Tolerant), null);
    }
}

/// <summary>Which time is wanted, by whomever.</summary>
public sealed record TimeAsked(Guid PractitionerId, Guid ServiceId, Guid LocationId, DateTimeOffset Start);

/// <summary>What Availability said to one booking's claim.</summary>
public sealed record ClaimAnswer(Guid BookingId, HeldTime? Held, ProblemHttpResult? Refusal)
{
    public (HeldTime? Held, ProblemHttpResult? Refusal) Ours => (Held, Refusal);

    /// <summary>Whether it is about the time, and not about who asked.</summary>
    public bool IsForEverybody => Refusal?.ProblemDetails.Type is "urn:problem:slot-taken" or "urn:problem:not-an-opening";
}

/// <param name="ClientKey">Stands for the client's e-mail address, without being it; live unpaid holds are counted by it.</param>
/// <param name="AddressKey">Stands for the network address, in the same way.</param>
public sealed record ClaimRequest(
    Guid BookingId, Guid PractitionerId, Guid ServiceId, Guid LocationId, DateTimeOffset Start, string? HoldToken = null, string? ClientKey = null, string? AddressKey = null)
{
    /// <summary>The practitioner books for a client, by the owner's rules.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ByOwner { get; init; }

    /// <summary>The practitioner has given a reason, in case the time is outside their hours, notice or horizon.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HasReason { get; init; }

    /// <summary>Nothing is due online.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsFree { get; init; }
}

public sealed record MoveRequest(int Move, DateTimeOffset Start, Guid LocationId)
{
    /// <inheritdoc cref="ClaimRequest.ByOwner"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ByOwner { get; init; }

    /// <inheritdoc cref="ClaimRequest.HasReason"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HasReason { get; init; }

    public static MoveRequest Of(IntendedMove move) =>
        new(move.Number, move.Start, move.Place.Id) { ByOwner = move.By is Party.Practitioner, HasReason = move.OwnReason is not null };
}

public sealed record HeldTime(DateTimeOffset Start, DateTimeOffset End, DateTimeOffset ExpiresAt);

public sealed record DayTaken(IReadOnlyList<Guid> BookingIds);

public sealed record MovedTime(DateTimeOffset Start, DateTimeOffset End);

/// <summary>Of an answer about openings, its days; those without any are left out.</summary>
public sealed record Openings(IReadOnlyList<Openings.Day> Days)
{
    public sealed record Day(IReadOnlyList<Opening> Openings);

    public sealed record Opening(DateTimeOffset Start, Guid LocationId);
}
