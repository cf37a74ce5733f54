namespace Listings.Search;

/// <summary>
/// An operator lets all that searches read be made anew from what is published: after its layout or the field's words have changed, or to be sure of it.
/// What is as it should be already is not written again. Searches go on meanwhile.
/// </summary>
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
        await Console.Error.WriteLineAsync($"All that searches read is as published: {count} practitioners were not, and have been made anew.");
        return 0;
    }
}
