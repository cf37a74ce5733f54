using System.Diagnostics;
using System.Globalization;

namespace Benchmarks;

/// <summary>How long <c>./deploy/rebuild-search</c> takes, run from the sources' folder, and what searches notice of it. Limit: 60 s at a million practitioners.</summary>
internal static class RebuildWhileSearched
{
    public static async Task Measure(Running product)
    {
        var paths = SearchAtScale.Mixes().First().Paths;
        var quiet = (await SearchAtScale.Ask(product, paths, TimeSpan.FromSeconds(4), clients: 1)).Milliseconds;
        var start = new ProcessStartInfo("deploy/rebuild-search") { RedirectStandardError = true };
        start.Environment["LOCAL_DIR"] = Path.GetFullPath(product.Folder);
        using var rebuild = Process.Start(start)!;
        var said = rebuild.StandardError.ReadToEndAsync();
        var meanwhile = new List<double>();
        var seconds = await Spread.Of(async () =>
        {
            // Twenty a second, so that what is measured is the rebuild and not the two of them.
            using var next = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            for (var i = 0; !rebuild.HasExited; i++)
            {
                meanwhile.Add(await Spread.Of(() => product.Http.GetByteArrayAsync(paths[i % paths.Length])));
                await next.WaitForNextTickAsync();
            }
        }) / 1000;
        var result = (await said).Trim();
        if (rebuild.ExitCode != 0)
            throw new InvalidOperationException(result);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"rebuilt in {seconds:0.0} s (limit 60 at a million): {result}"));
        Console.WriteLine($"one search at a time, before:    {new Spread(quiet)}");
        Console.WriteLine($"one search at a time, meanwhile: {new Spread(meanwhile)}");
    }
}
