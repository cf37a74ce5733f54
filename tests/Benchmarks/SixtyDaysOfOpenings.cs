using System.Globalization;

namespace Benchmarks;

/// <summary>
/// Sixty days of openings over HTTP through the door, beside answers that are always the same: alone for how long one takes, and eight at a time, in
/// turns, for how many a second. The eight ask for one practitioner, and for eight; the constants are the safety screen, of 2 kB, and the taxonomy,
/// whose 32 kB are nearer to a page of openings. Limits: p99 10 ms, and 0.3 of a constant's rate.
/// </summary>
internal static class SixtyDaysOfOpenings
{
    private const int Rounds = 1000;
    private const int Clients = 8;
    private const int Turns = 7;

    public static async Task Measure(Running product)
    {
        var many = new List<Uri>();
        for (var i = 0; i < Clients; i++)
        {
            var (profile, service, _) = await product.SomeoneWithTimes("Denver, CO", i);
            many.Add(new Uri(Running.OpeningsPath(profile, service, 0, 60), UriKind.Relative));
        }

        Uri[] one = [many[0]];
        Uri[] small = [new Uri("/api/v1/safety-screen?for=adult&country=US", UriKind.Relative)];
        Uri[] large = [new Uri("/api/v1/taxonomy", UriKind.Relative)];
        List<double> openings = [], answers = [];
        for (var i = -100; i < Rounds; i++)
        {
            var whole = await Spread.Of(() => product.Http.GetByteArrayAsync(one[0]));
            var bare = await Spread.Of(() => product.Http.GetByteArrayAsync(small[0]));
            if (i >= 0)
            {
                openings.Add(whole);
                answers.Add(bare);
            }
        }

        Console.WriteLine($"60 days of openings      {new Spread(openings)} (limit p99 10 ms)");
        Console.WriteLine($"a constant answer        {new Spread(answers)}");

        var turns = new List<(double One, double Many, double Small, double Large)>();
        for (var turn = 0; turn < Turns; turn++)
            turns.Add((await Rate(product, one), await Rate(product, many), await Rate(product, small), await Rate(product, large)));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Clients} at a time, a second: one practitioner {Median(turns, t => t.One):0}, {Clients} practitioners {Median(turns, t => t.Many):0}, 2 kB constant {Median(turns, t => t.Small):0}, 32 kB constant {Median(turns, t => t.Large):0}"));
        Compare("one practitioner, to 2 kB constant", turns.Select(t => t.One / t.Small));
        Compare("one practitioner, to 32 kB constant", turns.Select(t => t.One / t.Large));
        Compare($"{Clients} practitioners, to 2 kB constant", turns.Select(t => t.Many / t.Small));
        Compare($"{Clients} practitioners, to 32 kB constant", turns.Select(t => t.Many / t.Large));
    }

    private static double Median<T>(IEnumerable<T> turns, Func<T, double> of) => turns.Select(of).Order().ElementAt(Turns / 2);

    private static void Compare(string what, IEnumerable<double> ratios)
    {
        var all = ratios.Order().ToArray();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {all[Turns / 2]:0.00}, from {all[0]:0.00} to {all[^1]:0.00} (limit 0.3)"));
    }

    /// <summary>Answers a second; each client asks for one of the paths.</summary>
    private static async Task<double> Rate(Running product, IReadOnlyList<Uri> paths)
    {
        var started = TimeProvider.System.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
        {
            var count = 0;
            for (; TimeProvider.System.GetElapsedTime(started).TotalSeconds < 2; count++)
            {
                // The clients share the processors with the product, so they read without keeping.
                await using var answer = await product.Http.GetStreamAsync(paths[client % paths.Count]);
                await answer.CopyToAsync(Stream.Null);
            }
            return count;
        }));
        return counts.Sum() / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }
}
