using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;
using Web.Peers;
using Web.Wording;

namespace Web.Pages.Search;

/// <summary>What someone looks for, exactly as it stands in the address of the results.</summary>
public sealed record Wanted
{
    /// <summary>How far the search looks when nobody says.</summary>
    public const int UsualRadiusKm = 40;

    public string? Near { get; init; }

    /// <summary>Instead of <see cref="Near"/>: where someone is, in WGS 84 degrees, to two decimals.</summary>
    public double? Lat { get; init; }
    public double? Lon { get; init; }

    /// <summary>Instead of either: the part of the map that is looked at, <c>west,south,east,north</c>.</summary>
    public string? Bbox { get; init; }

    /// <summary>What for, in one's own words.</summary>
    public string? Q { get; init; }
    public string? For { get; init; }
    public string[] Lineage { get; init; } = [];
    public string? Level { get; init; }
    public bool Verified { get; init; }
    public string[] Specialty { get; init; } = [];
    public string[] Population { get; init; } = [];
    public string[] Technique { get; init; } = [];
    public string[] Modality { get; init; } = [];
    public string[] Format { get; init; } = [];
    public string[] Approach { get; init; } = [];
    public string[] Language { get; init; } = [];
    public string[] Gender { get; init; } = [];
    public string[] Licence { get; init; } = [];
    public string[] Access { get; init; } = [];
    public bool SlidingScale { get; init; }
    public bool AcceptsNew { get; init; }

    /// <summary>In units of <see cref="Currency"/>, as it was typed.</summary>
    public string? MaxPrice { get; init; }
    public string? Currency { get; init; }
    public int? RadiusKm { get; init; }

    /// <summary>Free within so many days.</summary>
    public int? Within { get; init; }
    public string[] TimeOfDay { get; init; } = [];
    public string[] Weekday { get; init; } = [];
    public int? Minutes { get; init; }
    public string? Sort { get; init; }
    public string? Cursor { get; init; }

    public int ReachKm => RadiusKm ?? UsualRadiusKm;

    /// <summary>The price that can be read in <see cref="MaxPrice"/>.</summary>
    public Price? Most => Say.Read(MaxPrice?.Trim(), Currency ?? "");

    /// <summary>Whether there is a point to measure from.</summary>
    public bool IsSomewhere => !string.IsNullOrWhiteSpace(Near) || Here is not null;

    /// <summary>Where someone is; a place that was typed comes first.</summary>
    public (double Lat, double Lon)? Here => string.IsNullOrWhiteSpace(Near) && Lat is { } lat && Lon is { } lon ? (lat, lon) : null;

    /// <summary>Whether only those are wanted who are free at some time.</summary>
    public bool AsksForTime => Within is not null || TimeOfDay.Length > 0 || Weekday.Length > 0;

    /// <summary>The filters that are set, as they stand in the address.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Choices => Pairs().Where(p => p.Key is not ("near" or "lat" or "lon" or "bbox" or "q" or "for" or "sort" or "currency") && (p.Key != "radiusKm" || RadiusKm != UsualRadiusKm));

    /// <summary>The same search, asked of the directory.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Question(int limit = 20)
    {
        yield return new("limit", Number(limit));
        foreach (var (name, value) in Pairs().Where(p => p.Key is not ("for" or "within" or "maxPrice" or "currency")))
            yield return new(name, value);
        if (For == Journeys.Visitors.Baby && !Population.Contains(Infants))
            yield return new("population", Infants);
        if (Within is { } days)
            yield return new("availableWithinDays", Number(days));
        if (Most is { } most && !string.IsNullOrEmpty(Currency))
            yield return new("maxPrice", Number(most.Amount));
        if ((Most is not null || Sort == "price") && !string.IsNullOrEmpty(Currency))
            yield return new("currency", Currency);
        if (!string.IsNullOrEmpty(Cursor))
            yield return new("cursor", Cursor);
    }

    /// <summary>The same as one text, for asking it again later.</summary>
    public string Sought => new QueryBuilder(Question().Where(p => p.Key is not ("limit" or "sort" or "cursor")).Select(p => KeyValuePair.Create(p.Key, p.Value ?? ""))).ToString().TrimStart('?');

