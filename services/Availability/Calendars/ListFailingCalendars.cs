using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Availability;

/// <summary>An operator sees which calendars elsewhere do not answer, those that have failed for longest first.</summary>
public static class ListFailingCalendars
{
    private const int Most = 100;

    /// <param name="Total">How many fail, of which the first hundred are listed.</param>
    public sealed record Response(int Total, IReadOnlyList<Item> Items);

    /// <param name="Host">All of its address that is ever shown.</param>
    public sealed record Item(Guid Id, Guid PractitionerId, string Host, CalendarState State, CalendarProblem Problem, DateTimeOffset FailingSince);

    public static void Map(IEndpointRouteBuilder operators) => operators.MapGet("/calendars", Handle);

    public static async Task<Ok<Response>> Handle(AvailabilityDb db, CancellationToken ct)
    {
        var failing = db.OutsideCalendars.AsNoTracking().Where(c => c.FailingSince != null);
        return TypedResults.Ok(new Response(
            await failing.CountAsync(ct),
            await failing.OrderBy(c => c.FailingSince).ThenBy(c => c.Id).Take(Most)
                .Select(c => new Item(c.Id, c.PractitionerId, c.Host, c.State, c.Problem!.Value, c.FailingSince!.Value)).ToListAsync(ct)));
    }
}
