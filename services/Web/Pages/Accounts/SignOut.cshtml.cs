using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Platform;
using Web.Peers;
using Web.People;

namespace Web.Pages.Accounts;

/// <summary>Signing out: this browser forgets, and the session ends at Accounts too.</summary>
public sealed class SignOutModel(AccountsClient accounts, ILogger<SignOutModel> log) : PageModel
{
    public IActionResult OnGet() => Redirect("/");

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (await SignInCookie.RefreshToken(HttpContext) is { } token)
        {
            try
            {
                await accounts.SignOut(token, ct);
            }
            catch (Exception e) when (e is UnavailableException or RefusedException)
            {
                log.LogWarning("A session could not be ended at Accounts; its cookie is gone all the same");
            }
        }
        await SignInCookie.SignOut(HttpContext);
        return Redirect("/");
    }
}
