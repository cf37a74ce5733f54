using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Platform;

namespace Availability;

/// <summary>A practitioner takes time off. Appointments do not prevent it; those that lie in it stay, and are named so that they can be moved.</summary>
public static class TakeTimeOff
{
    public sealed record Response(
        Guid Id, string From, string To, Guid? LocationId, string? Note, bool AllDay, bool EveryYear, IReadOnlyList<Conflict> Conflicts);

    /// <summary>A visit that was agreed before.</summary>
    public sealed record Conflict(Guid BookingId, DateTimeOffset Start, DateTimeOffset End, Guid LocationId);

    /// <summary>Nobody books farther ahead.</summary>
    private const int FarthestVisitDays = 502;

    public static void Map(IEndpointRouteBuilder desk) => desk
        .MapPost("/time-off", Handle)
        .WithName(nameof(TakeTimeOff))
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status409Conflict);

    public static async Task<Results<Created<Response>, ProblemHttpResult>> Handle(
        TimeOffRequest request, CurrentPractitioner me, AvailabilityDb db, TimeProvider clock, CancellationToken ct)
    {
        var check = new Check();
        var (from, to) = request.Edges(check);
        if (check.Failed(out var malformed))
            return malformed;

        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var practitioner = await Practitioner.Lock(db, me.Id, ct);
        var schedule = await Schedule.Of(db, practitioner, ct);
        check.That("locationId", request.LocationId is null || schedule.Locations.Any(l => l.LocationId == request.LocationId), "This is not one of your locations.");
        if (check.Failed(out var unknown))
            return unknown;
        var longOver = DatedHours.LongOver(now);
        if (await db.TimeOff.CountAsync(t => t.PractitionerId == me.Id && (t.ToLocal > longOver || t.EveryYear), ct) >= DatedHours.Most)
            return Problems.TooManyDatedHours;

        var off = new TimeOff
        {
            Id = Guid.CreateVersion7(now),
            PractitionerId = me.Id,
            LocationId = request.LocationId,
            FromLocal = from,
            ToLocal = to,
            Note = request.Note,
            EveryYear = request.EveryYear,
        };
        db.Add(off);
        await db.SaveChangesAsync(ct);
        var conflicts = await Conflicts(db, off, schedule, now, ct);
        await db.OpeningsMayHaveChanged(now, ct, me.Id);
        await transaction.CommitAsync(ct);
        return TypedResults.Created(
            (string?)null, new Response(off.Id, DatedHoursRequest.Shown(from), DatedHoursRequest.Shown(to), off.LocationId, off.Note, off.AllDay, off.EveryYear, conflicts));
    }

    /// <summary>Judged by the clock of each visit's location, or by the zone it was agreed in where the practitioner no longer keeps hours.</summary>
    private static async Task<List<Conflict>> Conflicts(AvailabilityDb db, TimeOff off, Schedule schedule, DateTimeOffset now, CancellationToken ct)
    {
        // No zone is a whole day away from UTC.
        var (from, until) = off.EveryYear
            ? (now.AddDays(-1), now.AddDays(FarthestVisitDays))
            : (new DateTimeOffset(off.FromLocal, TimeSpan.Zero).AddDays(-1), new DateTimeOffset(off.ToLocal, TimeSpan.Zero).AddDays(1));
        var visits = await db.Claims.AsNoTracking()
            .Where(c => c.PractitionerId == off.PractitionerId && c.State == ClaimState.Live && c.BookingId != null && (off.LocationId == null || c.LocationId == off.LocationId))
            .Where(c => c.StartsAt < until && c.BusyUntil > from)
            .OrderBy(c => c.StartsAt)
            .ToListAsync(ct);
        var ranges = off.Between(LocalDate.FromDateTime(from.UtcDateTime), LocalDate.FromDateTime(until.UtcDateTime)).ToList();
        var zones = schedule.Locations.ToDictionary(l => l.LocationId, l => l.TimeZone);
        return
        [
            .. visits
                .Where(v => ranges.Any(r => r.In(Zones.Get(zones.GetValueOrDefault(v.LocationId, v.TimeZone))).Overlaps(v.Visit)))
                .Select(v => new Conflict(v.BookingId!.Value, Zones.ToLocal(v.StartsAt, v.TimeZone), Zones.ToLocal(v.EndsAt, v.TimeZone), v.LocationId)),
        ];
    }
}
