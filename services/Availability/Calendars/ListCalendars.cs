using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Availability;

/// <summary>A practitioner sees which calendars elsewhere are read for them, and how each stands.</summary>
public static class ListCalendars
{
    public sealed record Response(IReadOnlyList<Item> Items, string? NextCursor = null);

    /// <param name="Host">All of its address that is ever shown.</param>
    /// <param name="LastSuccessAt">What it said then is what holds.</param>
    /// <param name="FailingSince">The first of the tries in a row that failed.</param>
    /// <param name="Problem">Why, in words for its owner.</param>
    /// <param name="WithdrawsAt">When the openings are withdrawn unless it answers before.</param>
    public sealed record Item(
        Guid Id, string Name, string Host, CalendarState State, DateTimeOffset? LastSuccessAt, DateTimeOffset? LastTriedAt, DateTimeOffset NextTryAt,
        DateTimeOffset? FailingSince, string? Problem, DateTimeOffset? WithdrawsAt)
    {
        public static Item Of(OutsideCalendar calendar) => new(
            calendar.Id, calendar.Name, calendar.Host, calendar.State, calendar.LastSuccessAt, calendar.LastTriedAt, calendar.DueAt,
            calendar.FailingSince, calendar.Problem?.Words(), calendar.State == CalendarState.Failing ? calendar.FailingSince + OutsideCalendar.Grace : null);
    }

    public static void Map(IEndpointRouteBuilder calendars) => calendars.MapGet("/", Handle).WithName(nameof(ListCalendars));

    public static async Task<Ok<Response>> Handle(CurrentPractitioner me, AvailabilityDb db, CancellationToken ct)
    {
        var calendars = await db.OutsideCalendars.AsNoTracking().Where(c => c.PractitionerId == me.Id).OrderBy(c => c.Id).ToListAsync(ct);
        return TypedResults.Ok(new Response([.. calendars.Select(Item.Of)]));
    }
}
