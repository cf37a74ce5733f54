namespace Benchmarks;

/// <summary>Sixty days of one practitioner's openings over HTTP, beside the cheapest answer the same service gives. Limit: p99 20 ms.</summary>
internal static class SixtyDaysOfOpenings
{
    private const int Rounds = 1000;

    public static async Task Measure(Running product)
    {
        var (profile, service, _) = await product.SomeoneWithTimes("Denver, CO", 0);
        var path = new Uri(Running.OpeningsPath(profile, service, 0, 60), UriKind.Relative);
        var nothing = new Uri($"/api/v1/practitioners/{profile.GetProperty("id").GetString()}/openings", UriKind.Relative);
        List<double> openings = [], refusals = [];
        for (var i = -100; i < Rounds; i++)
        {
            var whole = await Spread.Of(() => product.Http.GetByteArrayAsync(path));
            var bare = await Spread.Of(async () => (await product.Http.GetAsync(nothing)).Dispose());
            if (i >= 0)
            {
                openings.Add(whole);
                refusals.Add(bare);
            }
        }
        Console.WriteLine($"60 days of openings       {new Spread(openings)} (limit p99 20 ms)");
        Console.WriteLine($"a bare refusal beside it  {new Spread(refusals)}");
    }
}
