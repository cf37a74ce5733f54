using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Availability;

/// <summary>A practitioner reads when they work.</summary>
public static class ReadSchedule
{
    public static void Map(IEndpointRouteBuilder desk) => desk.MapGet("/schedule", Handle).WithName(nameof(ReadSchedule));

    public static async Task<Ok<Schedule>> Handle(CurrentPractitioner me, HttpContext http, AvailabilityDb db, CancellationToken ct)
    {
        var stored = await db.Schedules.AsNoTracking().SingleOrDefaultAsync(s => s.PractitionerId == me.Id, ct);
        var offer = (await db.Practitioners.AsNoTracking().SingleOrDefaultAsync(p => p.Id == me.Id, ct))?.Offer ?? Offer.Nothing;
        http.Response.Headers.ETag = ETags.Weak(stored?.Version ?? 0);
        return TypedResults.Ok(stored is null ? Schedule.Default(offer) : stored.Document.With(offer));
    }
}
