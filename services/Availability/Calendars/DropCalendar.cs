using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Availability;

/// <summary>A practitioner has a calendar elsewhere forgotten, with its address and all that was read in it.</summary>
public static class DropCalendar
{
    public static void Map(IEndpointRouteBuilder calendars) => calendars
        .MapDelete("/{id:guid}", Handle)
        .WithName(nameof(DropCalendar))
        .ProducesProblem(StatusCodes.Status404NotFound);

    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(Guid id, CurrentUser user, AvailabilityDb db, TimeProvider clock, CancellationToken ct)
    {
        if (user.PractitionerId is not { } practitionerId)
            return Problem.Forbidden;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockTime(practitionerId, ct);
        if (await db.OutsideCalendars.Where(c => c.Id == id && c.PractitionerId == practitionerId).ExecuteDeleteAsync(ct) == 0)
            return Problem.NotFound;
        await db.OpeningsMayHaveChanged(clock.GetUtcNow(), ct, practitionerId);
        await transaction.CommitAsync(ct);
        return TypedResults.NoContent();
    }
}
