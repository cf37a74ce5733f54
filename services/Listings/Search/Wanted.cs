using Listings.Words;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Listings.Search;

/// <summary>A search whose every part has been read and makes sense.</summary>
internal sealed record Wanted
{
    private const double UsualRadiusKm = 40;
    private const int LongestPlace = 200;
    private const int MostCodes = 30;

    private static readonly (Kind Kind, bool All)[] Filters =
    [
        (Kinds.Lineage, false), (Kinds.Licence, false), (Kinds.Language, false), (Kinds.Approach, false), (Kinds.Gender, false), (Kinds.Level, true),
        (Kinds.Specialty, true), (Kinds.Population, true), (Kinds.Technique, true), (Kinds.Modality, true), (Kinds.Access, true),
    ];

    public string? Near { get; init; }

    /// <summary>WGS 84 degrees of where distances are measured from; for <see cref="Near"/> they come from the gazetteer.</summary>
    public double? Lat { get; init; }
    public double? Lon { get; init; }
    public double? RadiusKm { get; init; }
    public Bounds? Bounds { get; init; }

    /// <summary>By kind, whatever filters by codes.</summary>
    public IReadOnlyDictionary<Kind, string[]> Codes { get; init; } = new Dictionary<Kind, string[]>();
    public IReadOnlyList<VisitFormat> Formats { get; init; } = [];
    public bool Verified { get; init; }
    public bool SlidingScale { get; init; }
    public bool AcceptsNew { get; init; }

    /// <summary>In minor units of <see cref="Currency"/>.</summary>
    public long? MaxPrice { get; init; }
    public string? Currency { get; init; }
    public int? Minutes { get; init; }
    public SearchWindow? Window { get; init; }
    public required SearchOrder Order { get; init; }
    public required int Limit { get; init; }

    /// <summary>By which starts lapse and credentials expire; on later pages that of the first.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Only whom words have found; null when none were given.</summary>
    public FoundByWords? Words { get; init; }

    /// <summary>The day by which credentials are judged.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    public Area Area => new(Lat, Lon, RadiusKm, Bounds);

    public bool HasArea => Near is not null || Lat is not null || Bounds is not null;

    /// <summary>Whether prices are compared, which only those of one currency can be.</summary>
    public bool ComparesPrices => MaxPrice is not null || Order == SearchOrder.Price;

    /// <summary>What codes can tell: of free times, who has none in such a part of the day, or on such a weekday, at all.</summary>
    public IEnumerable<CodeFilter> CodeFilters()
    {
        foreach (var (kind, all) in Filters)
        {
            if (Codes.TryGetValue(kind, out var codes) && codes.Length > 0)
                yield return new(kind, kind.Mask(codes), all);
        }

        if (Verified)
            yield return new(Kinds.Evidenced, Codes.GetValueOrDefault(Kinds.Lineage) is { Length: > 0 } lineages ? Kinds.Evidenced.Mask(lineages) : Kinds.Evidenced.All, false);
        if (SlidingScale)
            yield return new(Kinds.SlidingScale, Kinds.SlidingScale.All, true);
        if (AcceptsNew)
            yield return new(Kinds.AcceptsNew, Kinds.AcceptsNew.All, true);
        if (Window is not null && Window.Parts != SearchWindow.AllParts)
            yield return new(Kinds.PartOfDay, (ulong)Window.Parts << Kinds.PartOfDay.Shift, false);
        if (Window is not null && Window.Weekdays != SearchWindow.AllWeekdays)
            yield return new(Kinds.Weekday, (ulong)Window.Weekdays << Kinds.Weekday.Shift, false);
    }

