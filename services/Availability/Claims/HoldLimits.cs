using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Availability;

/// <summary>
/// How many unpaid holds, and how many visits that cost nothing, one person may have at a time, so that nobody can block a practitioner's week or make us
/// write to a stranger over and over.
/// </summary>
public sealed class HoldLimits(AvailabilityDb db, AvailabilityOptions options)
{
    private const int FreeForEachHold = 4;

    /// <summary>
    /// Lets one request of a client through at a time, until the transaction ends, so that two at once do not both count to four. Taken before any
    /// practitioner's lock. Network addresses have no such lock: many people share one, and their limit need not be exact.
    /// </summary>
    public Task Queue(string? clientKey, CancellationToken ct) =>
        clientKey is null ? Task.CompletedTask : db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({clientKey}, 0))", ct);

    /// <summary>Null when one more is fine.</summary>
    /// <param name="without">A hold that is about to end.</param>
    public async Task<ProblemHttpResult?> Refuse(string? clientKey, string? addressKey, Guid? without, DateTimeOffset now, CancellationToken ct)
    {
        var held = db.Claims.Where(c => c.State == ClaimState.Live && c.Kind == ClaimKind.Hold && c.ExpiresAt > now && c.Id != without);
        if (clientKey is not null && await held.CountAsync(c => c.ClientKey == clientKey, ct) >= options.MaxHoldsPerClient)
            return Problems.TooManyHolds;
        if (addressKey is not null && await held.CountAsync(c => c.AddressKey == addressKey, ct) >= options.MaxHoldsPerAddress)
            return Problems.TooManyHolds;
        return null;
    }

    /// <summary>
    /// The same for visits that need no payment, of which four times as many are allowed. For a client, those ahead count, and all that were booked within
    /// the last day, cancelled or not; for a network address, which many people share, only the latter.
    /// </summary>
    public async Task<ProblemHttpResult?> RefuseFree(string? clientKey, string? addressKey, DateTimeOffset now, CancellationToken ct)
    {
        var yesterday = now.AddDays(-1);
        var free = db.Claims.Where(c => c.Kind == ClaimKind.Appointment && c.PaidAnswer == null);
        if (clientKey is not null
            && await free.CountAsync(c => c.ClientKey == clientKey && (c.CreatedAt > yesterday || (c.State == ClaimState.Live && c.StartsAt > now)), ct) >= FreeForEachHold * options.MaxHoldsPerClient)
            return Problems.TooManyFreeVisits;
        if (addressKey is not null && await free.CountAsync(c => c.AddressKey == addressKey && c.CreatedAt > yesterday, ct) >= FreeForEachHold * options.MaxHoldsPerAddress)
            return Problems.TooManyFreeVisits;
        return null;
    }
}
