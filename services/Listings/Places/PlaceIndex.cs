namespace Listings.Places;

/// <summary>The gazetteer's places in memory, as last loaded by whichever process.</summary>
public sealed class PlaceIndex : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly TaskCompletionSource loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile KnownPlaces? known;
    private string? print;

    /// <exception cref="TimeoutException">They have not been loaded yet.</exception>
    internal async ValueTask<KnownPlaces> Current(CancellationToken ct)
    {
        if (known is null)
            await loaded.Task.WaitAsync(Patience, ct);
        return known!;
    }

    /// <summary>Takes over what was loaded into the database since.</summary>
    public async Task CatchUp(ListingsDb db, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            var connection = await db.Connection(ct);
            // Read before the places are: what is loaded in between is read twice rather than never.
            var latest = await connection.Scalar<string>("SELECT print FROM gazetteer_loads WHERE source = 'places'", ct);
            if (known is not null && latest == print)
                return;
            known = await KnownPlaces.Load(connection, ct);
            print = latest;
            // The index that this one replaces is as large again, and would stay in memory until the next full collection.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            loaded.TrySetResult();
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
