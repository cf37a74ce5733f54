using Platform;

namespace Listings.Places;

/// <summary>A gazetteer that was loaded anew is the one that is searched, soon and in every copy of this service.</summary>
public sealed class FollowPlaces(PlaceIndex places) : Worker
{
    protected override TimeSpan Period => TimeSpan.FromSeconds(15);

    protected override async Task<bool> RunOnce(IServiceProvider services, CancellationToken ct)
    {
        await places.CatchUp(services.GetRequiredService<ListingsDb>(), ct);
        return false;
    }
}
