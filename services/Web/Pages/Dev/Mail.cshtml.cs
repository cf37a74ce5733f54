using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Web.Peers;

namespace Web.Pages.Dev;

/// <summary>One written mail: its words, its look, and the calendar entry it carries.</summary>
public sealed class MailModel(MailClient mail, IWebHostEnvironment environment) : PageModel
{
    public Mail Mail { get; private set; } = null!;

    public string Name { get; private set; } = "";

    public async Task<IActionResult> OnGet(string name, CancellationToken ct)
    {
        if (!environment.IsDevelopment() || await mail.One(name, ct) is not { } found)
            return NotFound();
        (Name, Mail) = (name, found);
        return Page();
    }

    /// <summary>The mail as a mail program would show it: its own styles, no scripts, nothing else of this site.</summary>
    public async Task<IActionResult> OnGetLook(string name, CancellationToken ct)
    {
        if (!environment.IsDevelopment() || await mail.One(name, ct) is not { Html: { } html })
            return NotFound();
        Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
        return Content(html, "text/html; charset=utf-8");
    }
}
