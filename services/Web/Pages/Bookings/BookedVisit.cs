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

    /// <summary>Whether the practitioner looks at it, and not whoever booked it.</summary>
    public bool IsPractitioners => Token is null && User.FindFirst(Callers.PractitionerClaim)?.Value == Booking.Practitioner.Id.ToString();

    /// <summary>Where its reader finds it: a practitioner in their own week, everybody else on the page of the booking.</summary>
    public string Home => HomeAt(Start);

    /// <summary>The same once it is at <paramref name="start"/>.</summary>
    protected string HomeAt(DateTimeOffset start) =>
        IsPractitioners ? $"/desk/week?of={Zones.ToLocal(start, Booking.Location.TimeZone):yyyy-MM-dd}" : $"/bookings/{Booking.Id}";

    protected BookingsClient Bookings => bookings;

    protected string? Token => keys.Of(HttpContext, Booking.Id);

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await LoadBooking(HttpContext.RequestAborted))
            await next();
        else
            context.Result = new RedirectResult("/bookings/closed");
    }

    /// <summary>Reads the booking as it stands now.</summary>
    protected async Task<bool> LoadBooking(CancellationToken ct)
    {
        var id = Guid.TryParse(RouteData.Values["id"]?.ToString(), out var parsed) ? parsed : Guid.Empty;
        if (await bookings.Booking(id, keys.Of(HttpContext, id), ct) is not { } booking)
            return false;
        Booking = booking;
        return true;
    }
}
