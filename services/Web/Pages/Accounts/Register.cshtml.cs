using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Web.Peers;

namespace Web.Pages.Accounts;

/// <summary>Opening an account. Whoever asks sees the same answer, whether or not the address is known.</summary>
public sealed class RegisterModel(AccountsClient accounts) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Role { get; set; }

    [BindProperty] public string? Name { get; set; }

    [BindProperty] public string? Email { get; set; }

    [BindProperty] public string? Password { get; set; }

    public bool Sent { get; private set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(Name))
            ModelState.AddModelError(nameof(Name), "Please enter your name.");
        if (string.IsNullOrWhiteSpace(Email))
            ModelState.AddModelError(nameof(Email), "Please enter your email address.");
        if (string.IsNullOrEmpty(Password))
            ModelState.AddModelError(nameof(Password), "Please choose a password.");
        if (Role is not ("client" or "practitioner"))
            ModelState.AddModelError(nameof(Role), "Please choose what the account is for.");
        if (!ModelState.IsValid)
            return Page();
        try
        {
            await accounts.Register(Email!.Trim(), Password!, Name!.Trim(), Role!, ct);
            Sent = true;
        }
        catch (RefusedException refusal) when (refusal.Status == 400)
        {
            foreach (var (path, messages) in refusal.Errors)
                ModelState.AddModelError(path switch { "email" => nameof(Email), "name" => nameof(Name), "password" => nameof(Password), _ => "" }, messages.FirstOrDefault() ?? "Please check this.");
        }
        catch (RefusedException refusal) when (refusal.Status == 429)
        {
            ModelState.AddModelError("", "Too many attempts. Please wait a little.");
        }
        return Page();
    }
}
