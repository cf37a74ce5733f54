using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Web.Peers;
using Web.Structured;

namespace Web.Pages.Landing;

/// <summary>What is known about the work for one concern, both sides, and where people have experience with it.</summary>
public sealed class SpecialtyModel(LandingClient landing, ListingsClient listings, Words words, WebOptions options) : PageModel
{
    private const int PeopleShown = 5;
    private const int TownsShown = 40;

    public Specialty Specialty { get; private set; } = null!;

    public Taxonomy Taxonomy { get; private set; } = new();

    public Findings Found { get; private set; } = new();

    public IReadOnlyList<Town> Towns { get; private set; } = [];

    /// <summary>The narrower ones and the wider one.</summary>
    public IEnumerable<Specialty> Related => Taxonomy.Specialties.Where(s => s.Parent == Specialty.Code || s.Code == Specialty.Parent);

    public async Task<IActionResult> OnGet(string code, CancellationToken ct)
    {
        Taxonomy = await words.Get(ct);
        if (Taxonomy.Specialties.FirstOrDefault(s => s.Code == code) is not { } specialty)
            return NotFound();
        Specialty = specialty;
        var towns = landing.Towns(TownsShown, ct, specialty: code);
        Found = await listings.Search([new("specialty", code), new("sort", "soonest"), new("limit", $"{PeopleShown}")], ct);
        Towns = await towns;
        if (Found.Total == 0)
            return NotFound();

        var heading = $"{specialty.Name} and craniosacral therapy";
        ViewData["Title"] = heading;
        ViewData["Description"] = $"What research says about craniosacral therapy and {Wording.Say.Within(specialty.Name)}, both sides, and who has experience with it.";
        ViewData["Listed"] = new Listed($"/specialties/{code}")
        {
            IsThin = Found.Total < TownModel.FewestToList,
            Things = [ListThings.Crumbs(options.PublicUrl, (specialty.Name, $"/specialties/{code}")), ListThings.People(options.PublicUrl, heading, Found.Items, Found.Total)],
        };
        return Page();
    }
}
