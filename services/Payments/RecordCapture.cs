using Contracts;
using Platform;
using Stripe;
using Stripe.Checkout;

namespace Payments;

/// <summary>
/// A client's money has arrived: kept once, in the ledger and for Bookings, whichever of Stripe's facts says so first and however late.
/// </summary>
public static class RecordCapture
{
    /// <summary>What a session says about its payment, heard by event or asked for.</summary>
    public static async Task<Applied> FromSession(PaymentsDb db, Session session, DateTimeOffset now, CancellationToken ct)
    {
        if (!Guid.TryParse(session.ClientReferenceId, out var bookingId) || await db.Lock(bookingId, ct) is not { } checkout)
            return new();

        if (session is { Status: "complete", PaymentStatus: "paid", PaymentIntentId: { } intent, AmountTotal: { } amount })
            return Record(db, checkout, intent, amount, session.Currency, now);
        if (session.Status == "expired" && (checkout.SessionId is null || checkout.SessionId == session.Id))
            checkout.Expire();
        return new();
    }

    public static async Task<Applied> FromIntent(PaymentsDb db, PaymentIntent intent, DateTimeOffset now, CancellationToken ct)
    {
        if (intent.Status != "succeeded" || intent.Metadata?.GetValueOrDefault("booking_id") is not { } reference
            || !Guid.TryParse(reference, out var bookingId) || await db.Lock(bookingId, ct) is not { } checkout)
        {
            return new();
        }

        return Record(db, checkout, intent.Id, intent.AmountReceived, intent.Currency, now);
    }

    private static Applied Record(PaymentsDb db, Checkout checkout, string intentId, long amountMinor, string? currency, DateTimeOffset now)
    {
        if (!string.Equals(currency, checkout.Currency, StringComparison.OrdinalIgnoreCase) || amountMinor <= 0)
            return new(Trouble: "captured in another currency");

        if (checkout.Capture(intentId, amountMinor, now))
        {
            db.AddRange(LedgerEntry.OfPayment(checkout, now));
            db.Publish(new PaymentCaptured(checkout.BookingId, checkout.Id, checkout.Captured, now), now);
            return new(Trouble: amountMinor == checkout.AmountMinor ? null : "captured another amount than was asked for");
        }

        // One page per booking is ever handed out, so this takes a hand at Stripe's dashboard.
        return new(Trouble: checkout.PaymentIntentId == intentId ? null : "a second payment for the same booking");
    }
}
