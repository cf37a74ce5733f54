using System.Diagnostics;
using System.Globalization;
using Listings.Search;
using Npgsql;
using NpgsqlTypes;

namespace Benchmarks;

/// <summary>
/// The nearest twenty, with filters and without, over HTTP through the door, beside the very same statements run by pgbench: eight clients each,
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
        await using var listings = product.Database("LISTINGS");
        var folder = Directory.CreateTempSubdirectory("search-bench").FullName;
        var practitioners = await WriteScripts(listings, folder);
        await Http(product, TimeSpan.FromSeconds(2));

        List<double> ratios = [], answers = [];
        double http = 0, bare = 0;
        for (var round = 0; round < Rounds; round++)
        {
            (http, var durations) = await Http(product, Turn);
            bare = await Pgbench(product, folder);
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

    private static async Task<double> Pgbench(Running product, string folder)
    {
        var url = new Uri(product["DATABASE_URL_LISTINGS"]);
        var start = new ProcessStartInfo(Directory.GetFiles("/usr/lib/postgresql", "pgbench", SearchOption.AllDirectories)[^1])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["-n", "-M", "prepared", "-c", $"{Clients}", "-j", "2", "-T", $"{Turn.TotalSeconds:0}", .. Directory.GetFiles(folder).SelectMany(f => (string[])["-f", f]), url.ToString()])
            start.ArgumentList.Add(argument);
        using var pgbench = Process.Start(start)!;
        var errors = pgbench.StandardError.ReadToEndAsync();
        var told = await pgbench.StandardOutput.ReadToEndAsync();
        await pgbench.WaitForExitAsync();
        var line = told.Split('\n').FirstOrDefault(l => l.StartsWith("tps = ", StringComparison.Ordinal)) ?? throw new InvalidOperationException(await errors);
        return double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture);
    }

    /// <summary>One pgbench script a search: the statements that the product runs for it, their parameters written in.</summary>
    private static async Task<long> WriteScripts(NpgsqlDataSource listings, string folder)
    {
        await using var connection = await listings.OpenConnectionAsync();
        for (var i = 0; i < Searches.Length; i++)
        {
            var wanted = Wanted.Read(QueryOf(Searches[i]), TimeProvider.System.GetUtcNow(), out _) ?? throw new InvalidOperationException(Searches[i]);
            var masks = await Masks.Of(wanted, connection, CancellationToken.None);
            await File.WriteAllTextAsync(
                Path.Combine(folder, $"{i:00}.sql"),
                $"{Written(SearchSql.Shown(wanted, true), wanted, masks, wanted.Limit + 1)};\n{Written(SearchSql.Total(wanted), wanted, masks, 1001)};\n");
        }
        await using var count = new NpgsqlCommand("SELECT count(*) FROM search_cards", connection);
        return (long)(await count.ExecuteScalarAsync())!;
    }

    private static SearchPractitioners.Query QueryOf(string search)
    {
        var parts = search.Split('&').Select(p => p.Split('=')).ToLookup(p => p[0], p => p[1]);
        double Number(string name) => double.Parse(parts[name].Single(), CultureInfo.InvariantCulture);
        return new(Lat: Number("lat"), Lon: Number("lon"), RadiusKm: 40, Lineage: [.. parts["lineage"]], Specialty: [.. parts["specialty"]], Language: [.. parts["language"]]);
    }

    private static string Written(string sql, Wanted wanted, Masks masks, int limit)
    {
        using var command = new NpgsqlCommand();
        SearchSql.Bind(command.Parameters, wanted, masks, limit);
        for (var i = command.Parameters.Count; i > 0; i--)
            sql = sql.Replace($"${i}", Literal(command.Parameters[i - 1]), StringComparison.Ordinal);
        // pgbench takes a line's end for nothing special, but reads a colon before a letter as a variable of its own.
        return sql.ReplaceLineEndings(" ");
    }

    private static string Literal(NpgsqlParameter parameter) => parameter.NpgsqlDbType switch
    {
        NpgsqlDbType.TimestampTz => (DateTime)parameter.Value! == DateTime.MaxValue ? "'infinity'::timestamptz" : "'-infinity'::timestamptz",
        NpgsqlDbType.Date => $"'{(DateOnly)parameter.Value!:yyyy-MM-dd}'::date",
        NpgsqlDbType.Unknown => $"'{parameter.Value}'::cube",
        NpgsqlDbType.Smallint => $"{parameter.Value}::smallint",
        NpgsqlDbType.Double => string.Create(CultureInfo.InvariantCulture, $"{parameter.Value:R}::float8"),
        NpgsqlDbType.Integer => $"{parameter.Value}::int",
        _ => $"{parameter.Value}::bigint",
    };
}
