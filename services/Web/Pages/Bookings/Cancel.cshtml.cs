using Microsoft.AspNetCore.Mvc;
using Web.Journeys;
using Web.Peers;
using Web.Wording;

namespace Web.Pages.Bookings;

/// <summary>Calling a visit off, after the exact sum that comes back was shown.</summary>
public sealed class CancelModel(BookingsClient bookings, VisitKeys keys, TimeProvider clock) : BookedVisit(bookings, keys, clock)
{
    /// <summary>One per shown page, so that pressing twice cancels once.</summary>
    [BindProperty] public Guid Press { get; set; }

    /// <summary>The sum that was on the screen when the button was pressed.</summary>
    [BindProperty] public long Shown { get; set; }

    public CancelPreview? Preview { get; private set; }

    public Task<IActionResult> OnGet(CancellationToken ct) => Show(ct);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        var shown = new Price(Shown, Booking.Price!.Currency);
        try
        {
            await Bookings.Cancel(Booking.Id, Token, shown, Press.ToString("N"), ct);
            return Redirect(Home);
        }
        catch (RefusedException refusal) when (refusal.Status == 409)
        {
            // Time has passed a line of the rules since the page was shown; or the visit is over or called off, and its page says which.
            await LoadBooking(ct);
        }
        ModelState.Clear();
        var page = await Show(ct);
        if (Preview is not null && Preview.Refund != shown)
            ModelState.AddModelError("", $"The refund has changed to {Say.Exact(Preview.Refund)}. Nothing is cancelled yet.");
        return page;
    }

    private async Task<IActionResult> Show(CancellationToken ct)
    {
        if (!Booking.Can("cancel"))
            return Redirect(Home);
        Preview = await Bookings.CancelPreview(Booking.Id, Token, ct);
        Press = Guid.CreateVersion7();
        return Page();
    }
}
