using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Platform;

namespace Availability;

/// <summary>A practitioner asks why a visit can or cannot start at some time, and hears what decides.</summary>
public static class WhyFree
{
    /// <param name="Free">Clients can book it.</param>
    /// <param name="Because">The hours, if it is free; otherwise everything that is in the way.</param>
    public sealed record Response(DateTimeOffset At, string TimeZone, bool Published, bool Free, IReadOnlyList<Because> Because);

    /// <param name="From">Of the hours, the visit with its buffers, the time off or the busy time.</param>
    /// <param name="Kind">Of the visit in the way: a hold ends by itself, an appointment does not.</param>
    /// <param name="Calendar">The calendar outside, as the practitioner calls it.</param>
    /// <param name="Since">When it began not to answer.</param>
    public sealed record Because(
        ReasonKind Reason, DateTimeOffset? From, DateTimeOffset? To, ClaimKind? Kind, Guid? BookingId, string? Calendar = null, DateTimeOffset? Since = null);

    public static void Map(IEndpointRouteBuilder desk) => desk
        .MapGet("/schedule/why", Handle)
        .WithName(nameof(WhyFree))
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);

    /// <param name="at">When the visit would start, with its offset.</param>
    /// <param name="service">Which visit.</param>
    /// <param name="location">Where.</param>
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        string at, Guid service, Guid location, CurrentPractitioner me, AvailabilityDb db, TimeProvider clock, CancellationToken ct)
    {
        if (!Json.TryQueryInstant(at, out var asked) || asked.Year is < 2000 or > 2200)
            return Problem.Validation("at", "An instant with its offset is needed, as in 2026-12-01T09:00:00-07:00.");

        var (start, now) = (Instant.FromDateTimeOffset(asked), Instant.FromDateTimeOffset(clock.GetUtcNow()));
        if (await PractitionerTime.Read(db, me.Id, Stretch.Of(start, 24 * 60), now, ct) is not { } time || time.Offer.Visit(service, location) is not { } visit)
            return Problem.NotFound;

        var zone = time.ZoneOf(location) ?? Zones.Get(time.Offer.ZoneOf(location)!);
        var reasons = Reasons.For(time.Timetable, visit, location, start, now);
        var ids = reasons.Select(r => r.ClaimId).OfType<Guid>().ToArray();
        var claims = await db.Claims.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        var calendarIds = reasons.Select(r => r.CalendarId).OfType<Guid>().Distinct().ToArray();
        var calendars = await db.OutsideCalendars.AsNoTracking().Where(c => calendarIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        return TypedResults.Ok(new Response(
            Zones.ToLocal(asked, zone), zone.Id, time.Published, reasons.All(r => r.Kind is ReasonKind.WeeklyHours or ReasonKind.ExtraHours),
            [
                .. reasons.Select(r =>
                {
                    var claim = r.ClaimId is { } id ? claims.GetValueOrDefault(id) : null;
                    var calendar = r.CalendarId is { } outside ? calendars.GetValueOrDefault(outside) : null;
                    return new Because(
                        r.Kind, Shown(r.Of?.From, zone), Shown(r.Of?.Until, zone), claim?.Kind, claim?.BookingId, calendar?.Name,
                        calendar?.FailingSince is { } since ? Zones.ToLocal(since, zone) : null);
                }),
            ]));
    }

    private static DateTimeOffset? Shown(Instant? instant, DateTimeZone zone) => instant?.InZone(zone).ToDateTimeOffset();
}
