namespace Contracts;

/// <summary>The soonest free times of a practitioner; replaces all that a lower version said.</summary>
/// <param name="NoticeMinutes">A start can be booked until this long before it.</param>
public record OpeningsChanged(
    Guid PractitionerId, long Version, int NoticeMinutes, IReadOnlyList<LocationOpenings> Locations, DateTimeOffset At);

/// <param name="ServiceId">The shortest visit offered there that is not introductory.</param>
/// <param name="Starts">Ascending instants, forty at the most.</param>
public record LocationOpenings(Guid LocationId, Guid ServiceId, IReadOnlyList<DateTimeOffset> Starts);

/// <summary>The time of a paid booking is now an appointment.</summary>
public record HoldKept(Guid BookingId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, DateTimeOffset At);

/// <summary>The hold of a paid booking had ended, and somebody else has the time.</summary>
public record HoldLost(Guid BookingId, DateTimeOffset At);

/// <summary>The hold of a booking ran out before it was paid for.</summary>
public record HoldEnded(Guid BookingId, DateTimeOffset At);
