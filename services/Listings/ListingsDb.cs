using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Platform;

namespace Listings;

/// <summary>Practitioners and what was decided about them.</summary>
public sealed class ListingsDb(DbContextOptions<ListingsDb> options) : DbContext(options)
{
    public DbSet<Practitioner> Practitioners => Set<Practitioner>();
    public DbSet<Decision> Decisions => Set<Decision>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Practitioner>(practitioner =>
        {
            practitioner.Property(p => p.Version).IsConcurrencyToken();
            practitioner.Property(p => p.Published).HasConversion(new Stored<Listing?>()).HasColumnType("json");
            practitioner.Property(p => p.Draft).HasConversion(new Stored<Listing?>()).HasColumnType("json");
            practitioner.Property(p => p.Evidence).HasConversion(new Stored<IReadOnlyList<Evidence>>(), new ValueComparer<IReadOnlyList<Evidence>>(false)).HasColumnType("json");
            practitioner.Ignore(p => p.Current);
        });
        modelBuilder.UsePlatform();
    }

    /// <summary>A document in a <c>json</c> column; documents are immutable, so a change is another document.</summary>
    private sealed class Stored<T>() : ValueConverter<T, string>(
        document => JsonSerializer.Serialize(document, Listing.Stored),
        json => JsonSerializer.Deserialize<T>(json, Listing.Stored)!);
}
