using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Platform;
using Web.Peers;

namespace Web.Pages.Search;

/// <summary>The front door: a place, what for, and three ways to begin.</summary>
public sealed class HomeModel(Words words, ILogger<HomeModel> log) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? For { get; set; }

    public Taxonomy Taxonomy { get; private set; } = new();

    public async Task OnGet(CancellationToken ct)
    {
        try
        {
            Taxonomy = await words.Get(ct);
        }
        catch (UnavailableException)
        {
            // The words are only suggestions; the front door opens without them.
            log.LogWarning("The home page is shown without suggestions while Listings is away");
        }
    }
}
