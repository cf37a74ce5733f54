using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Availability;

/// <summary>A practitioner does not work these extra hours after all. Appointments in them stay.</summary>
public static class DropExtraHours
{
    public static void Map(IEndpointRouteBuilder desk) => desk
        .MapDelete("/extra-hours/{id:guid}", Handle)
        .WithName(nameof(DropExtraHours))
        .ProducesProblem(StatusCodes.Status404NotFound);

    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(Guid id, CurrentPractitioner me, AvailabilityDb db, TimeProvider clock, CancellationToken ct)
    {
        var one = db.ExtraHours.Where(t => t.Id == id && t.PractitionerId == me.Id);
        return await db.Drop(one, me.Id, clock.GetUtcNow(), ct) ? TypedResults.NoContent() : Problem.NotFound;
    }
}
