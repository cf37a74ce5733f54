using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Web.Peers;
using Web.Structured;

namespace Web.Pages.Landing;

/// <summary>One school of the work: what it says of itself, whose marks it has, and where its people are. None is ranked above another.</summary>
public sealed class LineageModel(LandingClient landing, ListingsClient listings, Words words, WebOptions options) : PageModel
{
    private const int PeopleShown = 5;
    private const int TownsShown = 40;

    public TaxonomyLineage Lineage { get; private set; } = null!;

    public Taxonomy Taxonomy { get; private set; } = new();

    public Findings Found { get; private set; } = new();

    public IReadOnlyList<Town> Towns { get; private set; } = [];

    public async Task<IActionResult> OnGet(string code, CancellationToken ct)
    {
        Taxonomy = await words.Get(ct);
        if (Taxonomy.Lineages.FirstOrDefault(l => l.Code == code) is not { } lineage)
            return NotFound();
        Lineage = lineage;
        var towns = landing.Towns(TownsShown, ct, lineage: code);
        Found = await listings.Search([new("lineage", code), new("sort", "soonest"), new("limit", $"{PeopleShown}")], ct);
        Towns = await towns;
        if (Found.Total == 0)
            return NotFound();

        ViewData["Title"] = $"{lineage.Name}: training and people";
        ViewData["Description"] = lineage.Description;
        ViewData["Listed"] = new Listed($"/lineages/{code}")
        {
            IsThin = Found.Total < TownModel.FewestToList,
            Things = [ListThings.Crumbs(options.PublicUrl, (lineage.Name, $"/lineages/{code}")), ListThings.People(options.PublicUrl, lineage.Name, Found.Items, Found.Total)],
        };
        return Page();
    }
}
