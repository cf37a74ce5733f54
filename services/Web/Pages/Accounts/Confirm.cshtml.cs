using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Web.Peers;

namespace Web.Pages.Accounts;

/// <summary>The link of the first mail. Opening it shows a button, since mail programs open links by themselves.</summary>
public sealed class ConfirmModel(AccountsClient accounts) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Code { get; set; }

    public bool Done { get; private set; }

    /// <summary>The code has been used, or its day has passed.</summary>
    public bool IsOver { get; private set; }

    public void OnGet() => Response.Headers["Referrer-Policy"] = "no-referrer";

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        try
        {
            await accounts.Confirm(Code ?? "", ct);
            Done = true;
        }
        catch (RefusedException refusal) when (refusal.Status is 400 or 404 or 410)
        {
            IsOver = true;
        }
        return Page();
    }
}
