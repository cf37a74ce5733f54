using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Web.Peers;

namespace Web.Pages.Search;

/// <summary>One practitioner: who, how a visit goes, with what training, at what price, and how to find the door.</summary>
public sealed class ProfileModel(ListingsClient listings, Words words) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? For { get; set; }

    public Practitioner Person { get; private set; } = null!;

    public Taxonomy Taxonomy { get; private set; } = new();

    public async Task<IActionResult> OnGet(string slug, CancellationToken ct)
    {
        if (await listings.Practitioner(slug, ct) is not { } person)
            return NotFound();
        if (person.Slug != slug)
            return Redirect($"/practitioners/{person.Slug}");
        Person = person;
        Taxonomy = await words.Get(ct);
        return Page();
    }
}