    /// <summary>The search in words of its own, so that a cursor fits this one only. The page's size may change from page to page.</summary>
    public static string Print(SearchPractitioners.Query query) => "search " + string.Join(
        ' ', typeof(SearchPractitioners.Query).GetProperties().Where(p => p.Name is not (nameof(query.Limit) or nameof(query.Cursor) or nameof(query.Facets)))
            .Select(p => p.GetValue(query) is string[] many ? string.Join(',', many) : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{p.GetValue(query)}")));

    /// <summary>Null and a 400 that says all that is wrong with the query.</summary>
    public static Wanted? Read(SearchPractitioners.Query query, DateTimeOffset now, out ProblemHttpResult? problem)
    {
        var check = new Check();
        var near = string.IsNullOrWhiteSpace(query.Near) ? null : query.Near.Trim();
        if (near is not null)
            check.Text("near", near, LongestPlace);
        WordSearch.Limit(check, "q", query.Q);
        check.That("near", near is null || (query.Lat is null && query.Lon is null), "Give a place or a position, not both.");
        check.That("lat", query.Lat is null == query.Lon is null, "Latitude and longitude go together.");
        check.That("lat", query.Lat is null or (>= -90 and <= 90), "Between -90 and 90, please.");
        check.That("lon", query.Lon is null or (>= -180 and <= 180), "Between -180 and 180, please.");
        var hasPoint = near is not null || query.Lat is not null;
        check.That("radiusKm", query.RadiusKm is null or (>= 0.1 and <= 500), "Between 0.1 and 500, please.");
        check.That("radiusKm", query.RadiusKm is null || hasPoint, "A radius needs a place.");
        var bounds = string.IsNullOrEmpty(query.Bbox) ? null : SearchQuery.Bounds(check, query.Bbox);
        check.That("bbox", bounds is null || query.RadiusKm is null, "Give a radius or a box, not both.");

        var codes = new Dictionary<Kind, string[]>();
        foreach (var (kind, given) in Given(query))
            codes.Add(kind, SearchQuery.Codes(check, kind.Name, given, kind.Knows, MostCodes));
        var formats = SearchQuery.Codes(check, "format", query.Format, Kinds.Format.Knows, MostCodes).Select(code => (VisitFormat)Kinds.Format.NumberOf(code)!.Value);
        var window = SearchQuery.Window(check, query, DateOnly.FromDateTime(now.UtcDateTime));
        check.That("minutes", query.Minutes is null or (>= 15 and <= 180) && (query.Minutes ?? 0) % 5 == 0, "15 to 180, in steps of 5, please.");
        check.That("maxPrice", query.MaxPrice is null or >= 0, "0 or more, in minor units, please.");
        var currency = string.IsNullOrEmpty(query.Currency) ? null : query.Currency;
        check.That("currency", currency is null || (currency.Length == 3 && currency.All(char.IsAsciiLetterUpper)), "Three capital letters are needed, as in USD or CHF.");
        check.That("limit", query.Limit is null or (>= 1 and <= 100), "Between 1 and 100, please.");

        var order = SearchQuery.Order(check, query.Sort, hasPoint, hasWords: !string.IsNullOrWhiteSpace(query.Q));
        var compares = query.MaxPrice is not null || order == SearchOrder.Price;
        check.That("currency", !compares || currency is not null || hasPoint, "Prices are compared in one currency: which? With a place, that of the place is taken.");
        if (check.Failed(out problem))
            return null;

        return new()
        {
            Near = near,
            Lat = query.Lat,
            Lon = query.Lon,
            RadiusKm = bounds is null && hasPoint ? query.RadiusKm ?? UsualRadiusKm : null,
            Bounds = bounds,
            Codes = codes,
            Formats = [.. formats],
            Verified = query.Verified == true,
            SlidingScale = query.SlidingScale == true,
            AcceptsNew = query.AcceptsNew == true,
            MaxPrice = query.MaxPrice,
            Currency = currency,
            Minutes = query.Minutes,
            Window = window,
            Order = order,
            Limit = query.Limit ?? 20,
            Now = now,
        };
    }

    private static IEnumerable<(Kind Kind, string[]? Given)> Given(SearchPractitioners.Query query) =>
    [
        (Kinds.Lineage, query.Lineage), (Kinds.Licence, query.Licence), (Kinds.Language, query.Language), (Kinds.Approach, query.Approach), (Kinds.Gender, query.Gender),
        (Kinds.Level, string.IsNullOrEmpty(query.Level) ? null : [query.Level]), (Kinds.Specialty, query.Specialty), (Kinds.Population, query.Population),
        (Kinds.Technique, query.Technique), (Kinds.Modality, query.Modality), (Kinds.Access, query.Access),
    ];
}

/// <summary>What comes first; practitioners that are alike in it come by their ids.</summary>
public enum SearchOrder
{
    Distance,
    Soonest,
    Price,
    Rating,
    Relevance,
}

/// <summary>Where a page ends: the last result's key in the search's order, and what the first page found out.</summary>
/// <param name="Currency">In which prices are compared, when the search did not say.</param>
/// <param name="At">When the first page was read: starts lapse, and the order must not.</param>
public sealed record Position(long Key, Guid Id, int Total, bool TotalIsLowerBound, string? Currency, DateTimeOffset At);
