using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Stripe;
using Stripe.Checkout;

namespace Payments;

/// <summary>What came of an event.</summary>
/// <param name="WaitsFor">The payment intent it speaks of, which is not known to be captured yet.</param>
/// <param name="Trouble">Why a person has to look at it.</param>
public readonly record struct Applied(string? WaitsFor = null, string? Trouble = null);

/// <summary>Keeps an event and does what it says, in one transaction and once, whoever brought it: the webhook, or a look at Stripe's list.</summary>
public static class ApplyStripeEvent
{
    /// <summary>False when it has been kept before, so there is nothing to do.</summary>
    public static async Task<bool> Once(
        PaymentsDb db, Event happened, string body, DateTimeOffset now, ILogger log, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // A repeat waits here for the first to commit, and then finds its row.
        var isNew = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO stripe_events (id, type, api_version, created_at, received_at, body)
            VALUES ({happened.Id}, {happened.Type}, {happened.ApiVersion}, {new DateTimeOffset(happened.Created, TimeSpan.Zero)}, {now}, {EventBody.WithoutPeople(body)})
            ON CONFLICT (id) DO NOTHING
            """,
            ct) == 1;
        if (!isNew)
            return false;

        var applied = await Apply(db, transaction, happened, now, ct);
        if (applied != default)
            await Note(db, happened, applied, log, ct);
        await transaction.CommitAsync(ct);

        // Facts that overtook this one may have been waiting for it.
        if (happened.Type is EventTypes.CheckoutSessionCompleted or EventTypes.CheckoutSessionAsyncPaymentSucceeded or EventTypes.PaymentIntentSucceeded)
            await RetryWaiting(db, now, log, ct);
        return true;
    }

    /// <summary>Tries the events again that came before the payment they speak of.</summary>
    public static async Task RetryWaiting(PaymentsDb db, DateTimeOffset now, ILogger log, CancellationToken ct)
    {
        // Only those whose payment has come, so that however many speak of others' payments through the same Stripe account hold up none of ours.
        // A copy of an older release does not say what an event waits for.
        var waiting = await db.StripeEvents.AsNoTracking()
            .Where(e => e.Waiting && (e.WaitsFor == null || db.Checkouts.Any(c => c.PaymentIntentId == e.WaitsFor)))
            .OrderBy(e => e.CreatedAt).Take(100).ToListAsync(ct);
        foreach (var kept in waiting)
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var happened = EventUtility.ParseEvent(kept.Body, throwOnApiVersionMismatch: false);
            var applied = await Apply(db, transaction, happened, now, ct);
            if (applied.WaitsFor is not null)
                continue;
            await Note(db, happened, applied, log, ct);
            await transaction.CommitAsync(ct);
        }
    }

    /// <summary>
    /// Saves what the event does. One that says what the books cannot hold, such as more sent back than came in, is kept all the same for a person
    /// to look at: refused, it would come again for days, and stand in the way of those behind it.
    /// </summary>
    private static async Task<Applied> Apply(PaymentsDb db, IDbContextTransaction transaction, Event happened, DateTimeOffset now, CancellationToken ct)
    {
        const string kept = "kept";
        await transaction.CreateSavepointAsync(kept, ct);
        try
        {
            var applied = await Effects(db, happened, now, ct);
            await db.SaveChangesAsync(ct);
            return applied;
        }
        catch (Exception e) when (e.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.CheckViolation or PostgresErrorCodes.CharacterNotInRepertoire })
        {
            await transaction.RollbackToSavepointAsync(kept, ct);
            db.ChangeTracker.Clear();
            return new(Trouble: "says what the books cannot hold");
        }
    }

    private static Task<Applied> Effects(PaymentsDb db, Event happened, DateTimeOffset now, CancellationToken ct) =>
        (happened.Type, happened.Data?.Object) switch
        {
            (EventTypes.CheckoutSessionCompleted or EventTypes.CheckoutSessionAsyncPaymentSucceeded or EventTypes.CheckoutSessionExpired, Session session) =>
                RecordCapture.FromSession(db, session, now, ct),
            (EventTypes.PaymentIntentSucceeded, PaymentIntent intent) => RecordCapture.FromIntent(db, intent, now, ct),
            (EventTypes.RefundCreated or EventTypes.RefundUpdated or EventTypes.RefundFailed, Stripe.Refund refund) =>
                RecordRefund.FromStripe(db, refund, now, ct),
            (EventTypes.ChargeRefunded, Charge charge) => LookForRefunds.OfCharge(db, charge, now, ct),
            (EventTypes.AccountUpdated, Account account) => SeeAccount(db, account, happened, ct),
            _ => Task.FromResult(new Applied()),
        };

    private static async Task<Applied> SeeAccount(PaymentsDb db, Account account, Event happened, CancellationToken ct)
    {
        var known = await db.ConnectedAccounts
            .FromSql($"SELECT * FROM connected_accounts WHERE stripe_account_id = {account.Id} FOR UPDATE")
            .SingleOrDefaultAsync(ct);
        known?.See(account, new DateTimeOffset(happened.Created, TimeSpan.Zero));
        return new();
    }

    private static async Task Note(PaymentsDb db, Event happened, Applied applied, ILogger log, CancellationToken ct)
    {
        if (applied.Trouble is not null)
            log.LogError("Stripe event {EventId} needs a person: {Trouble}", happened.Id, applied.Trouble);
        await db.StripeEvents.Where(kept => kept.Id == happened.Id).ExecuteUpdateAsync(
            kept => kept
                .SetProperty(k => k.Waiting, applied.WaitsFor != null)
                .SetProperty(k => k.WaitsFor, applied.WaitsFor)
                .SetProperty(k => k.Trouble, applied.Trouble),
            ct);
    }
}
