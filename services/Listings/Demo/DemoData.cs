using System.Text.Json;

namespace Listings.Demo;

/// <summary>What invented practitioners are made of: names, prices, languages, licences and sentences, from the files beside.</summary>
internal static class DemoData
{
    public static IReadOnlyDictionary<string, DemoCountry> Countries { get; } = Read<Dictionary<string, DemoCountry>>("demo-countries.json");
    public static IReadOnlyDictionary<string, DemoNames> Names { get; } = Read<Dictionary<string, DemoNames>>("demo-names.json");
    public static DemoWords Words { get; } = Read<DemoWords>("demo-words.json");

    /// <summary>A few large towns, for a database without a gazetteer.</summary>
    public static IReadOnlyList<DemoTown> Towns { get; } = Read<DemoTown[]>("demo-towns.json");

    /// <summary>What is spoken around a town, where that is not the language of most of its country; its names are of that language too.</summary>
    public static string LanguageOf(DemoTown town) => (town.Country, town.Region) switch
    {
        ("CA", "QC") or ("CH", "GE" or "VD" or "NE" or "JU" or "FR" or "VS") => "fr",
        ("CH", "TI") => "it",
        _ => Countries[town.Country].Names,
    };

    private static T Read<T>(string file)
    {
        using var stream = typeof(DemoData).Assembly.GetManifestResourceStream(file)!;
        return JsonSerializer.Deserialize<T>(stream, Listing.Stored)!;
    }
}

/// <param name="Share">Of all invented practitioners.</param>
/// <param name="Price60">The usual span for an hour, in minor units.</param>
/// <param name="AlsoSpoken">Further languages, the frequent ones more than once.</param>
/// <param name="Licences">How many hold each, as a share.</param>
internal sealed record DemoCountry(
    double Share, string Currency, int[] Price60, int Step, string Names, IReadOnlyList<string> Languages, IReadOnlyList<string> AlsoSpoken,
    IReadOnlyDictionary<string, double> Lineages, IReadOnlyDictionary<string, double> Licences);

/// <param name="Streets">With a place for the number.</param>
internal sealed record DemoNames(IReadOnlyList<string> Women, IReadOnlyList<string> Men, IReadOnlyList<string> Last, IReadOnlyList<string> Streets);

internal sealed record DemoWords(
    IReadOnlyList<string> Headlines, IReadOnlyList<string> Openings, IReadOnlyList<string> Works, IReadOnlyList<string> Clients,
    IReadOnlyList<string> Closings, IReadOnlyList<string> Directions, IReadOnlyList<string> Rooms, string Preparation, string Aftercare);

/// <summary>A real place in which an invented practitioner can be.</summary>
internal sealed record DemoTown(string Name, string? Region, string Country, double Lat, double Lon, string TimeZone, int Population)
{
    /// <summary>Real postal positions inside, where we know them.</summary>
    public List<DemoPost> Posts { get; } = [];
}

internal readonly record struct DemoPost(string Code, double Lat, double Lon);
