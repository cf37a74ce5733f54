using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Availability;

/// <summary>A practitioner who has changed something elsewhere has the calendar read at once, though not more often than every half minute.</summary>
public static class RetryCalendar
{
    public static void Map(IEndpointRouteBuilder calendars) => calendars
        .MapPost("/{id:guid}/retry", Handle)
        .WithName(nameof(RetryCalendar))
        .ProducesProblem(StatusCodes.Status404NotFound);

    public static async Task<Results<Ok<ListCalendars.Item>, ProblemHttpResult>> Handle(
        Guid id, CurrentPractitioner me, AvailabilityDb db, TimeProvider clock, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await OutsideCalendar.Lock(db, id, ct) is not { } calendar || calendar.PractitionerId != me.Id)
            return Problem.NotFound;
        calendar.AskNow(clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(ListCalendars.Item.Of(calendar));
    }
}
