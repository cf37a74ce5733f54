using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Platform;
using Web.Peers;

namespace Web.Pages.Desk;

/// <summary>A practitioner's money: whether they can be paid, the way to being paid, and what has moved.</summary>
public sealed class PaymentsModel(PaymentsClient payments, ListingsClient listings) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Cursor { get; set; }

    /// <summary>Where the account is to be, when the listing names more than one country.</summary>
    [BindProperty] public string? Country { get; set; }

    public MyPayments Mine { get; private set; } = null!;

    /// <summary>Where the practitioner works, most probably where their bank is.</summary>
    public IReadOnlyList<string> Countries { get; private set; } = [];

    /// <summary>The zone that days are told in: that of the first place.</summary>
    public string TimeZone { get; private set; } = "UTC";

    public bool CanBePaid => Mine.Account is { State: "ready", PayoutsEnabled: true };

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        try
        {
            await Load(ct);
            return Page();
        }
        catch (RefusedException refusal) when (refusal.Name == "forged-cursor")
        {
            return Redirect("/desk/payments");
        }
    }

    /// <summary>Asked by the page that waits for Stripe's word.</summary>
    public async Task<IActionResult> OnGetState(CancellationToken ct) =>
        new JsonResult(new { settled = (await payments.Mine(null, ct)).Account is { State: "ready", PayoutsEnabled: true } });

    public async Task<IActionResult> OnGetStatement(CancellationToken ct) =>
        File(await payments.Statement(ct), "text/csv; charset=utf-8", "statement.csv");

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        try
        {
            var page = await payments.Onboard(Country, ct);
            return Redirect(page.Url is { IsAbsoluteUri: true, Scheme: "http" or "https" } ? page.Url.AbsoluteUri : "/desk/payments");
        }
        catch (RefusedException refusal) when (refusal.Status == 400)
        {
            ModelState.AddModelError(nameof(Country), refusal.Errors.Values.FirstOrDefault()?.FirstOrDefault() ?? "Payments do not reach this country yet.");
        }
        catch (UnavailableException)
        {
            ModelState.AddModelError("", "Our payment provider is not responding right now. Please try again in a minute.");
        }
        await Load(ct);
        return Page();
    }

    private async Task Load(CancellationToken ct)
    {
        Mine = await payments.Mine(Cursor, ct);
        var (listing, _, _) = await listings.MyListing(ct);
        Countries = [.. listing.Locations.Select(place => place.Country).OfType<string>().Where(code => code.Length == 2).Distinct()];
        if (listing.Locations.Select(place => place.TimeZone).FirstOrDefault(zone => Zones.Find(zone) is not null) is { } zone)
            TimeZone = zone;
    }
}
