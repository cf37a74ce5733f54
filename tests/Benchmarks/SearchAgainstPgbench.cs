using System.Globalization;

namespace Benchmarks;

/// <summary>
/// The nearest twenty, with filters and without, over HTTP through the door, beside the best statements we know, run by pgbench: eight clients each,
/// in turns, so that a noisy machine is noisy for both. Limit: half of what pgbench does when it finds no more than who is on the page; beside it
/// the same with cards and total, which is what the product answers.
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
        var (pages, answers) = (Directory.CreateTempSubdirectory("search-bench").FullName, Directory.CreateTempSubdirectory("search-bench").FullName);
        var practitioners = await sql.Prepare();
        BestSql.WriteScripts(Searches, pages, pageAlone: true);
        BestSql.WriteScripts(Searches, answers, pageAlone: false);
        await Http(product, TimeSpan.FromSeconds(2));
        await sql.Run(pages, Clients, Turn);

        var measured = new List<(double Http, double Page, double Answer)>();
        List<double> milliseconds = [];
        for (var round = 0; round < Rounds; round++)
        {
            var (http, durations) = await Http(product, Turn);
            measured.Add((http, await sql.Run(pages, Clients, Turn), await sql.Run(answers, Clients, Turn)));
            milliseconds.AddRange(durations);
        }

        Directory.Delete(pages, true);
        Directory.Delete(answers, true);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{practitioners} practitioners: {Median(measured.Select(m => m.Http)):0} searches/s over HTTP"));
        Tell("who is on the page, by pgbench", measured.Select(m => m.Page), measured.Select(m => m.Http / m.Page), " (limit 0.5)");
        Tell("page, cards and total, by pgbench", measured.Select(m => m.Answer), measured.Select(m => m.Http / m.Answer), "");
        Console.WriteLine($"one search over HTTP, {Clients} clients at a time: {new Spread(milliseconds)}");
    }

    private static void Tell(string what, IEnumerable<double> perSecond, IEnumerable<double> ratios, string limit) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what}: {Median(perSecond):0}/s; HTTP to it {Median(ratios):0.00}, from {ratios.Min():0.00} to {ratios.Max():0.00}{limit}"));

    private static double Median(IEnumerable<double> of) => of.Order().ElementAt(Rounds / 2);

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
