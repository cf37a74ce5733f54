using TestKit;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>What must be true of money and time whatever happened, read from the audit views.</summary>
public static class Books
{
    /// <summary>Longer than anything takes to come back and to catch up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The booking is confirmed, was paid once, has one appointment and one mail, and everything else adds up.</summary>
    public static async Task BookedOnce(Product product, Visitor visitor, Booked booking)
    {
        await visitor.Becomes(booking, "confirmed", Patience);
        Assert.Equal((booking.Due, 0L), await Of(product, booking));
        Assert.Equal(1, await Appointments(product, booking));
        await Mailbox.Has(product, booking, Patience);
        await Balance(product, Patience);
    }

    /// <summary>The booking's time is kept no longer.</summary>
    public static Task EndHold(Product product, Booked booking) => product.Sql<object>(
        "AVAILABILITY", "UPDATE claims SET expires_at = now() - interval '1 second' WHERE booking_id = $1", booking.Id);

    /// <summary>Every captured payment has ended in one appointment or one full refund; the ledger sums to zero; nothing waits to be sent.</summary>
    public static async Task Balance(Product product, TimeSpan within)
    {
        await Eventually.True(() => NothingWaits(product), within, "nothing waits in any outbox");
        var uneven = await product.Sql<long>("PAYMENTS", """
            SELECT count(*) FROM (SELECT 1 FROM audit_ledger GROUP BY transaction_id, currency HAVING sum(amount_minor) <> 0) AS uneven
            """);
        if (uneven != 0)
            throw new InvalidOperationException($"{uneven} ledger transactions do not sum to zero.");
    }

    /// <summary>How a booking's money stands: captured and refunded minor units.</summary>
    public static async Task<(long Captured, long Refunded)> Of(Product product, Booked booking) => (
        await product.Sql<decimal?>("PAYMENTS", "SELECT sum(amount_minor) FROM audit_payments WHERE booking_id = $1 AND status IN ('captured', 'refunded')", booking.Id) is { } c ? (long)c : 0,
        await product.Sql<decimal?>("PAYMENTS", "SELECT sum(refunded_minor) FROM audit_payments WHERE booking_id = $1", booking.Id) is { } r ? (long)r : 0);

    /// <summary>How many appointments a booking has; never more than one.</summary>
    public static Task<long> Appointments(Product product, Booked booking) => product.Sql<long>(
        "AVAILABILITY", "SELECT count(*) FROM audit_claims WHERE booking_id = $1 AND kind = 'appointment' AND state = 'live'", booking.Id);

    private static async Task<bool> NothingWaits(Product product)
    {
        foreach (var service in (string[])["BOOKINGS", "PAYMENTS", "AVAILABILITY", "NOTIFICATIONS"])
        {
            if (await product.Sql<long>(service, "SELECT count(*) FROM audit_outbox WHERE due_at <= now()") != 0)
                return false;
        }
        return true;
    }
}
