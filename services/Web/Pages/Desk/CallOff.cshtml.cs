using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Web.Peers;
using Web.Wording;

namespace Web.Pages.Desk;

/// <summary>Calling off the rest of a day in one step, after what that does was shown.</summary>
public sealed class CallOffModel(BookingsClient bookings) : PageModel
{
    [BindProperty(SupportsGet = true)] public DateOnly Date { get; set; }

    [BindProperty] public string? Reason { get; set; }

    public DayOffPreview Preview { get; private set; } = null!;

    /// <summary><c>$240.00</c>; several currencies with an <c>and</c> between them.</summary>
    public static string Sum(DayOff day) => string.Join(" and ", day.Refunds.Where(r => r.Amount > 0).Select(Say.Exact));

    public static string Visits(DayOff day) => day.Visits.Count == 1 ? "1 visit" : $"{day.Visits.Count} visits";

    public Task<IActionResult> OnGet(CancellationToken ct) => Show(ct);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        try
        {
            await bookings.CallOff(Date, string.IsNullOrWhiteSpace(Reason) ? null : Reason.Trim(), ct);
            return Redirect(string.Create(CultureInfo.InvariantCulture, $"/desk/days/{Date:yyyy-MM-dd}/cancel"));
        }
        catch (RefusedException refusal) when (refusal.Status == 400)
        {
            foreach (var (path, messages) in refusal.Errors)
                ModelState.AddModelError(path == "reason" ? nameof(Reason) : "", messages.FirstOrDefault() ?? "Please look at this again.");
        }
        return await Show(ct);
    }

    private async Task<IActionResult> Show(CancellationToken ct)
    {
        try
        {
            Preview = await bookings.DayOffPreview(Date, ct);
            return Page();
        }
        catch (RefusedException refusal) when (refusal.Status == 400)
        {
            // A day that is over, or that nobody can have booked yet.
            return Redirect("/desk/month");
        }
    }
}
