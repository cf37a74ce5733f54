using System.Globalization;

namespace Benchmarks;

/// <summary>Resident memory of all services together. Limit: 1.2 GiB.</summary>
internal static class IdleMemory
{
    private static readonly string[] Services = ["listings", "availability", "bookings", "payments", "notifications", "accounts", "web"];

    public static Task Measure(Running product)
    {
        var total = 0L;
        foreach (var service in Services)
        {
            var pid = File.ReadAllText(Path.Combine(product.Folder, "run", $"{service}.pid")).Trim();
            var resident = File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
            var kilobytes = long.Parse(resident.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
            total += kilobytes;
            Console.WriteLine($"{service,-14} {kilobytes / 1024,6} MiB");
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"together       {total / 1024,6} MiB = {total / 1024.0 / 1024.0:0.00} GiB (limit 1.2)"));
        return Task.CompletedTask;
    }
}
