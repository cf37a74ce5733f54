using Microsoft.AspNetCore.Mvc.RazorPages;
using Web.Peers;

namespace Web.Pages.Accounts;

/// <summary>The visits that a signed-in client has booked: those to come, and those of the last months.</summary>
public sealed class VisitsModel(BookingsClient bookings, TimeProvider clock) : PageModel
{
    private const int DaysBack = 180;

    public IReadOnlyList<Peers.Booking> Coming { get; private set; } = [];

    public IReadOnlyList<Peers.Booking> Past { get; private set; } = [];

    public async Task OnGet(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var visits = (await bookings.Mine(DateOnly.FromDateTime(now.UtcDateTime).AddDays(-DaysBack), null, ct)).Where(v => v.Status != "expired").ToList();
        Coming = [.. visits.Where(v => v.End > now && v.Status is "confirmed" or "awaitingPayment")];
        Past = [.. visits.Except(Coming).OrderByDescending(v => v.Start)];
    }
}
