using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Availability;

/// <summary>A practitioner goes on without a calendar that does not answer: openings are offered as if it were not there, until it answers again.</summary>
public static class IgnoreCalendar
{
    public static void Map(IEndpointRouteBuilder calendars) => calendars
        .MapPost("/{id:guid}/ignore", Handle)
        .WithName(nameof(IgnoreCalendar))
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    public static async Task<Results<Ok<ListCalendars.Item>, ProblemHttpResult>> Handle(
        Guid id, CurrentPractitioner me, AvailabilityDb db, TimeProvider clock, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockTime(me.Id, ct);
        if (await OutsideCalendar.Lock(db, id, ct) is not { } calendar || calendar.PractitionerId != me.Id)
            return Problem.NotFound;
        if (!calendar.Ignore())
            return Problems.CalendarInOrder;
        await db.SaveChangesAsync(ct);
        await db.OpeningsMayHaveChanged(clock.GetUtcNow(), ct, me.Id);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(ListCalendars.Item.Of(calendar));
    }
}
