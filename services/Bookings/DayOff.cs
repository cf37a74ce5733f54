namespace Bookings;

/// <summary>
/// A practitioner's word that the rest of a day is called off. It is written down before anything is done, so that it is carried out to the end
/// whatever dies in between.
/// </summary>
public sealed class DayOff
{
    /// <summary>Also the id of the time off in Availability.</summary>
    public required Guid Id { get; init; }

    public required Guid PractitionerId { get; init; }

    /// <summary>On the clock of the location of each visit.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Null for all locations.</summary>
    public Guid? LocationId { get; init; }

    /// <summary>Why, in the practitioner's own words, encrypted.</summary>
    public byte[]? Reason { get; init; }

    /// <summary>Visits that had begun by then are left alone.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When nothing was left to be called off.</summary>
    public DateTimeOffset? DoneAt { get; init; }
}
