namespace Contracts;

/// <summary>The free times of a practitioner; replaces all that a lower version said.</summary>
/// <param name="NoticeMinutes">A start can be booked until this long before it.</param>
/// <param name="Visits">One for each service at each location where it is offered.</param>
public record OpeningsChanged(Guid PractitionerId, long Version, int NoticeMinutes, IReadOnlyList<VisitOpenings> Visits, DateTimeOffset At);

/// <summary>
/// When one service can be booked at one location: the next starts, on which of 64 days, in which part of the day, there is any, and all starts of these days.
/// Days and parts are those of the location's zone. Bit 0 of a set stands for <paramref name="From"/>, bit 63 for the 63rd day after it.
/// </summary>
/// <param name="From">The location's date when this was published.</param>
/// <param name="Mornings">Days with a start before 12:00.</param>
/// <param name="Afternoons">Days with a start from 12:00 until before 17:00.</param>
/// <param name="Evenings">Days with a start at 17:00 or later.</param>
/// <param name="Starts">
/// The next ascending instants, twelve at the most; fewer when there are no more. Starts lapse from the first on, so whoever drops those that have
/// come too close knows exactly which parts of days the rest of this list covers; the sets speak for all that comes after it.
/// </param>
/// <param name="Days">All starts of the 64 days, those days together that have the same; null from a version that did not tell them.</param>
public record VisitOpenings(
    Guid LocationId, Guid ServiceId, DateOnly From, ulong Mornings, ulong Afternoons, ulong Evenings, IReadOnlyList<DateTimeOffset> Starts,
    IReadOnlyList<DayStarts>? Days = null);

/// <summary>Days on which a visit can begin so many minutes after the day has begun.</summary>
/// <param name="Days">A set of days as in <see cref="VisitOpenings"/>.</param>
/// <param name="Minutes">
/// Ascending, at least one, from the first instant of the location's day on, 0 to 1,559: by the clock on the wall, but for days on which clocks are changed.
/// </param>
public record DayStarts(ulong Days, IReadOnlyList<int> Minutes);

/// <summary>The time of a paid booking is now an appointment.</summary>
public record HoldKept(Guid BookingId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, DateTimeOffset At);

/// <summary>The hold of a paid booking had ended, and somebody else has the time.</summary>
public record HoldLost(Guid BookingId, DateTimeOffset At);

/// <summary>The hold of a booking ran out before it was paid for.</summary>
public record HoldEnded(Guid BookingId, DateTimeOffset At);

/// <summary>
/// A calendar that a practitioner has connected does not answer. Published once that is more than a hiccup, and again when the practitioner's
/// openings are withdrawn because of it.
/// </summary>
/// <param name="Since">The first of the tries that failed.</param>
/// <param name="NeverRead">It has not answered once since it was added, so nothing in it counts as busy.</param>
public record CalendarFailed(
    Guid PractitionerId, Guid CalendarId, DateTimeOffset Since, bool OpeningsWithdrawn, DateTimeOffset At, bool NeverRead = false);

/// <summary>A calendar that <see cref="CalendarFailed"/> was published about answers again.</summary>
/// <param name="Since">As in that message.</param>
public record CalendarRecovered(Guid PractitionerId, Guid CalendarId, DateTimeOffset Since, DateTimeOffset At);

/// <summary>The rules of a zone have changed, and a booking's time has followed its agreed local time to another instant.</summary>
/// <param name="WasAt">Where it was; a booking that has been moved since is to stay where it is.</param>
/// <param name="ZoneVersion">The edition of the rules, as in <c>2026b</c>.</param>
public record TimeFollowedZone(
    Guid BookingId, Guid PractitionerId, DateTimeOffset WasAt, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string ZoneVersion, DateTimeOffset At);

/// <summary>The rules of a zone have changed, and a booking's time stays at its instant, because somebody else has the instant of the agreed local time.</summary>
public record TimeLeftByZone(Guid BookingId, Guid PractitionerId, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string ZoneVersion, DateTimeOffset At);
