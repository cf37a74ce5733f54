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

    public string? PayUntil => Booking.HoldExpiresAt is { } until ? $"{Say.Clock(Zones.ToLocal(until, Booking.Location.TimeZone))}, {Say.Zone(Booking.Location.TimeZone)}" : null;

    public bool IsComing => Booking.Status == "confirmed" && Booking.End > Now;

    /// <summary>What was agreed last is so fresh that its mail may not have come yet.</summary>
    public bool IsNews => Agreed is null || Now - Agreed.At < TimeSpan.FromHours(1);

    public bool HasMoved => Agreed?.Event == "moved";

    public bool IsCancelled => Booking.Status.StartsWith("cancelled", StringComparison.Ordinal);

    public string Heading => Booking.Status switch
    {
        "awaitingPayment" => Waits ? "Waiting for your payment" : "This time has been released",
        "confirmed" => !IsComing ? "Your visit" : IsNews && HasMoved ? "Your visit has moved" : "Your visit is booked",
        "completed" => "Your visit",
        "noShow" => "Missed visit",
        "expired" => "This time has been released",
        "cancelledByClient" => "You cancelled this visit",
        "cancelledByPractitioner" => $"{Booking.Practitioner.Name} cancelled this visit",
        _ => "This visit is cancelled",
    };

    /// <summary>Where the money is that the client had paid.</summary>
    public string ComesBack => Booking switch
    {
        { RefundDue: { Amount: > 0 } due, RefundReturned: true } => $"{Say.Exact(due)} did not reach your card. We are looking for another way.",
        { RefundDue: { Amount: > 0 } due } => $"{Say.Exact(due)} goes back to your card, usually in 5–10 days.",
        { Refunded: { Amount: > 0 } refunded } => $"{Say.Exact(refunded)} has gone back to your card, where it usually shows within 5–10 days.",
        { Paid.Amount: > 0 } => "There was no refund any more.",
        _ => "Nothing was charged.",
    };

    private Happening? Agreed => Booking.History.LastOrDefault(h => h.Event is "confirmed" or "moved");

    public IActionResult OnGet() => IsPractitioners ? Redirect(Home) : Page();
}
