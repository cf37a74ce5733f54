using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Web.Peers;
using Web.Structured;
using Web.Wording;

namespace Web.Pages.Landing;

/// <summary>Who practises in and around a town, perhaps with one experience: the page that a search engine leads to.</summary>
public sealed class TownModel(LandingClient landing, ListingsClient listings, Words words, WebOptions options) : PageModel
{
    /// <summary>With fewer people a page tells too little to be listed.</summary>
    public const int FewestToList = 3;

    private const int PeopleShown = 8;
    private const int TownsShown = 9;

    public Town Town { get; private set; } = null!;

    public Specialty? Specialty { get; private set; }

    public Taxonomy Taxonomy { get; private set; } = new();

    public Findings Found { get; private set; } = new();

    public IReadOnlyList<Town> Around { get; private set; } = [];

    /// <summary>What people here have experience with, as often as makes a page of its own.</summary>
    public IEnumerable<(Specialty Specialty, int People)> Experience =>
        Taxonomy.Specialties.Select(s => (s, Town.Specialties.GetValueOrDefault(s.Code))).Where(s => s.Item2 >= FewestToList).OrderByDescending(s => s.Item2).ThenBy(s => s.s.Name, StringComparer.Ordinal);

    private string Path => Specialty is null ? Town.Path : $"{Town.Path}/{Specialty.Code}";

    public string Heading => Specialty is null ? $"Craniosacral therapists in {Town.Written}" : $"{Specialty.Name}: craniosacral therapists in {Town.Written}";

    public async Task<IActionResult> OnGet(string country, string path, CancellationToken ct)
    {
        var whole = $"{country}/{path}".TrimEnd('/');
        Taxonomy = await words.Get(ct);
        if (await Find(whole, ct) is not { } town)
            return NotFound();
        Town = town;
        if (whole != Path)
            return RedirectPermanent($"/{Path}");
        var around = landing.Towns(TownsShown + 1, ct, Specialty?.Code, near: (town.Lat!.Value, town.Lon!.Value));
        Found = await listings.Search([new("near", town.Near), new("limit", $"{PeopleShown}"), .. Specialty is null ? [] : new[] { KeyValuePair.Create("specialty", (string?)Specialty.Code) }], ct);
        Around = [.. (await around).Where(t => t.Path != town.Path).Take(TownsShown)];
        Describe();
        return Page();
    }

    /// <summary>A town, or a town and an experience that people have there.</summary>
    private async Task<Town?> Find(string path, CancellationToken ct)
    {
        var last = path.LastIndexOf('/');
        Specialty = Taxonomy.Specialties.FirstOrDefault(s => s.Code == path[(last + 1)..]);
        if (await landing.Town(Specialty is null ? path : path[..last], ct) is not { People: > 0 } town)
            return null;
        return Specialty is null || town.Specialties.ContainsKey(Specialty.Code) ? town : null;
    }

    private void Describe()
    {
        var path = $"/{Path}";
        var steps = new[] { (Town.Written, $"/{Town.Path}") };
        ViewData["Title"] = Heading;
        ViewData["Description"] =
            $"{Say.People(Found.Total, Found.TotalIsLowerBound)} near {Town.Name}{(Specialty is null ? "" : $" with experience in {Say.Within(Specialty.Name)}")}: training and its proof, total prices, and free times to book.";
        ViewData["Listed"] = new Listed(path)
        {
            IsThin = (Specialty is null ? Town.People : Town.Specialties[Specialty.Code]) < FewestToList,
            Things =
            [
                ListThings.Crumbs(options.PublicUrl, Specialty is null ? steps : [.. steps, (Specialty.Name, path)]),
                ListThings.People(options.PublicUrl, Heading, Found),
            ],
        };
    }
}
