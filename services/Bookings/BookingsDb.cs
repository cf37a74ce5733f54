using System.Text.Json;
using Bookings.Requesting;
using Bookings.Waitlist;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform;

namespace Bookings;

/// <summary>The bookings, and what happened to them. Whatever a booking has to tell is published in the transaction that stores it.</summary>
public sealed class BookingsDb(DbContextOptions<BookingsDb> options) : DbContext(options)
{
    public DbSet<Booking> Bookings => Set<Booking>();

    public DbSet<DayOff> DaysOff => Set<DayOff>();

    public DbSet<EntrustedRead> EntrustedReads => Set<EntrustedRead>();

    public DbSet<AbandonedAttempt> AbandonedAttempts => Set<AbandonedAttempt>();

    public DbSet<WaitlistEntry> Waitlist => Set<WaitlistEntry>();

    /// <summary>The booking for a change: nobody else changes it until this transaction ends. Needs an open transaction.</summary>
    public async Task<Booking?> ForChange(Guid id, CancellationToken ct)
    {
        // The lock is a statement of its own, so that all that is read after it is what the last writer left.
        await Database.ExecuteSqlAsync($"SELECT 1 FROM bookings WHERE id = {id} FOR UPDATE", ct);
        return await Bookings.AsSingleQuery().SingleOrDefaultAsync(b => b.Id == id, ct);
    }

    /// <summary>The booking to look at.</summary>
    public Task<Booking?> ToRead(Guid id, CancellationToken ct) =>
        Bookings.AsNoTracking().AsSingleQuery().SingleOrDefaultAsync(b => b.Id == id, ct);

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        foreach (var entry in ChangeTracker.Entries<Booking>().ToList())
        {
            foreach (var fact in entry.Entity.TakeFacts())
                this.Publish(fact, entry.Entity.UpdatedAt);
        }
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Booking>(booking =>
        {
            booking.ToTable("bookings");
            booking.Property(b => b.Id).ValueGeneratedNever();
            booking.Property(b => b.RowVersion).HasColumnName("xmin").HasColumnType("xid").IsRowVersion();
            booking.Property(b => b.AgreedLocal).HasColumnType("timestamp without time zone");
            Document(booking.Property(b => b.Place));
            Document(booking.Property(b => b.Policy));
            Document(booking.Property(b => b.IntendedMove));
            booking.HasMany(b => b.Captures).WithOne().HasForeignKey(c => c.BookingId);
            booking.HasMany(b => b.Refunds).WithOne().HasForeignKey(r => r.BookingId);
            booking.HasMany(b => b.History).WithOne().HasForeignKey(h => h.BookingId);
            booking.Navigation(b => b.Captures).AutoInclude();
            booking.Navigation(b => b.Refunds).AutoInclude();
            booking.Navigation(b => b.History).AutoInclude();
        });
        modelBuilder.Entity<Capture>(capture =>
        {
            capture.ToTable("captures");
            capture.HasKey(c => c.PaymentId);
            capture.Property(c => c.PaymentId).ValueGeneratedNever();
        });
        modelBuilder.Entity<Refund>(refund =>
        {
            refund.ToTable("refunds");
            refund.HasKey(r => r.RefundId);
            refund.Property(r => r.RefundId).ValueGeneratedNever();
        });
        modelBuilder.Entity<HistoryEntry>(entry =>
        {
            entry.ToTable("history");
            entry.HasKey(h => new { h.BookingId, h.Position });
            entry.Property(h => h.Position).ValueGeneratedNever();
        });
        modelBuilder.Entity<EntrustedRead>(read =>
        {
            read.ToTable("entrusted_reads");
            read.Property(r => r.Id).ValueGeneratedNever();
        });
        modelBuilder.Entity<AbandonedAttempt>(attempt =>
        {
            attempt.ToTable("abandoned_attempts");
            attempt.HasKey(a => a.BookingId);
            attempt.Property(a => a.BookingId).ValueGeneratedNever();
        });
        modelBuilder.Entity<DayOff>(day =>
        {
            day.ToTable("days_off");
            day.Property(d => d.Id).ValueGeneratedNever();
        });
        modelBuilder.Entity<WaitlistEntry>(entry =>
        {
            entry.ToTable("waitlist");
            entry.Property(e => e.Id).ValueGeneratedNever();
        });
        modelBuilder.UsePlatform();
    }

    private static void Document<T>(PropertyBuilder<T> property) => property
        .HasColumnType("jsonb")
        .HasConversion(value => JsonSerializer.Serialize(value, Json.Strict), text => JsonSerializer.Deserialize<T>(text, Json.Tolerant)!);
}
