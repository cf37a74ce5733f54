using System.Globalization;

namespace Benchmarks;

/// <summary>Durations of one kind, summed up.</summary>
public sealed class Spread(IEnumerable<double> milliseconds)
{
    private readonly double[] sorted = [.. milliseconds.Order()];

    /// <summary>The duration that <paramref name="percent"/> of all stay within, in milliseconds.</summary>
    public double At(double percent) => sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(sorted.Length * percent / 100) - 1)];

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"p50 {At(50):0.0} ms, p99 {At(99):0.0} ms, worst {sorted[^1]:0.0} ms, {sorted.Length} measured");

    /// <summary>Milliseconds that something takes.</summary>
    public static async Task<double> Of(Func<Task> work)
    {
        var started = TimeProvider.System.GetTimestamp();
        await work();
        return TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
    }
}
