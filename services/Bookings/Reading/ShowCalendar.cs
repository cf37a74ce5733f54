using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Bookings.Reading;

/// <summary>A calendar fetches the visit as a file; the same entry every time, so that a change replaces what was there.</summary>
public static class ShowCalendar
{
    public static void Map(IEndpointRouteBuilder bookings) => bookings
        .MapGet("/{id:guid}/calendar.ics", Handle)
        .WithName(nameof(ShowCalendar))
        .Produces(StatusCodes.Status200OK, contentType: CalendarFile.MediaType)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Handle(
        Guid id, HttpContext http, BookingsDb db, LinkTokens tokens, BookingOptions options, CancellationToken ct, string? token = null)
    {
        var booking = await db.ToRead(id, ct);
        if (await Access.PartyOf(http, booking, tokens, token) is not { } party || booking is null)
            return Problems.NotFound;
        if (!booking.WasConfirmed)
            return Problems.StateConflict("It becomes a calendar entry once it is confirmed.");

        var file = CalendarFile.Of(booking, party, options.PublicUrl.Host);
        return TypedResults.File(Encoding.UTF8.GetBytes(file), CalendarFile.MediaType, "visit.ics");
    }
}
