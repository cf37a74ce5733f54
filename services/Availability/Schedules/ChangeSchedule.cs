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
        Schedule schedule, CurrentPractitioner me, HttpContext http, AvailabilityDb db, TimeProvider clock, CancellationToken ct)
    {
        var check = new Check();
        schedule.Validate(check);
        if (check.Failed(out var problem))
            return problem;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await Practitioner.Lock(db, me.Id, ct);
        var stored = await db.Schedules.SingleOrDefaultAsync(s => s.PractitionerId == me.Id, ct);
        if (ETags.Require(http, stored?.Version ?? 0) is { } stale)
            return stale;
        if (stored is null)
            db.Add(stored = StoredSchedule.First(me.Id, schedule));
        else
            stored.Replace(schedule);
        await db.SaveChangesAsync(ct);
        await db.OpeningsMayHaveChanged(clock.GetUtcNow(), ct, me.Id);
        await transaction.CommitAsync(ct);
        http.Response.Headers.ETag = ETags.Weak(stored.Version);
        return TypedResults.Ok(schedule);
    }
}
