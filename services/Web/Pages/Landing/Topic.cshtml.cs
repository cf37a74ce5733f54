using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Web.Pages.Search;
using Web.Peers;
using Web.Structured;
using Web.Wording;

namespace Web.Pages.Landing;

/// <summary>
/// A school of the work, what it says about itself and whose marks it has; or a concern, and both sides of what is known about the work for it. And where
/// the people are, none ranked above another.
/// </summary>
public sealed class TopicModel(LandingClient landing, ListingsClient listings, Words words, WebOptions options) : PageModel
{
    private const int PeopleShown = 5;
    private const int TownsShown = 40;

    public TaxonomyLineage? Lineage { get; private set; }

    public Specialty? Specialty { get; private set; }

    public Taxonomy Taxonomy { get; private set; } = new();

    public Wanted Wanted { get; private set; } = new();

    public Findings Found { get; private set; } = new();

    public IReadOnlyList<Town> Towns { get; private set; } = [];

    /// <summary>The narrower concerns and the wider one.</summary>
    public IEnumerable<Specialty> Related =>
        Specialty is { } topic ? Taxonomy.Specialties.Where(s => s.Parent == topic.Code || s.Code == topic.Parent) : [];

    public async Task<IActionResult> OnGet(string kind, string code, CancellationToken ct)
    {
        Taxonomy = await words.Get(ct);
        Lineage = kind == "lineages" ? Taxonomy.Lineages.FirstOrDefault(l => l.Code == code) : null;
        Specialty = kind == "specialties" ? Taxonomy.Specialties.FirstOrDefault(s => s.Code == code) : null;
        if ((Lineage?.Name ?? Specialty?.Name) is not { } name)
            return NotFound();
        Wanted = Lineage is null ? new() { Specialty = [code] } : new() { Lineage = [code] };
        var towns = landing.Towns(TownsShown, ct, Specialty?.Code, Lineage?.Code);
        Found = await listings.Search((Wanted with { Sort = "soonest" }).Question(PeopleShown), ct);
        Towns = await towns;

        var heading = Lineage is null ? $"{name} and craniosacral therapy" : name;
        ViewData["Title"] = Lineage is null ? heading : $"{name}: training and people";
        ViewData["Description"] = Lineage is null
            ? $"What research says about craniosacral therapy and {Say.Within(name)}, both sides, and who has experience with it."
            : Lineage.Description;
        ViewData["Listed"] = new Listed($"/{kind}/{code}")
        {
            IsThin = Found.Total < TownModel.FewestToList,
            Things = [ListThings.Crumbs(options.PublicUrl, (name, $"/{kind}/{code}")), .. Found.Total > 0 ? [ListThings.People(options.PublicUrl, heading, Found)] : Array.Empty<JsonObject>()],
        };
        return Page();
    }
}
