using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Web.Peers;

namespace Web.Pages.Search;

/// <summary>Who was found, nearest first. Everything that was asked for stands in the address, so that it can be kept and shared.</summary>
public sealed class ResultsModel(ListingsClient listings, Words words) : PageModel
{
    public static readonly int[] Distances = [5, 10, 25, 40, 80, 160, 500];
    public static readonly int[] Windows = [3, 7, 14, 31];

    [BindProperty(SupportsGet = true)]
    public Wanted Wanted { get; set; } = new();

    public Findings? Findings { get; private set; }

    public Taxonomy Taxonomy { get; private set; } = new();

    /// <summary>Places that may have been meant.</summary>
    public IReadOnlyList<string> Suggestions { get; private set; } = [];

    /// <summary>What the words were taken to mean.</summary>
    public Specialty? Meant { get; private set; }

    /// <summary>The one experience that is asked for, by words or by filter.</summary>
    public Specialty? Asked => Meant ?? Taxonomy.Specialties.FirstOrDefault(s => s.Code == Wanted.Specialty);

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        Taxonomy = await words.Get(ct);
        Meant = string.IsNullOrWhiteSpace(Wanted.Q) ? null : Taxonomy.Meant(Wanted.Q);
        try
        {
            Findings = await listings.Search(Wanted.Question(Meant?.Code), ct);
        }
        catch (RefusedException refusal) when (refusal.Name == "place-not-found")
        {
            Suggestions = refusal.Suggestions();
            ModelState.AddModelError("near", $"We do not know “{Wanted.Near}”. Please try a town, a city or a postcode.");
        }
        catch (RefusedException refusal) when (refusal.Name == "forged-cursor")
        {
            return Redirect(Wanted.Address(null));
        }
        catch (RefusedException refusal) when (refusal.Status == 400)
        {
            ModelState.AddModelError("", "Part of this address cannot be read. Please search again.");
        }
        return Page();
    }
}
