using System.Globalization;

namespace Benchmarks;

/// <summary>
/// What more practitioners cost: the same searches of this product and of a smaller one that runs beside it, in turns. Limit: p50 of the mix at most
/// twice as long at a million as at a hundred thousand. The smaller one is found by <c>SMALLER_LOCAL_DIR</c>; without it there is nothing to compare.
/// </summary>
internal static class SearchGrowth
{
    private const int Rounds = 7;

    public static async Task Measure(Running product)
    {
        if (Environment.GetEnvironmentVariable("SMALLER_LOCAL_DIR") is not { Length: > 0 } folder)
        {
            Console.WriteLine("Not measured: SMALLER_LOCAL_DIR names no second product, such as one started with --practitioners 100000.");
            return;
        }

        var smaller = Running.Find(folder);
        foreach (var (name, paths) in SearchAtScale.Mixes())
        {
            List<double> ratios = [], before = [], now = [];
            await SearchAtScale.Ask(smaller, paths, SearchAtScale.Turn);
            for (var round = 0; round < Rounds; round++)
            {
                var few = (await SearchAtScale.Ask(smaller, paths, SearchAtScale.Turn)).Milliseconds;
                var many = (await SearchAtScale.Ask(product, paths, SearchAtScale.Turn)).Milliseconds;
                ratios.Add(new Spread(many).At(50) / new Spread(few).At(50));
                before.AddRange(few);
                now.AddRange(many);
            }

            ratios.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-12} p50 {new Spread(before).At(50):0.0} ms → {new Spread(now).At(50):0.0} ms; ratio {ratios[Rounds / 2]:0.00}, from {ratios[0]:0.00} to {ratios[^1]:0.00} (limit 2)"));
        }
    }
}
