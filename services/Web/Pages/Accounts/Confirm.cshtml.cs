using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Web.Peers;

namespace Web.Pages.Accounts;

/// <summary>
/// The link of the first mail. Opening it shows a form, since mail programs open links by themselves; it asks for the password that was registered,
/// so that nobody opens an account for a stranger who registered their address.
/// </summary>
public sealed class ConfirmModel(AccountsClient accounts) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Code { get; set; }

    [BindProperty] public string? Password { get; set; }

    public bool Done { get; private set; }

    /// <summary>The code has been used, or its day has passed.</summary>
    public bool IsOver { get; private set; }

    public void OnGet() => Response.Headers["Referrer-Policy"] = "no-referrer";

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (string.IsNullOrEmpty(Password))
        {
            ModelState.AddModelError(nameof(Password), "Please enter your password.");
            return Page();
        }
        try
        {
            await accounts.Confirm(Code ?? "", Password, ct);
            Done = true;
        }
        catch (RefusedException refusal) when (refusal.Status is 400 or 404 or 410)
        {
            if (refusal.Errors.TryGetValue("password", out var why))
                ModelState.AddModelError(nameof(Password), why[0]);
            else
                IsOver = true;
        }
        return Page();
    }
}
