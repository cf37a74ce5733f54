using System.Diagnostics;
using System.Globalization;

namespace Benchmarks;

/// <summary>How long <c>./deploy/rebuild-search</c> takes, run from the sources' folder, and what searches notice of it. Limit: 60 s at a million practitioners.</summary>
internal static class RebuildWhileSearched
{
    /// <summary>What has happened since the last rebuild, and does no harm to searches.</summary>
    private static readonly (string Name, string Sql)[] Cases =
    [
        ("nothing", "SELECT"),
        ("one card in a hundred damaged", "UPDATE search_cards SET card = card || ' ' WHERE hashtext(practitioner_id::text) % 100 = 0"),
        ("made by other code", "UPDATE search_blocks SET seals = NULL"),
        ("words read by other code", "UPDATE search_words SET print = gen_random_uuid()"),
    ];

    public static async Task Measure(Running product)
    {
        var paths = SearchAtScale.Mixes().First().Paths;
        var quiet = (await SearchAtScale.Ask(product, paths, TimeSpan.FromSeconds(4), clients: 1)).Milliseconds;
        Console.WriteLine($"one search at a time: {new Spread(quiet)}");
        await using var database = product.Database("LISTINGS");
        foreach (var (name, sql) in Cases)
        {
            await using (var command = database.CreateCommand(sql))
            {
                command.CommandTimeout = 600;
                await command.ExecuteNonQueryAsync();
            }

            var (seconds, meanwhile, said) = await Rebuild(product, paths);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {seconds:0.0} s (limit 60 at a million), searches meanwhile {new Spread(meanwhile)}: {said}"));
        }
    }

    private static async Task<(double Seconds, IReadOnlyList<double> Milliseconds, string Said)> Rebuild(Running product, Uri[] paths)
    {
        var start = new ProcessStartInfo("deploy/rebuild-search") { RedirectStandardError = true };
        start.Environment["LOCAL_DIR"] = Path.GetFullPath(product.Folder);
        using var rebuild = Process.Start(start)!;
        var said = rebuild.StandardError.ReadToEndAsync();
        var meanwhile = new List<double>();
        var milliseconds = await Spread.Of(async () =>
        {
            // Twenty a second, so that what is measured is the rebuild and not the two of them.
            using var next = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            for (var i = 0; !rebuild.HasExited; i++)
            {
                meanwhile.Add(await Spread.Of(() => product.Http.GetByteArrayAsync(paths[i % paths.Length])));
                await next.WaitForNextTickAsync();
            }
        });
        var result = (await said).Trim();
        return rebuild.ExitCode == 0 ? (milliseconds / 1000, meanwhile, result) : throw new InvalidOperationException(result);
    }
}
