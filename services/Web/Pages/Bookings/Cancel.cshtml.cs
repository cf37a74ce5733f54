using Microsoft.AspNetCore.Mvc;
using Web.Journeys;
using Web.Peers;
using Web.Wording;

namespace Web.Pages.Bookings;

/// <summary>Calling a visit off, after the exact sum that comes back was shown.</summary>
public sealed class CancelModel(BookingsClient bookings, VisitKeys keys, TimeProvider clock) : BookedVisit(bookings, keys, clock)
{
    private readonly BookingsClient bookings = bookings;

    /// <summary>One per shown page, so that pressing twice cancels once.</summary>
    [BindProperty] public Guid Press { get; set; }

    /// <summary>The sum that was on the screen when the button was pressed.</summary>
    [BindProperty] public long Shown { get; set; }

    public CancelPreview Preview { get; private set; } = null!;

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (!Booking.Can("cancel"))
            return Redirect(Home);
        Preview = await bookings.CancelPreview(Booking.Id, Token, ct);
        Press = Guid.CreateVersion7();
        return Page();
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (!Booking.Can("cancel"))
            return Redirect(Home);
        Preview = await bookings.CancelPreview(Booking.Id, Token, ct);
        if (Preview.Refund.Amount != Shown)
        {
            // Time has passed a line of the rules since the page was shown; nobody agrees to a sum unseen.
            ModelState.Clear();
            ModelState.AddModelError("", $"Meanwhile the sum has changed: now {Say.Exact(Preview.Refund)} comes back.");
            Press = Guid.CreateVersion7();
            return Page();
        }
        try
        {
            await bookings.Cancel(Booking.Id, Token, Press.ToString("N"), ct);
        }
        catch (RefusedException refusal) when (refusal.Status == 409)
        {
            // It has been called off, or has taken place, in another window; its page says which.
        }
        return Redirect(Home);
    }
}
