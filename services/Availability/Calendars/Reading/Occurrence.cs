namespace Availability;

/// <summary>When something starts and how long it lasts.</summary>
internal readonly record struct Occurrence(CalendarTime Start, CalendarDuration Length)
{
    public Stretch Stretch => new(Start.Instant, Length.EndOf(Start));
}
