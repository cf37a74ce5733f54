using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Web.Peers;

namespace Web.Pages.Desk;

/// <summary>What can be chosen in the listing's form.</summary>
public static class ListingChoices
{
    /// <summary>Every mark and course, by its issuer; and one's own words for the rest.</summary>
    public static IEnumerable<SelectListItem> Marks(Taxonomy words) =>
    [
        new("Please choose", ""),
        .. words.Marks.Where(m => m.Issuer.Code != TrainingDraft.InOwnWords).DistinctBy(m => m.Code).Select(m => new SelectListItem($"{m.Issuer.Name}: {m.Name}", m.Code)),
        new("Another one, in my own words", TrainingDraft.InOwnWords),
    ];

    public static IEnumerable<SelectListItem> Of(IEnumerable<Term> terms) => [new("Please choose", ""), .. terms.Select(t => new SelectListItem(t.Name, t.Code))];

    public static string? Number(double? number) => number?.ToString(CultureInfo.InvariantCulture);
}
