using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Web.Journeys;
using Web.Pages.Search;
using Web.Peers;

namespace Web.Pages.Waitlist;

/// <summary>Somebody who found nobody, or no free time, asks to be told.</summary>
public sealed class JoinModel(WaitlistClient waitlist, VisitKeys keys) : PageModel
{
    [BindProperty] public string? Search { get; set; }

    [BindProperty] public Guid? PractitionerId { get; set; }

    [BindProperty] public Guid? ServiceId { get; set; }

    [BindProperty] public Guid Press { get; set; }

    [BindProperty] public string? Email { get; set; }

    public WaitForm Form => new(Search, PractitionerId, ServiceId, Press, Email);

    public IActionResult OnGet() => Redirect("/find");

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        try
        {
            var joined = await waitlist.Join(Email?.Trim() ?? "", new Sought(Search, PractitionerId, ServiceId), Press, ct);
            keys.Add(HttpContext, joined.Id, joined.ManageToken);
            return Redirect($"/waiting/{joined.Id}");
        }
        catch (RefusedException refusal) when (refusal.Name == "available-now")
        {
            return Redirect(Search is null ? $"/practitioners/{PractitionerId}/times?service={ServiceId}" : Wanted.Of(Search).Address(null));
        }
        catch (RefusedException refusal) when (refusal.Name == "request-in-progress")
        {
            ModelState.AddModelError("", "We are still working on it. Please wait a moment and try again.");
            return Page();
        }
        catch (RefusedException refusal) when (refusal.Name == "too-many-waiting")
        {
            ModelState.AddModelError("", "You are waiting for several things already. The links in our emails let you stop one of them.");
        }
        catch (RefusedException refusal) when (refusal.Errors.ContainsKey("email"))
        {
            ModelState.AddModelError(nameof(Email), "Please enter an email address, as in name@example.org.");
        }
        catch (RefusedException refusal) when (refusal.Status is 400 or 404 or 422)
        {
            ModelState.AddModelError("", "This cannot be waited for. Please search again.");
        }
        // Another answer needs another press.
        ModelState.Remove(nameof(Press));
        Press = Guid.CreateVersion7();
        return Page();
    }
}
