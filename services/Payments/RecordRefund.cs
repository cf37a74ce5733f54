using Contracts;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Payments;

/// <summary>
/// Money has gone back, or will, or could not: kept once per refund, whether Stripe answers a call of ours, tells by event, or lists it.
/// </summary>
public static class RecordRefund
{
    public static async Task<Applied> FromStripe(PaymentsDb db, Stripe.Refund seen, DateTimeOffset now, CancellationToken ct)
    {
        if (seen.PaymentIntentId is null)
            return new();
        if (await db.LockByIntent(seen.PaymentIntentId, ct) is not { } checkout)
            return new(WaitsFor: seen.PaymentIntentId);

        var refund = await Known(db, checkout, seen, ct);
        if (refund is null)
        {
            refund = Refund.Discover(checkout, seen.Id, seen.Amount, now);
            db.Add(refund);
        }

        switch (seen.Status)
        {
            case "succeeded":
                if (refund.Make(seen.Id, now))
                {
                    Book(db, checkout, refund, seen, now);
                    db.Publish(refund.Told(checkout, now), now);
                }

                break;

            case "failed" or "canceled":
                var wasMade = refund.Status == RefundStatus.Made;
                if (refund.Fail(seen.Id, seen.FailureReason ?? seen.Status))
                {
                    // One that never seemed to arrive has nevertheless taken back the practitioner's part and the fee.
                    if (!wasMade)
                        Book(db, checkout, refund, seen, now);
                    checkout.GiveBack(-refund.AmountMinor);
                    db.AddRange(LedgerEntry.OfReturnedRefund(refund, checkout, now));
                    if (wasMade)
                        db.Publish(new PaymentRefundReturned(checkout.BookingId, refund.ObligationId, refund.Amount, now, refund.MadeVersion + 1), now);
                }

                break;

            default:
                refund.Pend(seen.Id);
                break;
        }

        return new();
    }

    private static void Book(PaymentsDb db, Checkout checkout, Refund refund, Stripe.Refund seen, DateTimeOffset now)
    {
        var fee = checkout.GiveBack(refund.AmountMinor);
        db.AddRange(
            refund.Round > 0 ? LedgerEntry.OfRefundAgain(refund, checkout, now)
            // Made by hand, Stripe leaves the practitioner's part with them unless it is told otherwise.
            : refund.Reason == Refund.MadeAtStripe && seen.TransferReversalId is null ? LedgerEntry.OfRefundByPlatform(refund, checkout, now)
            : LedgerEntry.OfRefund(refund, checkout, fee, now));
    }

    /// <summary>Ours by the id that we gave along, anybody's by Stripe's.</summary>
    private static async Task<Refund?> Known(PaymentsDb db, Checkout checkout, Stripe.Refund seen, CancellationToken ct)
    {
        var ours = Guid.TryParse(seen.Metadata?.GetValueOrDefault("refund_id"), out var id) ? id : (Guid?)null;
        return await db.Refunds
            .Where(refund => refund.CheckoutId == checkout.Id && (refund.StripeRefundId == seen.Id || refund.Id == ours))
            .OrderByDescending(refund => refund.StripeRefundId == seen.Id)
            .FirstOrDefaultAsync(ct);
    }
}
