namespace Listings.Search;

/// <summary>An operator lets what search shows be made anew from what is published: after its layout or the field's words have changed. Searches go on meanwhile.</summary>
public static class RebuildSearch
{
    /// <summary><c>rebuild-search</c>; with <c>--missing</c> only practitioners that search does not know yet are added.</summary>
    public static async Task<int> Run(IServiceProvider services, string[] args, CancellationToken ct)
    {
        if (args is not ([] or ["--missing"]))
        {
            await Console.Error.WriteLineAsync("Usage: rebuild-search [--missing]");
            return 2;
        }

        var count = await Projection.Fill(services.GetRequiredService<ListingsDb>(), anew: args.Length == 0, ct);
        await Console.Error.WriteLineAsync($"Search shows {count} practitioners anew.");
        return 0;
    }
}
