using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Web.Peers;

/// <summary>Where people practise, for the pages that lead newcomers to them. Invented people count on a demonstration site only.</summary>
public sealed class LandingClient(HttpClient http, WebOptions options)
{
    /// <summary>Most people first, or the nearest to a point (WGS 84 degrees) first.</summary>
    public async Task<IReadOnlyList<Town>> Towns(int limit, CancellationToken ct, string? specialty = null, string? lineage = null, (double Lat, double Lon)? near = null) =>
        (await http.Ask<Items<Town>>(
            Address("towns", ("specialty", specialty), ("lineage", lineage), ("near", near is { } at ? string.Create(CultureInfo.InvariantCulture, $"{at.Lat},{at.Lon}") : null), ("limit", Number(limit))), ct)).All;

    /// <param name="path"><c>us/co/denver</c>, or nearly so.</param>
    /// <returns>Null where there is no such town.</returns>
    public async Task<Town?> Town(string path, CancellationToken ct) =>
        await http.AskMaybe<Town>(Address($"places/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}"), ct) is { Kind: "town" } town ? town : null;

    /// <summary>How many people there are for each experience and lineage.</summary>
    public Task<Topics> Topics(CancellationToken ct) => http.Ask<Topics>(Address("topics"), ct);

    /// <summary>Addresses of towns, and of experiences in towns, with as many people as make a page worth finding.</summary>
    public async Task<IReadOnlyList<string>> Pages(string? after, int limit, CancellationToken ct) =>
        (await http.Ask<Items<string>>(Address("pages", ("after", after), ("limit", Number(limit))), ct)).All;

    /// <summary>What to ask after for each map of that many pages but the first.</summary>
    public async Task<IReadOnlyList<string>> PageStarts(int of, CancellationToken ct) => (await http.Ask<Items<string>>(Address("pages/starts", ("of", Number(of))), ct)).All;

    public async Task<IReadOnlyList<Person>> People(Guid after, int limit, CancellationToken ct) =>
        (await http.Ask<Items<Person>>(Address("people", ("after", after.ToString()), ("limit", Number(limit))), ct)).All;

    /// <summary>What to ask after for each map of that many people.</summary>
    public async Task<IReadOnlyList<Guid>> PeopleStarts(int of, CancellationToken ct) => (await http.Ask<Items<Guid>>(Address("people/starts", ("of", Number(of))), ct)).All;

    private string Address(string what, params (string Name, string? Value)[] asked) => QueryHelpers.AddQueryString(
        $"/internal/landing/{what}",
        asked.Append(("demo", options.IsDemonstration ? "true" : "false")).Where(a => !string.IsNullOrEmpty(a.Item2)).Select(a => KeyValuePair.Create(a.Item1, a.Item2)));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    public sealed record Person(string Slug, DateTimeOffset ChangedAt);
}

/// <summary>A town in which people practise.</summary>
/// <param name="Path"><c>us/co/denver</c>.</param>
/// <param name="Lat">WGS 84 degrees; null for what is no town.</param>
/// <param name="People">How many practise there.</param>
/// <param name="Kind"><c>town</c>, <c>region</c> or <c>country</c>; not said in lists.</param>
public sealed record Town(string Path, string Name, string? Region, string Country, double? Lat, double? Lon, int People, string? Kind = null)
{
    /// <summary>How many have which experience; not said in lists.</summary>
    public IReadOnlyDictionary<string, int> Specialties { get; init; } = new Dictionary<string, int>();

    /// <summary>With its region, in countries where people write it on every envelope.</summary>
    public string Written => Country is "US" or "CA" or "AU" && !string.IsNullOrEmpty(Region) ? $"{Name}, {Region}" : Name;

    /// <summary>As the search reads it again.</summary>
    public string Near => string.Join(", ", new[] { Name, Region, Country }.Where(p => !string.IsNullOrEmpty(p)));
}

public sealed record Topics(IReadOnlyDictionary<string, int> Specialties, IReadOnlyDictionary<string, int> Lineages);
