using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Platform;
using Web.Peers;
using Web.Wording;

namespace Web.Pages.Desk;

/// <summary>A practitioner's appointments of one week, and what can be said about each.</summary>
public sealed class WeekModel(BookingsClient bookings, AvailabilityClient availability, Words words, TimeProvider clock) : PageModel
{
    private Taxonomy taxonomy = new();

    /// <summary>Any day of the week to show.</summary>
    [BindProperty(SupportsGet = true)] public DateOnly? Of { get; set; }

    /// <summary>What was done last.</summary>
    [BindProperty(SupportsGet = true)] public string? Done { get; set; }

    [BindProperty] public Guid Press { get; set; }

    public string? Told => Done switch
    {
        "entered" => "It is booked. Your client gets an email.",
        "moved" => "It has moved. Your client gets an email.",
        "cancel" => "It is cancelled. Your client gets an email, and all that was paid goes back.",
        "refund" => "The money is on its way back to your client.",
        "complete" or "no-show" => "Noted.",
        _ => null,
    };

    public DateOnly Monday { get; private set; }

    public DateOnly Sunday => Monday.AddDays(6);

    public ILookup<DateOnly, Peers.Booking> Visits { get; private set; } = Array.Empty<Peers.Booking>().ToLookup(_ => default(DateOnly));

    /// <summary>Where to look instead when the week has no visits.</summary>
    public DateOnly? Next { get; private set; }

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

    public Task<IActionResult> OnPostGiveBack(Guid id, string? amount, string? currency, CancellationToken ct) =>
        Say.Read(amount, currency ?? "") is { Amount: > 0 } sum
            ? Try("refund", () => bookings.GiveBack(id, sum, Press.ToString("N"), ct), ct)
            : Refuse("Please give the sum as a number, as in 60 or 60.50.", ct);

    /// <summary>What of the payment has not gone back.</summary>
    public static Price? Left(Peers.Booking visit) =>
        visit.Paid is { } paid ? paid with { Amount = paid.Amount - (visit.Refunded?.Amount ?? 0) - (visit.RefundDue?.Amount ?? 0) } : null;

    private Task<IActionResult> Settle(Guid id, string action, string? reason, CancellationToken ct) =>
        Try(action, () => bookings.Settle(id, action, reason, Press.ToString("N"), ct), ct);

    private async Task<IActionResult> Try(string action, Func<Task> settle, CancellationToken ct)
    {
        try
        {
            await settle();
            return Redirect($"/desk/week?of={Of:yyyy-MM-dd}&done={action}");
        }
        catch (RefusedException refusal) when (refusal.Status is 400 or 404 or 409)
        {
            return await Refuse(refusal.Errors.Values.FirstOrDefault()?.FirstOrDefault() ?? refusal.Detail ?? refusal.Title ?? "This cannot be said of the visit any more.", ct);
        }
    }

    private async Task<IActionResult> Refuse(string why, CancellationToken ct)
    {
        ModelState.AddModelError("", why);
        await Load(ct);
        return Page();
    }

    private async Task Load(CancellationToken ct)
    {
        taxonomy = await words.Get(ct);
        var day = Of is { Year: > 2000 and < 3000 } wanted ? wanted : await Today(ct);
        Monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        Visits = (await bookings.Mine(Monday, Sunday, ct))
            .Where(b => b.Status != "expired").OrderBy(b => b.Start).ToLookup(b => DateOnly.FromDateTime(b.Start.DateTime));
        if (Visits.Count == 0 && await bookings.NextOfMine(Sunday.AddDays(1), ct) is { } next)
            Next = DateOnly.FromDateTime(next.Start.DateTime);
    }

    /// <summary>By the clock where the practitioner works.</summary>
    private async Task<DateOnly> Today(CancellationToken ct)
    {
        var (schedule, _) = await availability.MySchedule(ct);
        return DateOnly.FromDateTime(Zones.ToLocal(clock.GetUtcNow(), schedule.Locations is [var place, ..] ? place.TimeZone : "UTC").Date);
    }
}
