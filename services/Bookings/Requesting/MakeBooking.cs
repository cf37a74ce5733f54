using Bookings.Reading;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform;

namespace Bookings.Requesting;

/// <summary>
/// How a booking is made, whoever asks for it: its time is claimed, it is stored, and it gets a page to be paid on, or its appointment at once when nothing is due online.
/// When a service does not answer, or refuses, the try is given up.
/// </summary>
public sealed class MakeBooking(BookingsDb db, AvailabilityClient availability, PaymentsClient payments, Views views, TimeProvider clock)
{
    /// <summary>For all calls to other services together; with letting go of the time, an answer comes within five seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan ReleasePatience = TimeSpan.FromMilliseconds(400);

    /// <summary>
    /// Once begun it goes on without its caller: the answer is kept for the repeat, which goes on where this one was. Only what came without a key nobody can ask for
    /// again, and so it is given up when its caller has gone.
    /// </summary>
    /// <param name="claim">Claims the time of a try; answers the booking to be stored, or why there is none.</param>
    /// <exception cref="UnavailableException">A service did not answer in time.</exception>
    public async Task<(Booking? Booking, ProblemHttpResult? Refusal)> For(
        HttpContext http, Func<Attempt, CancellationToken, Task<(Booking? Booking, ProblemHttpResult? Refusal)>> claim)
    {
        var attempt = await Attempts.Current(db, IdempotentRequest.Current(http), CancellationToken.None);
        using var patience = new CancellationTokenSource(Patience);
        var ct = patience.Token;
        try
        {
            if (attempt.Booking is not { } booking)
            {
                await Release(attempt.Unreleased, ct);
                var (claimed, refusal) = await claim(attempt, ct);
                if (claimed is null)
                    return (null, refusal);
                booking = await Store(claimed, ct);
            }

            var settled = await Settle(booking, ct);
            if (settled.Refusal is not null || http.RequestAborted.IsCancellationRequested)
                await GiveUp(attempt.Id);
            return settled;
        }
        catch (Exception e) when (e is OperationCanceledException || Problem.IsUnavailable(e))
        {
            await GiveUp(attempt.Id);
            throw new UnavailableException("A service that a booking needs", e);
        }
    }

    private async Task<Booking> Store(Booking booking, CancellationToken ct)
    {
        db.Add(booking);
        try
        {
            await db.SaveChangesAsync(ct);
            return booking;
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // A repeat of this request was quicker, after the lease of the first had run out.
            db.ChangeTracker.Clear();
            return await db.ToRead(booking.Id, ct) ?? throw new InvalidOperationException("A booking that was there is gone.", e);
        }
    }

    /// <summary>Gets the page to pay on, or the appointment. A booking that has it already is answered as it is.</summary>
    private async Task<(Booking Booking, ProblemHttpResult? Refusal)> Settle(Booking booking, CancellationToken ct)
    {
        var free = booking.DueMinor == 0;
        if (free ? booking.WasConfirmed : booking.CheckoutUrl is not null)
            return (booking, null);
        if (booking.Status is not BookingStatus.AwaitingPayment)
            return (booking, Problems.HoldExpired);

        string? checkoutUrl = null;
        if (free)
        {
            if (await availability.Keep(booking.Id, ct) is { } refusal)
                return (booking, refusal);
        }
        else
        {
            var back = views.VisitPage(booking);
            var (checkout, refusal) = await payments.Checkout(
                new CheckoutRequest(
                    booking.Id, booking.PractitionerId, booking.Demo, booking.DueNow, $"Visit with {booking.PractitionerName}", booking.ClientEmail,
                    back, back, booking.HoldExpiresAt),
                ct);
            if (refusal is not null)
                return (booking, refusal);
            checkoutUrl = checkout!.CheckoutUrl;
        }

        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var stored = await db.ForChange(booking.Id, ct) ?? throw new InvalidOperationException("A booking that was there is gone.");
        _ = free ? stored.Confirm(clock.GetUtcNow()) : stored.OfferCheckout(checkoutUrl!, clock.GetUtcNow());
        // Somebody may have called it off since it was stored.
        if (free ? !stored.WasConfirmed : stored.CheckoutUrl is null)
            return (stored, Problems.HoldExpired);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return (stored, null);
    }

    /// <summary>The booking expires, the time is let go. When Availability does not hear it now, <see cref="ReleaseAbandonedTimes"/> says it again.</summary>
    private async Task GiveUp(Guid id)
    {
        var now = clock.GetUtcNow();
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
            await Release([id], patience.Token);
        }
        catch (Exception e) when (e is OperationCanceledException || Problem.IsUnavailable(e))
        {
            // The attempt stays unreleased in the table, where the worker finds it.
        }
    }

    /// <summary>Lets go of the times of tries that were given up.</summary>
    private async Task Release(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        foreach (var id in ids)
        {
            await availability.Release(id, ct);
            await db.Database.ExecuteSqlAsync($"UPDATE abandoned_attempts SET released_at = {clock.GetUtcNow()} WHERE booking_id = {id}", CancellationToken.None);
        }
    }
}