    /// <summary>Back from <see cref="Sought"/>.</summary>
    public static Wanted Of(string sought)
    {
        var asked = QueryHelpers.ParseQuery(sought);
        string[] All(string name) => asked.TryGetValue(name, out var values) ? [.. values.OfType<string>()] : [];
        string? One(string name) => All(name).FirstOrDefault();
        bool Set(string name) => One(name) == "true";
        int? Whole(string name) => int.TryParse(One(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        double? Degrees(string name) => double.TryParse(One(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) ? degrees : null;
        var currency = One("currency");
        return new()
        {
            Near = One("near"),
            Lat = Degrees("lat"),
            Lon = Degrees("lon"),
            Bbox = One("bbox"),
            RadiusKm = Whole("radiusKm"),
            Q = One("q"),
            Lineage = All("lineage"),
            Level = One("level"),
            Verified = Set("verified"),
            Specialty = All("specialty"),
            Population = All("population"),
            Technique = All("technique"),
            Modality = All("modality"),
            Format = All("format"),
            Approach = All("approach"),
            Language = All("language"),
            Gender = All("gender"),
            Licence = All("licence"),
            Access = All("access"),
            SlidingScale = Set("slidingScale"),
            AcceptsNew = Set("acceptsNew"),
            MaxPrice = currency is not null && Whole("maxPrice") is { } most ? Say.Plain(new(most, currency)) : null,
            Currency = currency,
            Within = Whole("availableWithinDays"),
            TimeOfDay = All("timeOfDay"),
            Weekday = All("weekday"),
            Minutes = Whole("minutes"),
        };
    }

    /// <summary>The address of these results, or of a further page of them.</summary>
    public string Address(string? cursor) => QueryHelpers.AddQueryString("/find", string.IsNullOrEmpty(cursor) ? Pairs() : Pairs().Append(new("cursor", cursor)));

    /// <summary>The same search for the map: everybody at once, as points.</summary>
    public string PointsAddress => QueryHelpers.AddQueryString("/find/points", Pairs());

    /// <summary>The same wherever it may be.</summary>
    public string AddressAnywhere => QueryHelpers.AddQueryString("/find", Kept("near", "lat", "lon", "bbox", "radiusKm"));

    /// <summary>The same without one choice.</summary>
    public string AddressWithout(KeyValuePair<string, string?> choice) => QueryHelpers.AddQueryString("/find", Pairs().Where(p => p.Key != choice.Key || p.Value != choice.Value));

    /// <summary>What a form that asks for the named parts itself has to take along.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Kept(params string[] without) => Pairs().Where(p => !without.Contains(p.Key));

    private const string Infants = "infants";

    private IEnumerable<KeyValuePair<string, string?>> Pairs()
    {
        var here = Here;
        (string Name, string?[] Values)[] parts =
        [
            ("near", [Near?.Trim()]), ("lat", [Degrees(here?.Lat)]), ("lon", [Degrees(here?.Lon)]), ("bbox", [string.IsNullOrWhiteSpace(Near) && here is null ? Bbox : null]),
            ("q", [Q?.Trim()]), ("for", [For]), ("lineage", Lineage), ("level", [Level]), ("verified", [Yes(Verified)]), ("specialty", Specialty), ("population", Population),
            ("technique", Technique), ("modality", Modality), ("format", Format), ("approach", Approach), ("language", Language), ("gender", Gender), ("licence", Licence),
            ("access", Access), ("slidingScale", [Yes(SlidingScale)]), ("acceptsNew", [Yes(AcceptsNew)]), ("maxPrice", [Most is { } most ? Say.Plain(most) : null]), ("currency", [Most is null && Sort != "price" ? null : Currency]),
            // A distance is from somewhere.
            ("radiusKm", [IsSomewhere ? Number(RadiusKm) : null]),
            ("within", [Number(Within)]), ("timeOfDay", TimeOfDay), ("weekday", Weekday), ("minutes", [Number(Minutes)]),
            ("sort", [Sort == "distance" && !IsSomewhere ? null : Sort]),
        ];
        return from part in parts from value in part.Values.Distinct() where !string.IsNullOrEmpty(value) select KeyValuePair.Create(part.Name, (string?)value);
    }

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? Degrees(double? degrees) => degrees?.ToString("0.##", CultureInfo.InvariantCulture);

    private static string? Yes(bool set) => set ? "true" : null;
}
