using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Web.Journeys;
using Web.Peers;

namespace Web.Pages.Waitlist;

/// <summary>The link of a mail: its token becomes a cookie, and the address is clean again before anything is shown.</summary>
public sealed class OpenModel(WaitlistClient waitlist, VisitKeys keys) : PageModel
{
    public async Task<IActionResult> OnGet(Guid id, string? token, CancellationToken ct)
    {
        Response.Headers["Referrer-Policy"] = "no-referrer";
        if (token is not { Length: > 0 and <= 200 } || await waitlist.Entry(id, token, ct) is null)
            return Redirect("/waiting/over");
        keys.Add(HttpContext, id, token);
        return Redirect($"/waiting/{id}");
    }
}
