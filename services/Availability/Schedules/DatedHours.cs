using NodaTime;

namespace Availability;

/// <summary>A stretch that a practitioner set down once, in the local time of a location.</summary>
public abstract class DatedHours
{
    public required Guid Id { get; init; }
    public required Guid PractitionerId { get; init; }

    /// <summary>As a clock on the location's wall shows it; the first moment that belongs to the stretch.</summary>
    public required DateTime FromLocal { get; init; }

    /// <summary>The first moment that does not.</summary>
    public required DateTime ToLocal { get; init; }

    /// <summary>For the practitioner's own eyes.</summary>
    public string? Note { get; init; }

    internal LocalRange Range => RangeOf(FromLocal, ToLocal);

    internal static LocalRange RangeOf(DateTime from, DateTime to) => new(LocalDateTime.FromDateTime(from), LocalDateTime.FromDateTime(to));
}

/// <summary>A practitioner does not work then, at one location or (without one) anywhere, each location's clock counting.</summary>
public sealed class TimeOff : DatedHours
{
    public Guid? LocationId { get; init; }
}

/// <summary>A practitioner works then, besides the weekly hours.</summary>
public sealed class ExtraHours : DatedHours
{
    public required Guid LocationId { get; init; }
}
