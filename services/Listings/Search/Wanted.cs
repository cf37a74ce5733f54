using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Listings.Search;

/// <summary>A search whose every part has been read and makes sense.</summary>
public sealed record Wanted(
    string? Near, Globe? Spot, double RadiusKm, IReadOnlyList<string> Lineages, string? Level, IReadOnlyList<string> Specialties, IReadOnlyList<VisitFormat> Formats,
    IReadOnlyList<string> Languages, bool Verified, int? WithinDays, SearchOrder Order, int Limit, DateTimeOffset Now)
{
    private const double UsualRadiusKm = 40;
    private const int LongestPlace = 200;
    private const int MostCodes = 30;

    /// <summary>The day by which credentials are judged.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    public bool HasPlace => Near is not null || Spot is not null;

    /// <summary>The search in words of its own, so that a cursor fits this one only. The page's size may change from page to page.</summary>
    public string Print(SearchPractitioners.Query query) => FormattableString.Invariant(
        $"search near={Near} at={query.Lat:R},{query.Lon:R} km={RadiusKm:R} lineage={Joined(Lineages)} level={Level} specialty={Joined(Specialties)} format={Joined(Formats)} language={Joined(Languages)} verified={Verified} days={WithinDays} order={Order}");

    /// <summary>Null and a 400 that says all that is wrong with the query.</summary>
    public static Wanted? Read(SearchPractitioners.Query query, DateTimeOffset now, out ProblemHttpResult? problem)
    {
        var taxonomy = Taxonomy.Current;
        var check = new Check();
        var near = string.IsNullOrWhiteSpace(query.Near) ? null : query.Near.Trim();
        if (near is not null)
            check.Text("near", near, LongestPlace);
        if (near is not null || query.Lat is null != query.Lon is null)
        {
            check.That("lat", query.Lat is null == query.Lon is null, "Latitude and longitude go together.");
            check.That("near", near is null || (query.Lat is null && query.Lon is null), "Give a place or a position, not both.");
        }

        check.That("lat", query.Lat is null or (>= -90 and <= 90), "Between -90 and 90, please.");
        check.That("lon", query.Lon is null or (>= -180 and <= 180), "Between -180 and 180, please.");
        var hasPlace = near is not null || query.Lat is not null;
        check.That("radiusKm", query.RadiusKm is null or (>= 0.1 and <= 500), "Between 0.1 and 500, please.");
        check.That("radiusKm", query.RadiusKm is null || hasPlace, "A radius needs a place.");

        var lineages = Codes(check, "lineage", query.Lineage, code => taxonomy.Lineages.Any(l => l.Code == code));
        var specialties = Codes(check, "specialty", query.Specialty, code => taxonomy.Specialties.Any(s => s.Code == code));
        var languages = Codes(check, "language", query.Language, code => taxonomy.Languages.Any(l => l.Code == code));
        var formats = Codes(check, "format", query.Format, code => FormatOf(code) is not null);
        var level = string.IsNullOrEmpty(query.Level) ? null : query.Level;
        check.That("level", level is null || taxonomy.IsLevel(level), "This is not a level we know.");
        check.That("availableWithinDays", query.AvailableWithinDays is null or (>= 1 and <= 31), "Between 1 and 31, please.");
        check.That("limit", query.Limit is null or (>= 1 and <= 100), "Between 1 and 100, please.");

        var order = query.Sort switch
        {
            null or "" => hasPlace ? SearchOrder.Distance : SearchOrder.Soonest,
            "distance" => SearchOrder.Distance,
            "soonest" => SearchOrder.Soonest,
            _ => (SearchOrder?)null,
        };
        check.That("sort", order is not null, "Sort by distance or soonest.");
        check.That("sort", order != SearchOrder.Distance || hasPlace, "Sorting by distance needs a place.");
        if (check.Failed(out problem))
            return null;

        return new(
            near, query.Lat is null ? null : Globe.At(query.Lat.Value, query.Lon!.Value), query.RadiusKm ?? UsualRadiusKm, lineages, level, specialties,
            [.. formats.Select(f => FormatOf(f)!.Value)], languages, query.Verified == true, query.AvailableWithinDays, order!.Value, query.Limit ?? 20, now);
    }

    private static string[] Codes(Check check, string path, string[]? given, Func<string, bool> known)
    {
        string[] codes = [.. (given ?? []).Where(code => code.Length > 0).Distinct().Order(StringComparer.Ordinal)];
        check.That(path, codes.Length <= MostCodes, $"At most {MostCodes}, please.");
        check.That(path, codes.All(known), "One of these is not a code we know.");
        return codes;
    }

    private static VisitFormat? FormatOf(string code) => code switch
    {
        "inPerson" => VisitFormat.InPerson,
        "homeVisit" => VisitFormat.HomeVisit,
        "online" => VisitFormat.Online,
        _ => null,
    };

    private static string Joined<T>(IEnumerable<T> parts) => string.Join(',', parts);
}

/// <summary>What comes first; practitioners that are alike in it come by their ids.</summary>
public enum SearchOrder
{
    Distance,
    Soonest,
}

/// <summary>Where a page ends: the last result's key in the search's order, and the total that the first page counted.</summary>
/// <param name="Metres">Straight-line metres, when sorted by distance.</param>
/// <param name="NextAt">When sorted by the soonest; null for whoever has no opening.</param>
public sealed record Position(double? Metres, DateTimeOffset? NextAt, Guid Id, int Total, bool TotalIsLowerBound);
