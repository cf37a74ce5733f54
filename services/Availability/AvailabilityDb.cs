using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform;

namespace Availability;

/// <summary>Practitioners' time: what they offer, when they work, and who has claimed what.</summary>
public sealed class AvailabilityDb(DbContextOptions<AvailabilityDb> options) : DbContext(options)
{
    public DbSet<Practitioner> Practitioners => Set<Practitioner>();
    public DbSet<StoredSchedule> Schedules => Set<StoredSchedule>();
    public DbSet<TimeOff> TimeOff => Set<TimeOff>();
    public DbSet<ExtraHours> ExtraHours => Set<ExtraHours>();
    public DbSet<Claim> Claims => Set<Claim>();
    public DbSet<OutsideCalendar> OutsideCalendars => Set<OutsideCalendar>();
    public DbSet<OpeningsTold> OpeningsTold => Set<OpeningsTold>();

    /// <summary>Locks one practitioner's time until the transaction ends; everything that takes or changes it does so first.</summary>
    public Task<int> LockTime(Guid practitionerId, CancellationToken ct) =>
        Database.ExecuteSqlAsync($"SELECT 1 FROM practitioners WHERE id = {practitionerId} FOR UPDATE", ct);

    /// <summary>
    /// Notes that practitioners' openings may have changed, so that they are published again and kept answers are no longer shown. Part of the caller's
    /// transaction, and its last step: it waits for a publication under way, which has not seen this change.
    /// </summary>
    public Task<int> OpeningsMayHaveChanged(DateTimeOffset now, CancellationToken ct, params Guid[] practitionerIds) =>
        Database.ExecuteSqlAsync(
            $"""
            UPDATE openings_told SET refresh_at = {now}
            FROM (SELECT practitioner_id FROM openings_told WHERE practitioner_id = ANY({practitionerIds}) ORDER BY practitioner_id FOR UPDATE) changed
            WHERE openings_told.practitioner_id = changed.practitioner_id
            """, ct);

    /// <summary>Deletes something that a practitioner has entered, and has the openings follow; false when there is no such thing.</summary>
    public async Task<bool> Drop<T>(IQueryable<T> one, Guid practitionerId, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await Database.BeginTransactionAsync(ct);
        await LockTime(practitionerId, ct);
        if (await one.ExecuteDeleteAsync(ct) == 0)
            return false;
        await OpeningsMayHaveChanged(now, ct, practitionerId);
        await transaction.CommitAsync(ct);
        return true;
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Practitioner>(p => Json(p.Property(x => x.Offer)));
        modelBuilder.Entity<StoredSchedule>(s =>
        {
            s.HasKey(x => x.PractitionerId);
            Json(s.Property(x => x.Document));
        });
        modelBuilder.Entity<TimeOff>(LocalEdges);
        modelBuilder.Entity<ExtraHours>(LocalEdges);
        modelBuilder.Entity<Claim>().Property(c => c.AgreedLocal).HasColumnType("timestamp without time zone");
        modelBuilder.Entity<OutsideCalendar>().Ignore(c => c.Takes).Property(c => c.Busy).HasColumnType("tstzmultirange");
        modelBuilder.Entity<OpeningsTold>().HasKey(x => x.PractitionerId);
        modelBuilder.UsePlatform();
    }

    private static void Json<T>(PropertyBuilder<T> property) => property
        .HasColumnType("jsonb")
        .HasConversion(value => JsonSerializer.Serialize(value, Platform.Json.Strict), text => JsonSerializer.Deserialize<T>(text, Platform.Json.Tolerant)!);

    private static void LocalEdges<T>(EntityTypeBuilder<T> dated)
        where T : DatedHours
    {
        dated.Property(x => x.FromLocal).HasColumnType("timestamp without time zone");
        dated.Property(x => x.ToLocal).HasColumnType("timestamp without time zone");
    }
}
