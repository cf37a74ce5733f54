using Microsoft.Extensions.Caching.Memory;
using Platform;

namespace Web.Peers;

/// <summary>The taxonomy, asked for once in a while: it changes with a release, and every page needs its names.</summary>
public sealed class Words(ListingsClient listings, IMemoryCache cache)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    /// <summary>What was answered last, however long ago; for a page that must be shown while nobody can be asked.</summary>
    public Taxonomy? Known => cache.Get<Taxonomy>(nameof(Known));

    public async Task<Taxonomy> Get(CancellationToken ct)
    {
        if (cache.TryGetValue(nameof(Taxonomy), out Taxonomy? known) && known is not null)
            return known;
        var asked = cache.Set(nameof(Known), await listings.Taxonomy(ct));
        return cache.Set(nameof(Taxonomy), asked, Fresh);
    }
}
