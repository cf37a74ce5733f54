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

    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(Guid id, CurrentUser user, AvailabilityDb db, TimeProvider clock, CancellationToken ct)
    {
        if (user.PractitionerId is not { } practitionerId)
            return Problem.Forbidden;
        var one = db.ExtraHours.Where(t => t.Id == id && t.PractitionerId == practitionerId);
        return await db.Drop(one, practitionerId, clock.GetUtcNow(), ct) ? TypedResults.NoContent() : Problem.NotFound;
    }
}
