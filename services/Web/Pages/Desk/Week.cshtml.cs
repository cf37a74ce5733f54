using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Web.Peers;

namespace Web.Pages.Desk;

/// <summary>A practitioner's appointments of one week, and what can be said about each.</summary>
public sealed class WeekModel(BookingsClient bookings, Words words, TimeProvider clock) : PageModel
{
    private Taxonomy taxonomy = new();

    /// <summary>Any day of the week to show.</summary>
    [BindProperty(SupportsGet = true)] public DateOnly? Of { get; set; }

    [BindProperty] public Guid Press { get; set; }

    public DateOnly Monday { get; private set; }

    public DateOnly Sunday => Monday.AddDays(6);

    public ILookup<DateOnly, Peers.Booking> Visits { get; private set; } = Array.Empty<Peers.Booking>().ToLookup(_ => default(DateOnly));

    public static string State(string status) => status switch
    {
        "confirmed" => "Booked",
        "completed" => "Done",
        "noShow" => "Did not come",
        "awaitingPayment" => "Waiting for payment",
        "cancelledByClient" => "Cancelled by the client",
        "cancelledByPractitioner" => "Cancelled by you",
        _ => "Cancelled",
    };

    /// <summary>The touch wishes of a visit in words.</summary>
    public IEnumerable<string> Wishes(Entrusted? entrusted) => (entrusted?.Touch ?? []).Select(code => Taxonomy.Name(taxonomy.TouchPreferences, code));

    public Task OnGet(CancellationToken ct) => Load(ct);

    public Task<IActionResult> OnPostComplete(Guid id, CancellationToken ct) => Settle(id, "complete", null, ct);

    public Task<IActionResult> OnPostMissed(Guid id, CancellationToken ct) => Settle(id, "no-show", null, ct);

    public Task<IActionResult> OnPostCancel(Guid id, string? reason, CancellationToken ct) => Settle(id, "cancel", string.IsNullOrWhiteSpace(reason) ? null : reason.Trim(), ct);

    private async Task<IActionResult> Settle(Guid id, string deed, string? reason, CancellationToken ct)
    {
        try
        {
            await bookings.Settle(id, deed, reason, Press.ToString("N"), ct);
            return Redirect($"/desk/week?of={Of:yyyy-MM-dd}");
        }
        catch (RefusedException refusal) when (refusal.Status is 400 or 404 or 409)
        {
            ModelState.AddModelError("", refusal.Detail ?? refusal.Title ?? "This cannot be said of the visit any more.");
        }
        await Load(ct);
        return Page();
    }

    private async Task Load(CancellationToken ct)
    {
        taxonomy = await words.Get(ct);
        var day = Of is { Year: > 2000 and < 3000 } wanted ? wanted : DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        Monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        Visits = (await bookings.Mine(Monday, Sunday, ct))
            .Where(b => b.Status != "expired").OrderBy(b => b.Start).ToLookup(b => DateOnly.FromDateTime(b.Start.DateTime));
    }
}
