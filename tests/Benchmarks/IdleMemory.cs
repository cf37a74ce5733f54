using System.Globalization;

namespace Benchmarks;

/// <summary>
/// Resident memory of all services together. Limit: 1.2 GiB. Beside it each one's share of the pages that they have in common, which is what
/// they really take: the runtime is resident once and counted seven times.
/// </summary>
internal static class IdleMemory
{
    private static readonly string[] Services = ["listings", "availability", "bookings", "payments", "notifications", "accounts", "web"];

    public static Task Measure(Running product)
    {
        var (total, shares) = (0L, 0L);
        foreach (var service in Services)
        {
            var pid = File.ReadAllText(Path.Combine(product.Folder, "run", $"{service}.pid")).Trim();
            var (resident, share) = (Kilobytes(pid, "Rss:"), Kilobytes(pid, "Pss:"));
            (total, shares) = (total + resident, shares + share);
            Console.WriteLine($"{service,-14} {resident / 1024,6} MiB, its share {share / 1024,6} MiB");
        }
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"together       {total / 1024,6} MiB = {total / 1024.0 / 1024.0:0.00} GiB (limit 1.2), shares {shares / 1024.0 / 1024.0:0.00} GiB"));
        return Task.CompletedTask;
    }

    private static long Kilobytes(string pid, string kind)
    {
        var line = File.ReadLines($"/proc/{pid}/smaps_rollup").First(l => l.StartsWith(kind, StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
    }
}
