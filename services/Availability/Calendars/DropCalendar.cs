using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Availability;

/// <summary>A practitioner has a calendar elsewhere forgotten, with its address and all that was read in it.</summary>
public static class DropCalendar
{
    public static void Map(IEndpointRouteBuilder calendars) => calendars
        .MapDelete("/{id:guid}", Handle)
        .WithName(nameof(DropCalendar))
        .ProducesProblem(StatusCodes.Status404NotFound);

    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(Guid id, CurrentPractitioner me, AvailabilityDb db, TimeProvider clock, CancellationToken ct)
    {
        var one = db.OutsideCalendars.Where(c => c.Id == id && c.PractitionerId == me.Id);
        return await db.Drop(one, me.Id, clock.GetUtcNow(), ct) ? TypedResults.NoContent() : Problem.NotFound;
    }
}
