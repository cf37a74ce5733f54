using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Web.Pages.Accounts;

/// <summary>Leads people who have just signed in to where their work is.</summary>
public sealed class WelcomeModel : PageModel
{
    public IActionResult OnGet() => Redirect(User.IsInRole("practitioner") ? "/desk/week" : User.IsInRole("moderator") ? "/moderation" : User.IsInRole("operator") ? "/ops" : User.Identity?.IsAuthenticated == true ? "/visits" : "/");
}
