using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Availability;

/// <summary>A practitioner works after all.</summary>
public static class DropTimeOff
{
    public static void Map(IEndpointRouteBuilder desk) => desk
        .MapDelete("/time-off/{id:guid}", Handle)
        .WithName(nameof(DropTimeOff))
        .ProducesProblem(StatusCodes.Status404NotFound);

    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(Guid id, CurrentPractitioner me, AvailabilityDb db, TimeProvider clock, CancellationToken ct)
    {
        var one = db.TimeOff.Where(t => t.Id == id && t.PractitionerId == me.Id);
        return await db.Drop(one, me.Id, clock.GetUtcNow(), ct) ? TypedResults.NoContent() : Problem.NotFound;
    }
}
