using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Availability;

/// <summary>A practitioner reads when they work.</summary>
public static class ReadSchedule
{
    public static void Map(IEndpointRouteBuilder desk) => desk.MapGet("/schedule", Handle).WithName(nameof(ReadSchedule));

    public static async Task<Results<Ok<Schedule>, ProblemHttpResult>> Handle(CurrentUser user, HttpContext http, AvailabilityDb db, CancellationToken ct)
    {
        if (user.PractitionerId is not { } practitionerId)
            return Problem.Forbidden;
        var stored = await db.Schedules.AsNoTracking().SingleOrDefaultAsync(s => s.PractitionerId == practitionerId, ct);
        var offer = (await db.Practitioners.AsNoTracking().SingleOrDefaultAsync(p => p.Id == practitionerId, ct))?.Offer ?? Offer.Nothing;
        http.Response.Headers.ETag = ETags.Weak(stored?.Version ?? 0);
        return TypedResults.Ok(stored is null ? Schedule.Default(offer) : stored.Document.With(offer));
    }
}
