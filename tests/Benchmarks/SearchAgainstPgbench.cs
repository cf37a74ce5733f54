using System.Globalization;

namespace Benchmarks;

/// <summary>
/// The nearest twenty, with filters and without, over HTTP through the door, beside the best statements we know, run by pgbench: eight clients each,
/// in turns, so that a noisy machine is noisy for both. Limit: 0.4 of pgbench at 100,000 practitioners.
/// </summary>
internal static class SearchAgainstPgbench
{
    private const int Clients = 8;
    private const int Rounds = 7;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(3);

    /// <summary>Dense towns and empty country, all filters and none.</summary>
    private static readonly string[] Searches =
    [
        .. from place in (string[])["lat=39.74&lon=-104.98", "lat=51.51&lon=-0.13", "lat=43.65&lon=-79.38", "lat=44.5&lon=-109", "lat=47.37&lon=8.54"]
           from filter in (string[])["", "&lineage=biodynamic", "&lineage=upledger&specialty=pelvic-health", "&specialty=tmj&language=en"]
           select $"{place}{filter}",
    ];

    public static async Task Measure(Running product)
    {
        var sql = new BestSql(product);
        var folder = Directory.CreateTempSubdirectory("search-bench").FullName;
        var practitioners = await sql.Prepare();
        BestSql.WriteScripts(Searches, folder);
        await Http(product, TimeSpan.FromSeconds(2));

        List<double> ratios = [], answers = [];
        double http = 0, bare = 0;
        for (var round = 0; round < Rounds; round++)
        {
            (http, var durations) = await Http(product, Turn);
            bare = await sql.Run(folder, Clients, Turn);
            ratios.Add(http / bare);
            answers.AddRange(durations);
        }
        ratios.Sort();
        Directory.Delete(folder, true);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{practitioners} practitioners: {http:0} searches/s over HTTP, {bare:0}/s by pgbench (last turn); ratio {ratios[Rounds / 2]:0.00}, from {ratios[0]:0.00} to {ratios[^1]:0.00} (limit 0.4)"));
        Console.WriteLine($"one search over HTTP, {Clients} clients at a time: {new Spread(answers)}");
    }

    private static async Task<(double PerSecond, IReadOnlyList<double> Milliseconds)> Http(Running product, TimeSpan turn)
    {
        var started = TimeProvider.System.GetTimestamp();
        var durations = await Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
        {
            var own = new List<double>();
            for (var i = client; TimeProvider.System.GetElapsedTime(started) < turn; i++)
            {
                var path = new Uri($"/api/v1/practitioners?{Searches[i % Searches.Length]}&radiusKm=40", UriKind.Relative);
                own.Add(await Spread.Of(() => product.Http.GetByteArrayAsync(path)));
            }
            return own;
        }));
        var all = durations.SelectMany(d => d).ToList();
        return (all.Count / TimeProvider.System.GetElapsedTime(started).TotalSeconds, all);
    }
}
