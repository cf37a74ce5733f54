using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Web.Pages.Search;

/// <summary>The front door: a place, a few words, and three ways to begin.</summary>
public sealed class HomeModel : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? For { get; set; }
}
