using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Availability;

/// <summary>A practitioner says when they work from now on. Appointments that were made before stay.</summary>
public static class ChangeSchedule
{
    public static void Map(IEndpointRouteBuilder desk) => desk
        .MapPut("/schedule", Handle)
        .WithName(nameof(ChangeSchedule))
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status428PreconditionRequired);

    public static async Task<Results<Ok<Schedule>, ProblemHttpResult>> Handle(
        Schedule schedule, CurrentUser user, HttpContext http, AvailabilityDb db, TimeProvider clock, CancellationToken ct)
    {
        if (user.PractitionerId is not { } practitionerId)
            return Problem.Forbidden;
        var check = new Check();
        schedule.Validate(check);
        if (check.Failed(out var problem))
            return problem;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await Practitioner.Lock(db, practitionerId, ct);
        var stored = await db.Schedules.SingleOrDefaultAsync(s => s.PractitionerId == practitionerId, ct);
        if (ETags.Require(http, stored?.Version ?? 0) is { } stale)
            return stale;
        if (stored is null)
            db.Add(stored = StoredSchedule.First(practitionerId, schedule));
        else
            stored.Replace(schedule);
        await db.SaveChangesAsync(ct);
        await db.OpeningsMayHaveChanged(clock.GetUtcNow(), ct, practitionerId);
        await transaction.CommitAsync(ct);
        http.Response.Headers.ETag = ETags.Weak(stored.Version);
        return TypedResults.Ok(schedule);
    }
}
