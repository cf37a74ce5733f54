using System.Globalization;

namespace Benchmarks;

/// <summary>
/// What the search does to a directory of any size, over HTTP through the door: dense towns and empty country, a few filters and many, all of
/// them mixed and each kind by itself. Limits at a million practitioners: p50 3 ms, p99 25 ms; selective and unselective within 3×; with free time at most 1.5× the plain one; with facets
/// p99 60 ms; type-ahead p99 5 ms; 400 MB of memory.
/// </summary>
internal static class SearchAtScale
{
    private const int Clients = 8;
    private const int Rounds = 5;
    public static readonly TimeSpan Turn = TimeSpan.FromSeconds(2);

    private static readonly string[] Places =
    [
        "lat=39.74&lon=-104.98", "lat=51.51&lon=-0.13", "lat=43.65&lon=-79.38", "lat=44.5&lon=-109", "lat=47.37&lon=8.54", "lat=-33.87&lon=151.21", "lat=64.1&lon=-21.9", "lat=34.05&lon=-118.24",
    ];

    private static readonly string[] Plain = ["", "&lineage=biodynamic"];
    private static readonly string[] Selective = ["&lineage=upledger&specialty=tmj&specialty=sleep&language=es", "&specialty=prolapse&gender=man&language=fr"];

    private static readonly (string Name, string Kind, string[] Searches)[] Kinds =
    [
        ("mix", "", Around([.. Plain, .. Selective])),
        ("plain", "", Around(Plain)),
        ("selective", "plain", Around(Selective)),
        ("free time", "plain", Around("&availableWithinDays=7", "&lineage=biodynamic&availableWithinDays=14&timeOfDay=evening")),
        ("soonest", "plain", Around("&sort=soonest", "&lineage=biodynamic&sort=soonest&weekday=saturday")),
        ("price", "plain", Around("&sort=price", "&lineage=biodynamic&sort=price")),
        ("facets", "plain", Around("&facets=true", "&lineage=biodynamic&facets=true&specialty=tmj")),
        ("type-ahead", "plain", []),
    ];

    private static readonly string[] Typed =
        ["d", "de", "den", "denv", "denver", "dnver", "londn", "berln", "pariss", "mian", "sanfran", "new yrk", "zurich", "sao p", "80202", "sw1a 1aa", "münch", "bouldr", "st. lou", "winterthr", "melborne", "new yrok", "sanfrancisco", "cincinatti"];

    /// <summary>The kinds of searches, each with its addresses.</summary>
    public static IEnumerable<(string Name, Uri[] Paths)> Mixes() => Kinds.Select(k => (k.Name, Paths(k.Searches)));

    public static async Task Measure(Running product)
    {
        var measured = Kinds.ToDictionary(k => k.Name, _ => (PerSecond: new List<double>(), Milliseconds: new List<double>()));
        foreach (var (_, _, searches) in Kinds)
            await Ask(product, Paths(searches), TimeSpan.FromSeconds(1));
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (name, _, searches) in Kinds)
            {
                var (perSecond, milliseconds) = await Ask(product, Paths(searches), Turn);
                measured[name].PerSecond.Add(perSecond);
                measured[name].Milliseconds.AddRange(milliseconds);
            }
        }

        foreach (var (name, against, _) in Kinds)
        {
            var (perSecond, milliseconds) = measured[name];
            var ratios = against.Length == 0 ? [] : measured[against].PerSecond.Zip(perSecond, (plain, own) => plain / own).Order().ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-12} {new Spread(milliseconds)}, {perSecond.Order().ElementAt(Rounds / 2):0}/s")
                + (ratios.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; costs {ratios[Rounds / 2]:0.00} of a plain one, from {ratios[0]:0.00} to {ratios[^1]:0.00}")));
        }

        Console.WriteLine("one at a time:");
        foreach (var (name, _, searches) in Kinds)
            Console.WriteLine($"{name,-12} {new Spread((await Ask(product, Paths(searches), Turn, clients: 1)).Milliseconds)}");
    }

    private static string[] Around(params string[] filters) => [.. from place in Places from filter in filters select $"{place}{filter}&radiusKm=40"];

    private static Uri[] Paths(string[] searches) => searches.Length == 0
        ? [.. Typed.Select(typed => new Uri($"/api/v1/places?q={Uri.EscapeDataString(typed)}", UriKind.Relative))]
        : [.. searches.Select(search => new Uri($"/api/v1/practitioners?{search}", UriKind.Relative))];

    public static async Task<(double PerSecond, IReadOnlyList<double> Milliseconds)> Ask(Running product, Uri[] paths, TimeSpan turn, int clients = Clients)
    {
        var started = TimeProvider.System.GetTimestamp();
        var durations = await Task.WhenAll(Enumerable.Range(0, clients).Select(async client =>
        {
            var own = new List<double>();
            for (var i = client; TimeProvider.System.GetElapsedTime(started) < turn; i++)
                own.Add(await Spread.Of(() => product.Http.GetByteArrayAsync(paths[i % paths.Length])));
            return own;
        }));
        var all = durations.SelectMany(d => d).ToList();
        return (all.Count / TimeProvider.System.GetElapsedTime(started).TotalSeconds, all);
    }
}
