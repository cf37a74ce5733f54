using Contracts;
using Listings.Landing;
using Listings.Search;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform;

namespace Listings;

/// <summary>Saves a decision about a listing together with its place in the search, its part in the counts, and the fact for the other services.</summary>
internal static class Publication
{
    /// <summary>False when somebody else changed the practitioner, or got the same slug, in between; then nothing was saved.</summary>
    public static async Task<bool> Save(ListingsDb db, Practitioner practitioner, DateTimeOffset now, CancellationToken ct)
    {
        if (!db.ChangeTracker.HasChanges())
            return true;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        try
        {
            await Write(db, practitioner, now, ct);
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return false;
        }
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>The same as part of the caller's transaction.</summary>
    /// <exception cref="DbUpdateException">Somebody else was quicker.</exception>
    public static async Task Write(ListingsDb db, Practitioner practitioner, DateTimeOffset now, CancellationToken ct)
    {
        var entry = db.Entry(practitioner);
        var wasPublished = entry.OriginalValues[nameof(Practitioner.Published)] is not null;
        if (practitioner.Status == ListingStatus.Published && entry.Property(p => p.Published).IsModified)
            db.Publish(practitioner.Facts(), now);
        else if (wasPublished && practitioner.Published is null)
            db.Publish(new PractitionerWithdrawn(practitioner.Id, practitioner.Version, now), now);

        await db.SaveChangesAsync(ct);
        await Projection.Refresh(db, practitioner.Id, ct);
        var connection = await db.Connection(ct);
        await LandingCounts.Write(connection, practitioner.Id, practitioner.Published is null ? null : practitioner, ct);
    }
}
