using Microsoft.EntityFrameworkCore;
using Platform;

namespace Bookings.Requesting;

/// <summary>A try at booking that ended because a service did not answer. Its time is let go, and a repeat of the request goes on under the next id.</summary>
public sealed class AbandonedAttempt
{
    public required Guid BookingId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>When Availability confirmed that it keeps nothing for this id.</summary>
    public DateTimeOffset? ReleasedAt { get; set; }
}

/// <summary>A try at booking.</summary>
/// <param name="Id">To book under.</param>
/// <param name="Booking">What an earlier request has made under this id.</param>
/// <param name="IsFirst">Nobody has worked on the request before.</param>
/// <param name="IsAgain">Tries were given up before it, under the same key.</param>
/// <param name="Unreleased">Those of them whose times Availability may still keep.</param>
public sealed record Attempt(Guid Id, Booking? Booking, bool IsFirst, bool IsAgain, IReadOnlyList<Guid> Unreleased);

/// <summary>The ids that the tries under one idempotency key book under: the same after a crash, the next one after a try that was given up.</summary>
public static class Attempts
{
    private const int Most = 64;

    public static Guid Id(Guid request, int attempt)
    {
        var bytes = request.ToByteArray(bigEndian: true);
        bytes[15] ^= (byte)attempt;
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The try that a request goes on with.</summary>
    public static async Task<Attempt> Current(BookingsDb db, IdempotentRequest request, CancellationToken ct)
    {
        if (request.IsFirst)
            return new(request.ResourceId, null, IsFirst: true, IsAgain: false, []);
        Guid[] ids = [.. Enumerable.Range(0, Most).Select(attempt => Id(request.ResourceId, attempt))];
        var abandoned = await db.AbandonedAttempts.AsNoTracking().Where(a => ids.Contains(a.BookingId)).ToListAsync(ct);
        var id = ids.First(id => id == ids[^1] || !abandoned.Exists(a => a.BookingId == id));
        return new(id, await db.ToRead(id, ct), IsFirst: false, abandoned.Count > 0, [.. abandoned.Where(a => a.ReleasedAt is null).Select(a => a.BookingId)]);
    }
}
