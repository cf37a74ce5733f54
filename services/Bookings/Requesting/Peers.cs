using Microsoft.EntityFrameworkCore;
using Platform;

namespace Bookings.Requesting;

/// <summary>The services that a booking is made with.</summary>
public sealed class Peers(ListingsClient listings, AvailabilityClient availability, PaymentsClient payments)
{
    private static readonly TimeSpan ReleasePatience = TimeSpan.FromMilliseconds(400);

    public ListingsClient Listings => listings;

    public AvailabilityClient Availability => availability;

    public PaymentsClient Payments => payments;

    /// <summary>
    /// Gives up a try at booking: the booking expires, the time is let go. When Availability does not hear it now, <see cref="ReleaseAbandonedTimes"/>
    /// says it again.
    /// </summary>
    public async Task Abandon(BookingsDb db, Guid id, DateTimeOffset now)
    {
        db.ChangeTracker.Clear();
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            var booking = await db.ForChange(id, CancellationToken.None);
            // Carried through all the same: by a repeat meanwhile, or the database's last answer was lost on its way.
            if (booking?.NeedsTime == true)
                return;
            booking?.Expire(now);
            await db.Database.ExecuteSqlAsync($"INSERT INTO abandoned_attempts (booking_id, at) VALUES ({id}, {now}) ON CONFLICT DO NOTHING");
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
        }

        using var patience = new CancellationTokenSource(ReleasePatience);
        try
        {
            await Release(db, [id], now, patience.Token);
        }
        catch (Exception e) when (e is OperationCanceledException || Problem.IsUnavailable(e))
        {
            // The attempt stays unreleased in the table, where the worker finds it.
        }
    }

    /// <summary>Lets go of the times of tries that were given up.</summary>
    public async Task Release(BookingsDb db, IReadOnlyList<Guid> ids, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var id in ids)
        {
            await availability.Release(id, ct);
            await db.Database.ExecuteSqlAsync($"UPDATE abandoned_attempts SET released_at = {now} WHERE booking_id = {id}", CancellationToken.None);
        }
    }
}
