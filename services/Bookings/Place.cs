using System.Text.Json.Serialization;

namespace Bookings;

/// <summary>Where a visit takes place, as it was described when it was agreed.</summary>
/// <param name="TimeZone">IANA name; the agreed local time is read in it.</param>
/// <param name="Format"><c>inPerson</c>, <c>homeVisit</c> or <c>online</c>.</param>
public sealed record Place(
    Guid Id, string Name, string Locality, string Country, string TimeZone, string Format,
    string? AddressLine = null, string? Region = null, string? Directions = null)
{
    /// <summary>The practitioner comes to the client, whose address is then needed.</summary>
    [JsonIgnore]
    public bool IsHomeVisit => Format == "homeVisit";
}

/// <summary>A move that is on its way: recorded first, then made in Availability, then finished here.</summary>
/// <param name="Number">Counts up for each move of a booking and is never used twice, so that Availability can know a repeat.</param>
/// <param name="AskedAt">The refund that held at this instant is the most that holds after the move.</param>
/// <param name="OwnReason">Why a practitioner overrides their own rules, sealed.</param>
public sealed record IntendedMove(int Number, DateTimeOffset Start, Place Place, Party By, DateTimeOffset AskedAt, byte[]? OwnReason = null);
