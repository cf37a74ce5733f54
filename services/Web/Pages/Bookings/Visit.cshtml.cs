using Microsoft.AspNetCore.Mvc;
using Platform;
using Web.Journeys;
using Web.Peers;
using Web.Wording;

namespace Web.Pages.Bookings;

/// <summary>A visit as it stands: waiting for its payment, booked, over, or called off; with what can be done about it.</summary>
public sealed class VisitModel(BookingsClient bookings, VisitKeys keys, TimeProvider clock) : BookedVisit(bookings, keys, clock)
{
    /// <summary>Money may be on its way: the page looks again by itself.</summary>
    public bool Waits => Booking.Status == "awaitingPayment" && Booking.HoldExpiresAt > Now;

    public string? PayUntil => Booking.HoldExpiresAt is { } until ? Say.Clock(Zones.ToLocal(until, Booking.Location.TimeZone)) : null;

    public bool IsComing => Booking.Status == "confirmed" && Booking.End > Now;

    public bool IsCancelled => Booking.Status.StartsWith("cancelled", StringComparison.Ordinal);

    public string Heading => Booking.Status switch
    {
        "awaitingPayment" => Waits ? "Waiting for your payment" : "This time has been released",
        "confirmed" => IsComing ? "Your visit is booked" : "Your visit",
        "completed" => "Your visit",
        "noShow" => "Missed visit",
        "expired" => "This time has been released",
        "cancelledByClient" => "You cancelled this visit",
        "cancelledByPractitioner" => $"{Booking.Practitioner.Name} cancelled this visit",
        _ => "This visit is cancelled",
    };

    public IActionResult OnGet() => IsPractitioners ? Redirect(Home) : Page();
}
