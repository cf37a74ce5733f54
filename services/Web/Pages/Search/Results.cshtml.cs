using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Web.Peers;
using Web.Structured;
using Web.Wording;

namespace Web.Pages.Search;

/// <summary>Who was found. Everything that was asked for stands in the address, so that it can be kept and shared.</summary>
public sealed class ResultsModel(ListingsClient listings, Words words, WebOptions options) : PageModel
{
    public static readonly int[] Distances = [5, 10, 25, Wanted.UsualRadiusKm, 80, 160, 500];
    public static readonly int[] Windows = [1, 3, 7, 14, 31];
    public static readonly int[] Lengths = [30, 45, 60, 75, 90, 120];

    [BindProperty(SupportsGet = true)]
    public Wanted Wanted { get; set; } = new();

    public Findings? Findings { get; private set; }

    public Taxonomy Taxonomy { get; private set; } = new();

    public IReadOnlyList<Filter> Filters { get; private set; } = [];

    /// <summary>Places that may have been meant.</summary>
    public IReadOnlyList<string> Suggestions { get; private set; } = [];

    /// <summary>Other places of the name that was typed without a region.</summary>
    public IReadOnlyList<Place> Namesakes { get; private set; } = [];

    /// <summary>When nobody fits.</summary>
    public IReadOnlyList<OtherWay> OtherWays { get; private set; } = [];

    /// <summary>The specialty that the words name.</summary>
    public Specialty? Meant { get; private set; }

    /// <summary>The one experience that is asked for, by words or by filter.</summary>
    public Specialty? Asked => Meant ?? (Wanted.Specialty is [var only] ? Taxonomy.Specialties.FirstOrDefault(s => s.Code == only) : null);

    /// <summary>Whose distances and money are shown.</summary>
    public string? Country => Findings?.Origin?.Country ?? (Findings?.Items is [var first, ..] ? first.Location?.Country : null);

    public string? Currency => Wanted.Currency ?? (Findings?.Items.FirstOrDefault(i => i.FromPrice is not null)?.FromPrice?.Currency);

    /// <summary>As it is said after "near".</summary>
    public string? Where => Wanted.Here is not null ? "you" : Findings?.Origin?.Name ?? (string.IsNullOrEmpty(Wanted.Bbox) ? Wanted.Near : null);

    /// <summary>What was typed, in one line.</summary>
    public string Sought => Say.List(new[] { Wanted.Q?.Trim(), Wanted.Here is not null ? "near you" : Wanted.Near?.Trim() }.Where(w => !string.IsNullOrEmpty(w))!);

    public IEnumerable<(string Code, string Name)> Orders
    {
        get
        {
            if (Wanted.IsSomewhere)
                yield return ("distance", "Nearest");
            yield return ("soonest", "Soonest");
            if (Currency is not null)
                yield return ("price", "Lowest price");
            if (Findings?.Items.Any(i => i.Rating is not null) == true)
                yield return ("rating", "Best rated");
            if (!string.IsNullOrWhiteSpace(Wanted.Q))
                yield return ("relevance", "Closest to your words");
        }
    }

    /// <summary>How many a single choice would find; null where that is not known.</summary>
    public int? Counted(string filter) => Findings?.Facets.GetValueOrDefault(filter)?.GetValueOrDefault("true");

    public string Order => Wanted.Sort is { Length: > 0 } sort ? sort : Wanted.IsSomewhere ? "distance" : string.IsNullOrWhiteSpace(Wanted.Q) ? "soonest" : "relevance";

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        Taxonomy = await words.Get(ct);
        LeaveOutUnread();
        if (!string.IsNullOrWhiteSpace(Wanted.MaxPrice) && Wanted.Most is null)
            ModelState.AddModelError(nameof(Wanted.MaxPrice), "Please give the price as a number, as in 60 or 60.50.");
        Meant = string.IsNullOrWhiteSpace(Wanted.Q) ? null : Taxonomy.Meant(Wanted.Q);
        try
        {
            Findings = await listings.Search(Wanted.Question().Append(new("facets", "true")), ct);
            // A price is compared in a currency; whoever gives none means that of the people found.
            if (Wanted.Most is not null && string.IsNullOrEmpty(Wanted.Currency) && Currency is { } currency)
                return Redirect((Wanted with { Currency = currency }).Address(null));
            if (Wanted.Near?.Trim() is { Length: > 0 } typed && !typed.Contains(',', StringComparison.Ordinal) && Findings.Origin?.Name is { } taken && taken.StartsWith($"{typed},", StringComparison.OrdinalIgnoreCase))
                Namesakes = [.. (await listings.PlacesCalled(typed, ct)).Where(p => p.Written != taken)];
            if (Findings.Total == 0)
                OtherWays = await Search.OtherWays.Find(Wanted, Meant, Country, listings, ct);
        }
        catch (RefusedException refusal) when (refusal.Name == "place-not-found")
        {
            Suggestions = refusal.Suggestions();
            ModelState.AddModelError("near", $"We could not find “{Wanted.Near}”. Please try a town, a city or a postcode.");
        }
        catch (RefusedException refusal) when (refusal.Name == "forged-cursor")
        {
            return Redirect(Wanted.Address(null));
        }
        catch (RefusedException refusal) when (refusal.Status == 400)
        {
            ModelState.AddModelError("", "Part of this address cannot be read. Please search again.");
        }
        Filters = Search.Filters.Of(Wanted, Taxonomy, Findings?.Facets ?? new Dictionary<string, IReadOnlyDictionary<string, int>>());
        Describe();
        return Page();
    }

    /// <summary>What is of the wrong kind is not searched for, and said to be left out; its fields may not be in sight.</summary>
    private void LeaveOutUnread()
    {
        var unread = ModelState.Where(e => e.Value!.Errors.Count > 0).Select(e => e.Key).ToList();
        foreach (var name in unread)
            ModelState.Remove(name);
        if (unread.Count > 0)
            ModelState.AddModelError("", $"Part of this address cannot be read and was left out: {Say.List(unread.Select(name => char.ToLowerInvariant(name[0]) + name[1..]).Order(StringComparer.Ordinal))}.");
    }

    /// <summary>Only the people of a place are a page worth finding; each further choice would make another one of the same people.</summary>
    private void Describe()
    {
        ViewData["Title"] = string.IsNullOrWhiteSpace(Where) ? "People found" : $"People near {Where}";
        if (Findings is not { } found || Wanted.Here is not null)
            return;
        var place = new Wanted { Near = found.Origin?.Name };
        ViewData["Description"] = $"{Say.People(found.Total, found.TotalIsLowerBound)}{(Where is null ? "" : $" near {Where}")}: training and its proof, total prices, and free times to book.";
        ViewData["Listed"] = new Listed(place.Address(null))
        {
            IsThin = found.Total < Landing.TownModel.FewestToList || found.Origin?.Name is null || QueryHelpers.ParseQuery(Request.QueryString.Value).Any(p => p.Key != "near" && p.Value.Any(v => !string.IsNullOrEmpty(v))),
            Things = [ListThings.People(options.PublicUrl, $"People near {Where}", found)],
        };
    }
}
