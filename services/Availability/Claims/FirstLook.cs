using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Availability;

/// <summary>
/// The look at a wanted time that comes before its practitioner's lock. A crowd looks together and hears together of its bad luck, and of
/// what else is free, without a lock and nearly without work.
/// </summary>
public sealed class FirstLook(IServiceScopeFactory scopes, TimeProvider clock)
{
    private readonly Together<(Wanted Wanted, Guid? Without), ProblemHttpResult?> together = new();

    /// <summary>Why the time cannot be had; null when there is nothing against it yet.</summary>
    /// <param name="without">A claim of the caller's own that is about to give way.</param>
    public Task<ProblemHttpResult?> Refusal(Wanted wanted, CancellationToken ct, Guid? without = null) => together.Ask((wanted, without), async () =>
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AvailabilityDb>();
        return (await FreeTime.Find(db, wanted, clock.GetUtcNow(), CancellationToken.None, without: without)).Refusal;
    }, ct);
}
