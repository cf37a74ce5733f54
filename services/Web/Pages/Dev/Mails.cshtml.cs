using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Web.Peers;

namespace Web.Pages.Dev;

/// <summary>The mails that were written instead of sent. In development only; elsewhere there is no such page.</summary>
public sealed class MailsModel(MailClient mail, IWebHostEnvironment environment) : PageModel
{
    public IReadOnlyList<MailHead> Mails { get; private set; } = [];

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (!environment.IsDevelopment())
            return NotFound();
        Mails = await mail.All(ct);
        return Page();
    }
}
