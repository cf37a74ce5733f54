using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Web.Peers;
using Web.People;

namespace Web.Pages.Accounts;

/// <summary>Signing in, and back to the page that asked for it if that is one of ours.</summary>
public sealed class SignInModel(AccountsClient accounts, SignInCookie cookie) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? To { get; set; }

    [BindProperty] public string? Email { get; set; }

    [BindProperty] public string? Password { get; set; }

    [BindProperty] public string? Code { get; set; }

    /// <summary>The password was right, and the account asks for more.</summary>
    public bool AsksForCode { get; private set; }

    private string Asking => string.IsNullOrWhiteSpace(Code)
        ? "Please enter the code from your authenticator app."
        : "This code is wrong or has run out. Please enter the one that your app shows now.";

    /// <summary>Someone is signed in already, but not as one who may see the page asked for.</summary>
    public bool IsSomeoneElse => User.Identity?.IsAuthenticated == true && To is not null;

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(Email))
            ModelState.AddModelError(nameof(Email), "Please enter your email address.");
        if (string.IsNullOrEmpty(Password))
            ModelState.AddModelError(nameof(Password), "Please enter your password.");
        if (!ModelState.IsValid)
            return Page();
        try
        {
            await cookie.SignIn(HttpContext, await accounts.SignIn(Email!.Trim(), Password!, string.IsNullOrWhiteSpace(Code) ? null : Code.Trim(), ct));
            // None of our own addresses has other letters in it, and a header could not carry them.
            return LocalRedirect(Url.IsLocalUrl(To) && Ascii.IsValid(To) ? To : "/welcome");
        }
        catch (RefusedException refusal) when (refusal.Status is 400 or 401 or 403)
        {
            AsksForCode = refusal.Member<bool>("twoFactorRequired");
            ModelState.AddModelError(AsksForCode ? nameof(Code) : nameof(Email), AsksForCode ? Asking : $"{refusal.Title ?? "This email address and password do not match"}. {refusal.Detail}".Trim());
        }
        catch (RefusedException refusal) when (refusal.Status == 429)
        {
            ModelState.AddModelError("", "Too many attempts. Please wait a little.");
        }
        return Page();
    }
}
