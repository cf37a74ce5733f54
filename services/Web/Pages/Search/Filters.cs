using System.Globalization;
using Web.Peers;
using Web.Wording;

namespace Web.Pages.Search;

/// <summary>One value that can be chosen, and how many people it would find.</summary>
public sealed record FilterChoice(string Value, string Text, int? People, bool IsChosen);

/// <param name="Name">As in the address.</param>
public sealed record Filter(string Name, string Legend, IReadOnlyList<FilterChoice> Choices)
{
    public int Chosen => Choices.Count(c => c.IsChosen);
}

/// <summary>The filters that a search offers; of those that the directory counts, only the values that somebody has.</summary>
public static class Filters
{
    private static readonly Term[] Formats = [new("inPerson", "At the practice"), new("homeVisit", "At my home"), new("online", "Online talk first")];
    private static readonly Term[] Hours = [new("morning", "Before noon"), new("afternoon", "Noon to five"), new("evening", "From five on")];
    private static readonly Term[] Days = [.. Enum.GetValues<DayOfWeek>().OrderBy(d => ((int)d + 6) % 7).Select(d => new Term(d.ToString().ToLowerInvariant(), d.ToString()))];

    public static IReadOnlyList<Filter> Of(Wanted wanted, Taxonomy words, IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> counted)
    {
        (string Name, string Legend, IEnumerable<Term> Terms, string[] Chosen)[] all =
        [
            ("lineage", "Training", words.Lineages.Select(l => new Term(l.Code, l.Name)), wanted.Lineage),
            ("level", "Credential, or a higher one", words.Marks.Select(m => new Term(m.Code, $"{m.Name}, {m.Issuer.Name}")), wanted.Level is null ? [] : [wanted.Level]),
            ("specialty", "Experience with", words.Specialties.Select(s => new Term(s.Code, s.Name)).OrderBy(t => t.Name, StringComparer.Ordinal), wanted.Specialty),
            ("population", "Works with", words.Populations, wanted.Population),
            ("format", "Where the visit is", Formats, wanted.Format),
            ("timeOfDay", "Time of day", Hours, wanted.TimeOfDay),
            ("weekday", "Day", Days, wanted.Weekday),
            ("approach", "Style of touch", words.Approaches.Select(a => new Term(a.Code, Trained.Touch(a.Code) is { Length: > 0 } said ? said : a.Name)), wanted.Approach),
            ("language", "Speaks", words.Languages.OrderBy(l => l.Name, StringComparer.Ordinal), wanted.Language),
            ("gender", "Practitioner’s gender", words.Genders, wanted.Gender),
            ("access", "Access and quiet", words.AccessFeatures, wanted.Access),
            ("technique", "Ways of working", words.Techniques, wanted.Technique),
            ("modality", "Also offers", words.Modalities, wanted.Modality),
            ("licence", "Licence", words.Licences, wanted.Licence),
        ];
        return
        [
            .. from filter in all
               let counts = counted.GetValueOrDefault(filter.Name)
               where counts is not null || filter.Chosen.Length > 0 || filter.Name is "timeOfDay" or "weekday"
               let choices = filter.Terms.Select(t => new FilterChoice(t.Code, t.Name, counts is null ? null : counts.GetValueOrDefault(t.Code), filter.Chosen.Contains(t.Code))).Where(c => c.IsChosen || c.People != 0).ToList()
               where choices.Count > 0
               select new Filter(filter.Name, filter.Legend, choices),
        ];
    }

    /// <summary>Which free times people are shown with: the next of all, or of the days and hours that are asked for.</summary>
    public static string Times(Wanted wanted)
    {
        var (days, hours) = (Either(wanted.Weekday, Days.Select(d => (d.Code, d.Name))), Either(wanted.TimeOfDay, Hours.Select(h => (h.Code, h.Code))));
        return "Next free times" + (days, hours) switch
        {
            (null, null) => "",
            (null, _) => $" in the {hours}",
            (_, null) => $" on a {days}",
            _ => wanted.TimeOfDay.Distinct().Count() == 1 ? $" on a {days} {hours}" : $" on a {days}, in the {hours}",
        };
    }

    /// <summary>What is chosen, each in its own words.</summary>
    public static string Told(KeyValuePair<string, string?> choice, IReadOnlyList<Filter> filters, string? country, string? currency) => choice switch
    {
        { Key: "verified" } => "With proof of training",
        { Key: "slidingScale" } => "Sliding scale",
        { Key: "acceptsNew" } => "Takes new clients",
        { Key: "radiusKm" } => $"Up to {Say.Far(int.Parse(choice.Value!, CultureInfo.InvariantCulture), country)}",
        { Key: "within" } => choice.Value == "1" ? "Free within a day" : $"Free within {choice.Value} days",
        { Key: "minutes" } => $"{choice.Value} minutes",
        { Key: "maxPrice" } => $"Up to {choice.Value} {currency}",
        _ => filters.FirstOrDefault(f => f.Name == choice.Key)?.Choices.FirstOrDefault(c => c.Value == choice.Value)?.Text ?? choice.Value!,
    };

    /// <summary><c>Monday, Tuesday or Friday</c>; null when none is chosen, or all are.</summary>
    private static string? Either(string[] chosen, IEnumerable<(string Code, string Name)> all)
    {
        var names = all.Where(a => chosen.Contains(a.Code)).Select(a => a.Name).ToList();
        return names.Count == 0 || names.Count == all.Count() ? null : names.Count == 1 ? names[0] : $"{Say.List(names.SkipLast(1))} or {names[^1]}";
    }
}
