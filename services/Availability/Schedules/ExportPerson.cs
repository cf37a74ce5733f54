using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Availability;

/// <summary>A practitioner takes along what is kept about them; Accounts asks for the hours, all dated hours, and the calendars with their secret addresses.</summary>
public static class ExportPerson
{
    public sealed record Request(Guid AccountId, string Email, Guid PractitionerId, IReadOnlyList<Guid> BookingIds, IReadOnlyList<Guid> WaitlistEntryIds);

    /// <param name="Schedule">Null while nothing was set.</param>
    /// <param name="Calendars">Those elsewhere that are read.</param>
    /// <param name="CalendarFeed">Where other calendars can follow their visits.</param>
    public sealed record Response(
        Schedule? Schedule, IReadOnlyList<ListTimeOff.Item> TimeOff, IReadOnlyList<ListExtraHours.Item> ExtraHours,
        IReadOnlyList<Calendar> Calendars, Uri CalendarFeed);

    public sealed record Calendar(string Name, string Address, DateTimeOffset CreatedAt, DateTimeOffset? LastSuccessAt);

    public static void Map(IEndpointRouteBuilder inner) => inner.MapPost("/export", Handle);

    public static async Task<Ok<Response>> Handle(
        Request person, AvailabilityDb db, SecretBox box, LinkTokens tokens, AvailabilityOptions options, CancellationToken ct)
    {
        var id = person.PractitionerId;
        var schedule = await db.Schedules.AsNoTracking().SingleOrDefaultAsync(s => s.PractitionerId == id, ct);
        var timeOff = await db.TimeOff.AsNoTracking().Where(t => t.PractitionerId == id).OrderBy(t => t.FromLocal).ToListAsync(ct);
        var extraHours = await db.ExtraHours.AsNoTracking().Where(t => t.PractitionerId == id).OrderBy(t => t.FromLocal).ToListAsync(ct);
        var calendars = await db.OutsideCalendars.AsNoTracking().Where(c => c.PractitionerId == id).OrderBy(c => c.Id).ToListAsync(ct);
        return TypedResults.Ok(new Response(
            schedule?.Document,
            [.. timeOff.Select(ListTimeOff.Item.Of)],
            [.. extraHours.Select(ListExtraHours.Item.Of)],
            [.. calendars.Select(c => new Calendar(c.Name, box.Open(c.Address, OutsideCalendar.Purpose), c.CreatedAt, c.LastSuccessAt))],
            await ReadCalendarFeed.AddressOf(id, db, tokens, options, ct)));
    }
}
