using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Web.Peers;

namespace Web.Pages.Site;

/// <summary>What a person sees when something is not there, not allowed, or not working.</summary>
[IgnoreAntiforgeryToken]
public sealed class ErrorModel : PageModel
{
    public int Status { get; private set; }

    public string Heading => Status switch
    {
        404 => "There is no such page",
        400 => "That did not work",
        403 => "This is not yours to see",
        413 => "That is too large",
        429 => "Too many requests at once",
        503 => "One moment, please",
        _ => "Something went wrong on our side",
    };

    public string Words => Status switch
    {
        404 => "The address may be out of date or mistyped. Nothing you did is lost.",
        400 => "Please go back, load the page again and try once more.",
        403 => "You may have to sign in as someone else.",
        413 => "Please send something smaller.",
        429 => "Please wait a minute and try again.",
        503 => "Part of the site is not responding. You have not been charged. Please try again in a minute.",
        _ => "We have been told about it. You have not been charged. Please try again in a little while.",
    };

    /// <summary>The page that failed, where trying once more may help.</summary>
    public string? Again { get; private set; }

    public IActionResult OnGet() => Show();

    public IActionResult OnPost() => Show();

    private IActionResult Show()
    {
        var thrown = HttpContext.Features.Get<IExceptionHandlerPathFeature>();
        if (thrown?.Error is RefusedException { Status: 401 })
            return Redirect($"/sign-in?to={Uri.EscapeDataString(thrown.Path)}");
        Status = Response.StatusCode is 200 ? 404 : Response.StatusCode;
        Response.StatusCode = Status;
        if (Status is 400 or 429 or >= 500)
            Again = (thrown?.Path ?? HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath) + (HttpMethods.IsGet(Request.Method) ? Request.QueryString.Value : "");
        return Page();
    }
}
