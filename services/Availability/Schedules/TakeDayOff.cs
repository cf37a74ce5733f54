using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Availability;

/// <summary>
/// A practitioner calls off the rest of a day: nobody can take any of it from now on, and Bookings, which asks for this, hears whose visits lie in
/// it. A repeat takes nothing more, and hears of those that are still there.
/// </summary>
public static class TakeDayOff
{
    /// <param name="Date">On the clock of the location of each visit.</param>
    /// <param name="Since">Visits that began before are left alone.</param>
    /// <param name="LocationId">Only there; everywhere when left out.</param>
    public sealed record Request(DateOnly Date, DateTimeOffset Since, Guid? LocationId = null);

    public sealed record Response(IReadOnlyList<Guid> BookingIds);

    public static void Map(IEndpointRouteBuilder daysOff) => daysOff.MapPut("/{id:guid}", Handle);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid practitionerId, Guid id, Request request, AvailabilityDb db, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var practitioner = await Practitioner.Lock(db, practitionerId, ct);
        if (!await db.TimeOff.AnyAsync(t => t.Id == id, ct))
        {
            if (request.LocationId is { } place && !await IsTheirs(db, practitioner, place, ct))
                return Problem.Validation("locationId", "This is not one of your locations.");
            db.Add(new TimeOff
            {
                Id = id,
                PractitionerId = practitionerId,
                LocationId = request.LocationId,
                FromLocal = request.Date.ToDateTime(TimeOnly.MinValue),
                ToLocal = request.Date.AddDays(1).ToDateTime(TimeOnly.MinValue),
            });
        }

        // Any zone's day lies within a day of the same date in UTC.
        var around = new DateTimeOffset(request.Date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var (from, until, since) = (around.AddDays(-1), around.AddDays(2), request.Since.ToUniversalTime());
        var claims = await db.Claims
            .Where(c => c.PractitionerId == practitionerId && c.State == ClaimState.Live && c.StartsAt > since && c.StartsAt >= from && c.StartsAt < until)
            .Where(c => request.LocationId == null || c.LocationId == request.LocationId)
            .OrderBy(c => c.StartsAt)
            .ToListAsync(ct);
        claims.RemoveAll(c => DateOnly.FromDateTime(Zones.ToLocal(c.StartsAt, c.TimeZone).DateTime) != request.Date);

        // A hold that is nobody's booking yet could become one for as long as it lasts.
        foreach (var hold in claims.Where(c => c.BookingId is null))
            hold.Release();
        await db.SaveChangesAsync(ct);
        await db.OpeningsMayHaveChanged(now, ct, practitionerId);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(new Response([.. claims.Select(c => c.BookingId).OfType<Guid>()]));
    }

    /// <summary>Also a place that was given up, as long as there are visits at it.</summary>
    private static async Task<bool> IsTheirs(AvailabilityDb db, Practitioner practitioner, Guid locationId, CancellationToken ct) =>
        (await Schedule.Of(db, practitioner, ct)).Locations.Any(l => l.LocationId == locationId)
        || await db.Claims.AnyAsync(c => c.PractitionerId == practitioner.Id && c.State == ClaimState.Live && c.LocationId == locationId, ct);
}
