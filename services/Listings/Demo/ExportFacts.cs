using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Listings.Demo;

/// <summary>An operator copies what is published to another service at once: one <c>PractitionerPublished</c> a line, the first invented practitioner first.</summary>
public static class ExportFacts
{
    public static async Task<int> Run(IServiceProvider services, string[] args, CancellationToken ct)
    {
        var db = services.GetRequiredService<ListingsDb>();
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(60));
        await using var output = new StreamWriter(Console.OpenStandardOutput(), bufferSize: 1 << 16) { NewLine = "\n" };
        await Write(db, output, ct);
        return 0;
    }

    public static async Task Write(ListingsDb db, TextWriter output, CancellationToken ct)
    {
        var published = db.Practitioners.AsNoTracking().Where(p => p.Published != null).OrderBy(p => p.Id).AsAsyncEnumerable();
        await foreach (var practitioner in published.WithCancellation(ct))
            await output.WriteLineAsync(JsonSerializer.Serialize(practitioner.Facts(), Json.Strict));
    }
}
