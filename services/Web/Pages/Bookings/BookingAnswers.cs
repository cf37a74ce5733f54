using Web.Journeys;
using Web.Peers;

namespace Web.Pages.Bookings;

/// <summary>What a visit's page asks for beside itself: whether there is news, and the calendar file.</summary>
internal static class BookingAnswers
{
    public static void MapBookingAnswers(this WebApplication app)
    {
        app.MapGet("/bookings/{id:guid}/state", async (Guid id, HttpContext http, VisitKeys keys, BookingsClient bookings, CancellationToken ct) =>
            await bookings.Booking(id, keys.Of(http, id), ct) is { } booking
                ? Results.Json(new { settled = booking.Status != "awaitingPayment" })
                : Results.NotFound());

        app.MapGet("/bookings/{id:guid}/calendar.ics", async (Guid id, HttpContext http, VisitKeys keys, BookingsClient bookings, CancellationToken ct) =>
            Results.File(await bookings.Calendar(id, keys.Of(http, id), ct), "text/calendar; charset=utf-8", "visit.ics"));
    }
}
