using Platform;

namespace Listings.Places;

/// <summary>Every copy of this service soon searches a gazetteer that was loaded anew.</summary>
public sealed class FollowPlaces(PlaceIndex places) : Worker
{
    protected override TimeSpan Period => TimeSpan.FromSeconds(15);

    protected override async Task<bool> RunOnce(IServiceProvider services, CancellationToken ct)
    {
        await places.CatchUp(services.GetRequiredService<ListingsDb>(), ct);
        return false;
    }
}
