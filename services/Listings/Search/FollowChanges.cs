using Platform;

namespace Listings.Search;

/// <summary>What any copy of this service has committed, every copy's search knows within a second. It is loaded before the first request is taken.</summary>
public sealed class FollowChanges(SearchIndex index, IServiceScopeFactory scopes, ILogger<FollowChanges> log) : Worker
{
    protected override TimeSpan Period => TimeSpan.FromMilliseconds(250);

    /// <summary>Without the database the service starts all the same: searches wait, and what else can be answered is.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await RunOnce(scope.ServiceProvider, cancellationToken);
        }
        catch (Exception e) when (Problem.IsUnavailable(e))
        {
            log.LogWarning("The database does not answer yet; the search will be loaded later");
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task<bool> RunOnce(IServiceProvider services, CancellationToken ct)
    {
        await index.CatchUp(services.GetRequiredService<ListingsDb>(), ct);
        return false;
    }
}
