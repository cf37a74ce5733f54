using Contracts;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Platform;

namespace Availability;

/// <summary>
/// A paid booking's hold becomes an appointment. If it had ended, the time is retaken when nobody else has it; else it is lost, and the money goes
/// back. Nothing is answered for a booking that was cancelled before.
/// </summary>
public sealed class KeepHoldWhenPaid(AvailabilityDb db, TimeProvider clock) : IConsumer<BookingPaid>
{
    public async Task Consume(ConsumeContext<BookingPaid> context)
    {
        var (bookingId, now, ct) = (context.Message.BookingId, clock.GetUtcNow(), context.CancellationToken);
        await db.LockTime(context.Message.PractitionerId, ct);
        if (await IsCancelled(db, bookingId, ct))
            return;

        var claim = await Claim.Lock(db, bookingId, ct);
        var answer = claim?.PaidAnswer ?? (claim is not null && (claim.IsLive || await CanRetake(claim, now, ct)) ? PaidAnswer.Kept : PaidAnswer.Lost);
        if (claim is not null && claim.PaidAnswer is null)
        {
            claim.AnswerPayment(answer);
            if (answer == PaidAnswer.Kept)
                claim.Keep();
        }

        if (answer == PaidAnswer.Kept)
            db.Publish(new HoldKept(bookingId, claim!.StartsAt, claim.EndsAt, now), now);
        else
            db.Publish(new HoldLost(bookingId, now), now);
        await db.SaveChangesAsync(ct);
        await db.OpeningsMayHaveChanged(now, ct, context.Message.PractitionerId);
    }

    /// <summary>Whether a booking was cancelled here, so that its time is never taken again.</summary>
    internal static async Task<bool> IsCancelled(AvailabilityDb db, Guid bookingId, CancellationToken ct) =>
        await db.Database.SqlQuery<int>($"""SELECT 1 AS "Value" FROM cancelled_bookings WHERE booking_id = {bookingId}""").AnyAsync(ct);

    /// <summary>
    /// Free means ahead of us, and clear of others and of the practitioner's time off. Hours, notice and horizon were right when it was asked for,
    /// and are not asked again.
    /// </summary>
    private async Task<bool> CanRetake(Claim claim, DateTimeOffset now, CancellationToken ct)
    {
        if (claim.StartsAt <= now)
            return false;
        await ExpireHolds.EndThose(db, claim.PractitionerId, now, ct);
        var time = await PractitionerTime.Read(db, claim.PractitionerId, claim.Visit, Instant.FromDateTimeOffset(now), ct);
        return time is { Published: true } && time.Timetable.IsClear(claim.LocationId, claim.Visit, claim.Busy);
    }
}
