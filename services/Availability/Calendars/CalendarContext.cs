using Microsoft.EntityFrameworkCore;
using NodaTime;
using Platform;

namespace Availability;

/// <summary>What a practitioner's outside calendars are read with.</summary>
/// <param name="Home">The zone of times that name none, and of whole days.</param>
/// <param name="Today">In UTC.</param>
/// <param name="Bookings">The practitioner's own bookings, by which our visits are recognised when they come back in an outside calendar.</param>
public sealed record CalendarContext(DateTimeZone Home, LocalDate Today, IReadOnlySet<Guid> Bookings)
{
    /// <summary>What can be booked lies within 400 days of today, wherever that is; a day more until it is read again.</summary>
    private const int DaysAhead = 403;

    private const int DaysBack = 2;

    /// <summary>Under another key the same text may mean other times.</summary>
    public string Key => $"{Today:uuuu-MM-dd} {Home.Id} {Zones.Version}";

    public Stretch Window => new(Today.PlusDays(-DaysBack).AtMidnight().InUtc().ToInstant(), Today.PlusDays(DaysAhead).AtMidnight().InUtc().ToInstant());

    public static async Task<CalendarContext> Of(AvailabilityDb db, Guid practitionerId, DateTimeOffset now, CancellationToken ct)
    {
        var practitioner = await db.Practitioners.AsNoTracking().SingleAsync(p => p.Id == practitionerId, ct);
        var schedule = await Schedule.Of(db, practitioner, ct);
        // A copy elsewhere may lag behind by days; by then a visit may have moved into the past, or been called off.
        var past = now.AddDays(-60);
        var bookings = await db.Claims.Where(c => c.PractitionerId == practitionerId && c.BookingId != null && c.EndsAt > past).Select(c => c.BookingId!.Value).ToHashSetAsync(ct);
        return new CalendarContext(
            schedule.Locations is [var first, ..] ? Zones.Get(first.TimeZone) : DateTimeZone.Utc, Instant.FromDateTimeOffset(now).InUtc().Date, bookings);
    }

    /// <summary>
    /// Whether an entry is one of the practitioner's own visits, come back from an invitation or from our feed. It is known by its UID, also where
    /// Outlook has wrapped it. A visit of theirs to somebody else is a booking of ours too, and keeps them busy.
    /// </summary>
    public bool IsOurs(string uid) => VisitEntry.BookingOf(uid) is { } booking && Bookings.Contains(booking);
}
