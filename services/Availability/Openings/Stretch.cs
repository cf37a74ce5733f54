using NodaTime;

namespace Availability;

/// <summary>A stretch of time between two instants; the first belongs to it, the last does not.</summary>
public readonly record struct Stretch(Instant From, Instant Until)
{
    /// <summary>From <paramref name="start"/>, for so many elapsed minutes, whatever clocks do meanwhile.</summary>
    public static Stretch Of(Instant start, int minutes) => new(start, start + Duration.FromMinutes(minutes));

    /// <summary>True when at least one instant belongs to both. Stretches that only touch do not overlap.</summary>
    public bool Overlaps(Stretch other) => From < other.Until && other.From < Until;
}
