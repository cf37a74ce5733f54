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

    /// <summary>The id to book under now, and the booking that an earlier try has made under it.</summary>
    public static async Task<(Guid Id, Booking? Booking)> Current(BookingsDb db, IdempotentRequest request, CancellationToken ct)
    {
        if (request.IsFirst)
            return (request.ResourceId, null);
        var id = await Current(db, request.ResourceId, ct);
        return (id, await db.ToRead(id, ct));
    }

    private static async Task<Guid> Current(BookingsDb db, Guid request, CancellationToken ct)
    {
        Guid[] ids = [.. Enumerable.Range(0, Most).Select(attempt => Id(request, attempt))];
        var abandoned = await db.AbandonedAttempts.Where(a => ids.Contains(a.BookingId)).Select(a => a.BookingId).ToListAsync(ct);
        return ids.First(id => id == ids[^1] || !abandoned.Contains(id));
    }
}
