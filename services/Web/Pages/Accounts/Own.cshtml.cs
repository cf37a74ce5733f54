using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Web.Peers;
using Web.People;

namespace Web.Pages.Accounts;

/// <summary>Who is signed in here, all of it to take along, and the way out.</summary>
public sealed class OwnModel(AccountsClient accounts) : PageModel
{
    /// <summary>Ticked before the account goes.</summary>
    [BindProperty] public bool Sure { get; set; }

    /// <summary>There is no account any more.</summary>
    public bool Gone { get; private set; }

    public async Task<IActionResult> OnGetExport(CancellationToken ct) =>
        File(await accounts.Export(await Token(), ct), "application/json", "account.json");

    public async Task<IActionResult> OnPostErase(CancellationToken ct)
    {
        if (!Sure)
        {
            ModelState.AddModelError(nameof(Sure), "Please tick that you want it erased.");
            return Page();
        }
        await accounts.Erase(await Token(), ct);
        await SignInCookie.SignOut(HttpContext);
        HttpContext.User = new();
        Gone = true;
        return Page();
    }

    private async Task<string> Token() => await SignInCookie.AccessToken(HttpContext) ?? "";
}
