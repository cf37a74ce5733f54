using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Platform;
using Web.Journeys;
using Web.Peers;

namespace Web.Pages.Bookings;

/// <summary>A page about one booked visit, for whoever has its key or is signed in as its client or practitioner; to anyone else it is not there.</summary>
public abstract class BookedVisit(BookingsClient bookings, VisitKeys keys, TimeProvider clock) : PageModel
{
    public Peers.Booking Booking { get; private set; } = null!;

    public DateTimeOffset Start => Zones.ToLocal(Booking.Start, Booking.Location.TimeZone);

    public DateTimeOffset Now => clock.GetUtcNow();

    protected string? Token => keys.Of(HttpContext, Booking.Id);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var id = Guid.TryParse(RouteData.Values["id"]?.ToString(), out var parsed) ? parsed : Guid.Empty;
        if (await bookings.Booking(id, keys.Of(HttpContext, id), HttpContext.RequestAborted) is not { } booking)
        {
            context.Result = new RedirectResult("/bookings/closed");
            return;
        }
        Booking = booking;
        await next();
    }
}
