using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Web.Peers;

namespace Web.Pages.Accounts;

/// <summary>Asking for a new password by mail. The answer is the same for every address.</summary>
public sealed class ForgotModel(AccountsClient accounts) : PageModel
{
    [BindProperty] public string? Email { get; set; }

    public bool Sent { get; private set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(Email))
        {
            ModelState.AddModelError(nameof(Email), "Please enter your email address.");
            return Page();
        }
        try
        {
            await accounts.Forgot(Email.Trim(), ct);
            Sent = true;
        }
        catch (RefusedException refusal) when (refusal.Status is 400 or 429)
        {
            ModelState.AddModelError(nameof(Email), refusal.Status == 429 ? "Too many attempts. Please wait a little." : "Please enter an email address, as in name@example.org.");
        }
        return Page();
    }
}
