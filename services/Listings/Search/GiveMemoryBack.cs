using Platform;

namespace Listings.Search;

/// <summary>
/// What many searches have left behind is given back to the machine once it is quiet. By itself that waits until a fifth of the whole index has been
/// left; while searches go on it may wait, since nobody should.
/// </summary>
public sealed class GiveMemoryBack : Worker
{
    /// <summary>Collections of small portions since it was given back; fewer are not worth a look at everything.</summary>
    private const int Many = 8;

    private int before;
    private int given;

    protected override TimeSpan Period => TimeSpan.FromSeconds(10);

    protected override Task<bool> RunOnce(IServiceProvider services, CancellationToken ct)
    {
        var now = GC.CollectionCount(0);
        var quiet = now == before;
        before = now;
        if (quiet && now - given >= Many)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            before = given = GC.CollectionCount(0);
        }

        return Task.FromResult(false);
    }
}
