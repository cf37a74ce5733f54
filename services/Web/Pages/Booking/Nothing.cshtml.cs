using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Web.Journeys;
using Web.Peers;

namespace Web.Pages.Booking;

/// <summary>
/// There is no time in hand. Whoever comes back from the payment page has booked one and may still pay for it, so that they are led there.
/// </summary>
public sealed class NothingModel(VisitKeys keys, BookingsClient bookings, TimeProvider clock) : PageModel
{
    /// <summary>The form was for an earlier choice, and a newer one is in hand.</summary>
    [BindProperty(SupportsGet = true)] public bool Other { get; set; }

    /// <summary>The visit that this browser booked last.</summary>
    public Peers.Booking? Booked { get; private set; }

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (Other || keys.Newest(HttpContext) is not { } id)
            return Page();
        Booked = await bookings.Booking(id, keys.Of(HttpContext, id), ct);
        return Booked is { Status: "awaitingPayment", HoldExpiresAt: { } until } && until > clock.GetUtcNow() ? Redirect($"/bookings/{id}") : Page();
    }
}
