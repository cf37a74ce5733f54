using System.Globalization;

namespace Benchmarks;

/// <summary>
/// Sixty days of one practitioner's openings over HTTP through the door, beside an answer that is always the same: alone for how long one takes,
/// and eight at a time, in turns, for how many a second. Limits: p99 10 ms, and 0.3 of the constant answer's rate.
/// </summary>
internal static class SixtyDaysOfOpenings
{
    private const int Rounds = 1000;
    private const int Clients = 8;
    private const int Turns = 7;

    public static async Task Measure(Running product)
    {
        var (profile, service, _) = await product.SomeoneWithTimes("Denver, CO", 0);
        var path = new Uri(Running.OpeningsPath(profile, service, 0, 60), UriKind.Relative);
        var constant = new Uri("/api/v1/safety-screen?for=adult&country=US", UriKind.Relative);
        List<double> openings = [], answers = [], ratios = [];
        for (var i = -100; i < Rounds; i++)
        {
            var whole = await Spread.Of(() => product.Http.GetByteArrayAsync(path));
            var bare = await Spread.Of(() => product.Http.GetByteArrayAsync(constant));
            if (i >= 0)
            {
                openings.Add(whole);
                answers.Add(bare);
            }
        }

        double perSecond = 0, constantPerSecond = 0;
        for (var turn = 0; turn < Turns; turn++)
        {
            perSecond = await Rate(product, path);
            constantPerSecond = await Rate(product, constant);
            ratios.Add(perSecond / constantPerSecond);
        }

        ratios.Sort();
        Console.WriteLine($"60 days of openings      {new Spread(openings)} (limit p99 10 ms)");
        Console.WriteLine($"a constant answer        {new Spread(answers)}");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Clients} at a time: {perSecond:0} and {constantPerSecond:0} a second (last turn); ratio {ratios[Turns / 2]:0.00}, from {ratios[0]:0.00} to {ratios[^1]:0.00} (limit 0.3)"));
    }

    private static async Task<double> Rate(Running product, Uri path)
    {
        var started = TimeProvider.System.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            var count = 0;
            for (; TimeProvider.System.GetElapsedTime(started).TotalSeconds < 2; count++)
            {
                // The clients share the processors with the product, so they read without keeping.
                await using var answer = await product.Http.GetStreamAsync(path);
                await answer.CopyToAsync(Stream.Null);
            }
            return count;
        }));
        return counts.Sum() / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }
}
