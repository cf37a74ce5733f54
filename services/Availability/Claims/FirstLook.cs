using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Availability;

/// <summary>
/// A look at the wanted time before taking its practitioner's lock. A crowd looks together, goes on to the lock one at a time, and looks again after
/// each: nearly everybody learns that the time is gone, and what else is free, without a lock and with little work. The lock and the constraint still
/// decide, since other copies of this service have crowds of their own.
/// </summary>
public sealed class FirstLook(IServiceScopeFactory scopes, TimeProvider clock)
{
    private readonly Together<(Wanted Wanted, Guid? Without), Seen> together = new();
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Turn> turns = [];

    /// <summary>Why the time cannot be had; or nothing against it yet, and the turn at the practitioner's lock until it is disposed of.</summary>
    /// <param name="without">A claim of the caller's own that is about to give way.</param>
    /// <param name="bookingId">A booking whose own claim is no reason to refuse: it may have been made by an earlier try of the same request.</param>
    public async Task<(ProblemHttpResult? Refusal, IDisposable? Turn)> Queue(Wanted wanted, CancellationToken ct, Guid? without = null, Guid? bookingId = null)
    {
        while (true)
        {
            var seen = await together.Ask((wanted, without), () => Look(wanted, without), ct);
            if (seen.Refusal is not null && !(bookingId is { } own && seen.TakenBy.Contains(own)))
                return (seen.Refusal, null);
            if (Take(wanted.PractitionerId, out var turn))
                return (null, turn);
            await turn.Over.WaitAsync(ct);
        }
    }

    private async Task<Seen> Look(Wanted wanted, Guid? without)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AvailabilityDb>();
        var (_, refusal) = await FreeTime.Find(db, wanted, clock.GetUtcNow(), CancellationToken.None, without: without);
        return new Seen(refusal, refusal is null ? [] : await db.Claims
            .Where(c => c.PractitionerId == wanted.PractitionerId && c.State == ClaimState.Live && c.BookingId != null && c.StartsAt == wanted.Start.ToUniversalTime())
            .Select(c => c.BookingId!.Value).ToListAsync());
    }

    /// <summary>False when somebody else has the turn, which is then answered.</summary>
    private bool Take(Guid practitionerId, out Turn turn)
    {
        lock (gate)
        {
            if (turns.TryGetValue(practitionerId, out turn!))
                return false;
            turns[practitionerId] = turn = new Turn(this, practitionerId);
            return true;
        }
    }

    private sealed record Seen(ProblemHttpResult? Refusal, IReadOnlyList<Guid> TakenBy);

    private sealed class Turn(FirstLook look, Guid practitionerId) : IDisposable
    {
        private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Over => over.Task;

        public void Dispose()
        {
            lock (look.gate)
                look.turns.Remove(practitionerId);
            over.TrySetResult();
        }
    }
}
