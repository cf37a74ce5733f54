using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Bookings.Desk;

/// <summary>
/// Calls off the rest of a day: Availability gives none of it away any more and names the visits in it, and each is cancelled here with everything
/// going back. Cut anywhere, it can be taken up again by a repeat of the request or by <see cref="FinishDaysOff"/>.
/// </summary>
public sealed class DaysOff(BookingsDb db, AvailabilityClient availability, TimeProvider clock)
{
    /// <summary>Writes down what was asked for; what is under way already goes on as it was asked for first.</summary>
    /// <param name="reason">Sealed already.</param>
    public async Task<DayOff> Ask(Guid practitionerId, DateOnly date, Guid? locationId, byte[]? reason, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var asked = await db.DaysOff.FromSql($"""
            INSERT INTO days_off (id, practitioner_id, date, location_id, reason, asked_at)
            VALUES ({Guid.CreateVersion7(now)}, {practitionerId}, {date}, {locationId}, {reason}, {now})
            ON CONFLICT (practitioner_id, date, location_id) DO UPDATE SET
                asked_at = CASE WHEN days_off.done_at IS NULL THEN days_off.asked_at ELSE excluded.asked_at END,
                reason = coalesce(excluded.reason, days_off.reason),
                done_at = NULL
            RETURNING *
            """).AsNoTracking().ToListAsync(ct);
        return asked.Single();
    }

    /// <returns>
    /// Not done while a visit in it is still being booked, and has to be called off once it is there. A refusal when the place is not the practitioner's; nothing
    /// stays written down then.
    /// </returns>
    /// <exception cref="Platform.UnavailableException">Availability does not answer.</exception>
    public async Task<(bool IsDone, ProblemHttpResult? Refusal)> Finish(DayOff day, CancellationToken ct)
    {
        var (bookingIds, refusal) = await availability.TakeDayOff(day, ct);
        // One that has ended visits, when the place was still theirs, stays with them.
        if (refusal is not null)
            await db.Database.ExecuteSqlAsync($"DELETE FROM days_off WHERE id = {day.Id} AND NOT EXISTS (SELECT FROM bookings WHERE day_off_id = {day.Id})", ct);

        var isDone = true;
        foreach (var id in bookingIds)
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            if (await db.ForChange(id, ct) is { } booking)
            {
                booking.CancelFor(day, clock.GetUtcNow());
                await db.SaveChangesAsync(ct);
                await transaction.CommitAsync(ct);
            }
            else
            {
                isDone = false;
            }
        }

        if (isDone)
            await db.Database.ExecuteSqlAsync($"UPDATE days_off SET done_at = {clock.GetUtcNow()} WHERE id = {day.Id} AND asked_at = {day.AskedAt} AND done_at IS NULL", ct);
        return (isDone, refusal);
    }
}
