using Contracts;
using Microsoft.EntityFrameworkCore;

namespace Availability;

/// <summary>What a practitioner offers, as Listings last told it.</summary>
public sealed record Offer(IReadOnlyList<PublishedLocation> Locations, IReadOnlyList<PublishedService> Services)
{
    public static Offer Nothing { get; } = new([], []);

    /// <summary>The zone the listing says for a location; null for one it does not know.</summary>
    public string? ZoneOf(Guid locationId) => Locations.FirstOrDefault(l => l.LocationId == locationId)?.TimeZone;

    /// <summary>The service as a visit, at one of its locations or at all; null when it is not offered (there).</summary>
    public Visit? Visit(Guid serviceId, Guid? locationId = null)
    {
        if (Services.FirstOrDefault(s => s.ServiceId == serviceId) is not { } service)
            return null;
        Guid[] at = [.. service.LocationIds.Where(id => locationId is null || id == locationId).Where(id => Locations.Any(l => l.LocationId == id))];
        return at.Length == 0 ? null : new Visit(service.Minutes, at, serviceId);
    }
}

/// <summary>Somebody whose time is kept here; the row is also the lock on that time.</summary>
public sealed class Practitioner
{
    private Practitioner() { }

    public const int FirstFeedVersion = 1;

    public required Guid Id { get; init; }

    /// <summary>The highest version that Listings has told; what it says of lower ones comes too late.</summary>
    public long FactsVersion { get; private set; }

    /// <summary>Only published practitioners have openings.</summary>
    public bool Published { get; private set; }

    public Offer Offer { get; private set; } = Offer.Nothing;

    /// <summary>Raised to make the address of the practitioner's calendar feed worthless.</summary>
    public int FeedVersion { get; private set; } = FirstFeedVersion;

    /// <summary>The practitioner, locked until the transaction ends; a row is made for one who is new here.</summary>
    public static async Task<Practitioner> Lock(AvailabilityDb db, Guid id, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $$"""
            INSERT INTO practitioners (id, facts_version, published, offer) VALUES ({{id}}, 0, false, '{"locations":[],"services":[]}') ON CONFLICT DO NOTHING
            """, ct);
        return await db.Practitioners.FromSql($"SELECT * FROM practitioners WHERE id = {id} FOR UPDATE").SingleAsync(ct);
    }

    /// <summary>False when this or something newer is known already.</summary>
    public bool Publish(long version, Offer offer)
    {
        if (version <= FactsVersion)
            return false;
        (FactsVersion, Published, Offer) = (version, true, offer);
        return true;
    }

    /// <summary>Leaves a tombstone: facts of lower versions change nothing any more. False when this or something newer is known already.</summary>
    public bool Withdraw(long version)
    {
        if (version <= FactsVersion)
            return false;
        (FactsVersion, Published) = (version, false);
        return true;
    }

    /// <summary>Gives the calendar feed a new secret address.</summary>
    public void RotateFeed() => FeedVersion++;
}
