namespace Listings.Search;

/// <summary>An operator lets what search shows be made anew from what is published: after its layout or the field's words have changed. Searches go on meanwhile.</summary>
public static class RebuildSearch
{
    public static async Task<int> Run(IServiceProvider services, string[] args, CancellationToken ct)
    {
        if (args.Length > 0)
        {
            await Console.Error.WriteLineAsync("Usage: rebuild-search");
            return 2;
        }

        var count = await Projection.Fill(services.GetRequiredService<ListingsDb>(), anew: true, ct);
        await Console.Error.WriteLineAsync($"Search shows {count} practitioners anew.");
        return 0;
    }
}
