using Microsoft.EntityFrameworkCore;
using Platform;

namespace Payments;

/// <summary>The money, and what Stripe has said about it.</summary>
public sealed class PaymentsDb(DbContextOptions<PaymentsDb> options) : DbContext(options)
{
    public DbSet<Checkout> Checkouts => Set<Checkout>();

    public DbSet<Refund> Refunds => Set<Refund>();

    public DbSet<LedgerEntry> LedgerEntries => Set<LedgerEntry>();

    public DbSet<StripeEvent> StripeEvents => Set<StripeEvent>();

    public DbSet<ConnectedAccount> ConnectedAccounts => Set<ConnectedAccount>();

    public DbSet<BookingEnd> BookingEnds => Set<BookingEnd>();

    /// <summary>
    /// The checkout of a booking, locked until the transaction ends. Whatever changes a payment takes this lock first, so that its facts
    /// are recorded one after the other, in whatever order and how often they come.
    /// </summary>
    public Task<Checkout?> Lock(Guid bookingId, CancellationToken ct) =>
        Checkouts.FromSql($"SELECT * FROM checkouts WHERE booking_id = {bookingId} FOR UPDATE").SingleOrDefaultAsync(ct);

    /// <summary>The checkout that Stripe's payment intent paid, locked likewise; null until its capture is recorded.</summary>
    public Task<Checkout?> LockByIntent(string paymentIntentId, CancellationToken ct) =>
        Checkouts.FromSql($"SELECT * FROM checkouts WHERE payment_intent_id = {paymentIntentId} FOR UPDATE").SingleOrDefaultAsync(ct);

    /// <summary>What of a captured payment has not gone back and is not promised to, in minor units. Lock the checkout first.</summary>
    public async Task<long> Left(Checkout checkout, CancellationToken ct) =>
        checkout.CapturedMinor - checkout.RefundedMinor - await Refunds
            .Where(refund => refund.CheckoutId == checkout.Id && (refund.Status == RefundStatus.Owed || refund.Status == RefundStatus.Pending))
            .SumAsync(refund => refund.AmountMinor, ct);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ConnectedAccount>().HasKey(account => account.PractitionerId);
        modelBuilder.Entity<BookingEnd>().HasKey(end => end.BookingId);
        modelBuilder.UsePlatform();
    }
}
