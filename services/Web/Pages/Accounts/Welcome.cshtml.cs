using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Web.Peers;

namespace Web.Pages.Accounts;

/// <summary>Leads people who have just signed in to where their work is; a practitioner whom nobody can find yet, to the listing.</summary>
public sealed class WelcomeModel(ListingsClient listings) : PageModel
{
    public async Task<IActionResult> OnGet(CancellationToken ct) => Redirect(
        User.IsInRole("practitioner") ? await IsNew(ct) ? "/desk/listing" : "/desk/week"
        : User.IsInRole("moderator") ? "/moderation"
        : User.IsInRole("operator") ? "/ops"
        : User.Identity?.IsAuthenticated == true ? "/visits" : "/");

    private async Task<bool> IsNew(CancellationToken ct) => (await listings.MyListing(ct)).State.Slug is null;
}
