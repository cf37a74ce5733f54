using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform;
using TestKit;

namespace Bookings.Tests;

/// <summary>Stands where Availability would: keeps one claim per booking and lets nobody else have its start.</summary>
public sealed class AvailabilityPeer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Guid, ClaimRequest> claims = new();
    private readonly ConcurrentDictionary<Guid, int> moves = new();
    private readonly ConcurrentDictionary<string, Guid> holds = new();
    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private FakePeer peer = null!;
    private int starts;

    private AvailabilityPeer(TimeProvider clock) => this.clock = clock;

    public Uri Url => peer.Url;

    public IReadOnlyDictionary<Guid, ClaimRequest> Claims => claims;

    public ConcurrentBag<Guid> Kept { get; } = [];

    public ConcurrentBag<Guid> Released { get; } = [];

    /// <summary>Days that were taken off, by their ids.</summary>
    public ConcurrentDictionary<Guid, DayRequest> DaysOff { get; } = new();

    /// <summary>Visits that have a free time, by their service.</summary>
    public ConcurrentDictionary<Guid, bool> HaveOpenings { get; } = new();

    /// <summary>A start that is offered at one place only.</summary>
    public (DateTimeOffset Start, Guid LocationId)? OfferedOnlyAt { get; set; }

    /// <summary>A start for which a practitioner has to give a reason.</summary>
    public DateTimeOffset? Unusual { get; set; }

    /// <summary>What is said to a claim, keep, move or release, if anything but what is true.</summary>
    public Func<HttpContext, Task<IResult?>> Instead { get; set; } = _ => Task.FromResult<IResult?>(null);

    public static async Task<AvailabilityPeer> Start(TimeProvider clock)
    {
        var availability = new AvailabilityPeer(clock);
        availability.peer = await FakePeer.Start(app =>
        {
            app.MapPost("/internal/claims", async (HttpContext http, ClaimRequest claim) => await availability.Instead(http) ?? availability.Claim(claim));
            app.MapPost("/internal/claims/{id:guid}/keep", async (HttpContext http, Guid id) => await availability.Instead(http) ?? availability.Keep(id));
            app.MapPost("/internal/claims/{id:guid}/move", async (HttpContext http, Guid id, MoveRequest move) => await availability.Instead(http) ?? availability.Move(id, move));
            app.MapPut("/internal/practitioners/{practitioner:guid}/days-off/{id:guid}", async (HttpContext http, Guid practitioner, Guid id, DayRequest day) =>
                await availability.Instead(http) ?? availability.TakeDayOff(practitioner, id, day));
            app.MapGet("/api/v1/practitioners/{practitioner:guid}/openings", (Guid service) =>
                TypedResults.Ok(new { days = availability.DaysWithOpenings(service) }));
            app.MapDelete("/internal/claims/{id:guid}", async (HttpContext http, Guid id) => await availability.Instead(http) ?? availability.Release(id));
        });
        return availability;
    }

    /// <summary>A start in December 2026 that no test has had yet, with Denver's offset.</summary>
    public DateTimeOffset NextStart() => new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.FromHours(-7)).AddHours(2 * Interlocked.Increment(ref starts));

    public Task Stop() => peer.Stop();

    public ValueTask DisposeAsync() => peer.DisposeAsync();

    private object[] DaysWithOpenings(Guid service)
    {
        object[] openings = OfferedOnlyAt is { } only ? [new { start = only.Start, end = only.Start.AddHours(1), locationId = only.LocationId }] : [];
        return openings.Length > 0 || HaveOpenings.ContainsKey(service) ? [new { date = "2026-12-03", openings }] : [];
    }

    private IResult Claim(ClaimRequest claim)
    {
        lock (gate)
        {
            if (claims.TryGetValue(claim.BookingId, out var known))
                return Held(known);
            if (claim.Start.Second != 0 || claim.Start <= clock.GetUtcNow())
                return Problem.Unprocessable("not-an-opening", "This time is not offered");
            if (claim.HoldToken is { } token && (token == "ended" || holds.GetOrAdd(token, claim.BookingId) != claim.BookingId))
                return Problem.Of(410, "hold-expired", "The time is no longer kept for you");
            if (IsTaken(claim.PractitionerId, claim.Start, claim.BookingId))
                return Taken(claim.Start, claim.LocationId);
            if (claim.Start == Unusual && !claim.HasReason)
                return claim.ByOwner ? Problem.Validation("reason", "Please say why.") : Problem.Unprocessable("not-an-opening", "This time is not offered");
            if (claim.ClientKey is not null && claims.Values.Count(c => c.ClientKey == claim.ClientKey) >= 5)
                return Problem.Conflict("too-many-holds", "You keep enough times already");
            claims[claim.BookingId] = claim;
            return Held(claim);
        }
    }

    private IResult Keep(Guid id)
    {
        if (!claims.ContainsKey(id))
            return Problem.NotFound;
        Kept.Add(id);
        return TypedResults.Ok(new { });
    }

    private IResult Move(Guid id, MoveRequest move)
    {
        lock (gate)
        {
            if (!claims.TryGetValue(id, out var claim))
                return Problem.NotFound;
            if (moves.GetValueOrDefault(id) < move.Move)
            {
                if (move.Start.Second != 0 || (move.Start == OfferedOnlyAt?.Start && move.LocationId != OfferedOnlyAt?.LocationId))
                    return Problem.Unprocessable("not-an-opening", "This time is not offered");
                if (move.Start == Unusual && !move.HasReason)
                    return move.ByOwner ? Problem.Validation("reason", "Please say why.") : Problem.Unprocessable("not-an-opening", "This time is not offered");
                if (IsTaken(claim.PractitionerId, move.Start, id))
                    return Taken(move.Start, move.LocationId);
                claims[id] = claim = claim with { Start = move.Start, LocationId = move.LocationId };
                moves[id] = move.Move;
            }
            return TypedResults.Ok(new MovedTime(claim.Start, claim.Start.AddMinutes(60)));
        }
    }

    private IResult TakeDayOff(Guid practitioner, Guid id, DayRequest day)
    {
        lock (gate)
        {
            if (day.LocationId is { } place && !claims.Values.Any(c => c.PractitionerId == practitioner && c.LocationId == place))
                return Problem.Validation("locationId", "This is not one of your locations.");
            DaysOff[id] = day;
            return TypedResults.Ok(new DayTaken(
            [
                .. claims.Values
                    .Where(c => c.PractitionerId == practitioner && c.Start > day.Since && DateOnly.FromDateTime(Zones.ToLocal(c.Start, "America/Denver").DateTime) == day.Date)
                    .Where(c => day.LocationId is null || c.LocationId == day.LocationId)
                    .Select(c => c.BookingId),
            ]));
        }
    }

    private NoContent Release(Guid id)
    {
        claims.TryRemove(id, out _);
        Released.Add(id);
        return TypedResults.NoContent();
    }

    private bool IsTaken(Guid practitioner, DateTimeOffset start, Guid by) =>
        claims.Values.Any(c => c.PractitionerId == practitioner && c.BookingId != by && c.Start == start);

    private static ProblemHttpResult Taken(DateTimeOffset start, Guid location) => Problem.Conflict(
        "slot-taken", "That time has just been taken", extensions:
        [new("alternatives", new[] { new { start = start.AddHours(1), end = start.AddHours(2), locationId = location } })]);

    private Ok<HeldTime> Held(ClaimRequest claim) => TypedResults.Ok(new HeldTime(claim.Start, claim.Start.AddMinutes(60), clock.GetUtcNow().AddMinutes(15)));
}

public sealed record DayRequest(DateOnly Date, DateTimeOffset Since, Guid? LocationId);
