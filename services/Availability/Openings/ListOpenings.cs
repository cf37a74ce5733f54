using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using Platform;

namespace Availability;

/// <summary>
/// Shows the times at which a practitioner can be visited, day by day. Every answer is current: what was worked out earlier is only shown again after a
/// check that nothing has changed since.
/// </summary>
public static class ListOpenings
{
    private const int MostDays = 62;
    private const int UsualDays = 31;

    public sealed record Response(string TimeZone, IReadOnlyList<Day> Days);

    public sealed record Day(string Date, IReadOnlyList<Shown> Openings);

    public sealed record Shown(DateTimeOffset Start, DateTimeOffset End, Guid LocationId);

    /// <summary>What one caller wants to see; all who want the same at the same time are answered together.</summary>
    /// <param name="Without">The caller's own hold, whose time they may have again or change.</param>
    public sealed record Asked(Guid PractitionerId, Guid ServiceId, LocalDate? First, LocalDate? Last, string? TimeZone, Guid? LocationId, Guid? Without);

    public static void Map(IEndpointRouteBuilder practitioners) => practitioners
        .MapGet("/{slugOrId}/openings", Handle)
        .WithName(nameof(ListOpenings))
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);

    /// <param name="service">Which visit.</param>
    /// <param name="from">First date, in <paramref name="timeZone"/>; today when left out.</param>
    /// <param name="to">Last date, included; at most 62 days with the first.</param>
    /// <param name="timeZone">Zone of the dates and offsets; the location's when left out.</param>
    /// <param name="location">Only this location.</param>
    /// <param name="holdToken">Of one's own hold, which then takes no time here; any other token is as none.</param>
    public static async Task<Results<WrittenOpenings, ProblemHttpResult>> Handle(
        string slugOrId, Guid service, ListingsClient listings, AvailabilityDb db, IServiceScopeFactory scopes, TimeProvider clock,
        Together<Asked, Results<WrittenOpenings, ProblemHttpResult>> together, KeptOpenings kept, CancellationToken ct,
        string? from = null, string? to = null, string? timeZone = null, Guid? location = null, [FromHeader(Name = HoldToken.Header)] string? holdToken = null)
    {
        var check = new Check();
        var first = from is null ? null : check.Date("from", from);
        var last = to is null ? null : check.Date("to", to);
        if (timeZone is not null)
            check.Zone("timeZone", timeZone);
        if (check.Failed(out var malformed))
            return malformed;

        var practitionerId = Guid.TryParse(slugOrId, out var id) ? id : await listings.FindPractitioner(slugOrId, ct);
        if (practitionerId is not { } found)
            return Problem.NotFound;

        var own = holdToken is null ? null : await Claim.Held(db, holdToken, clock.GetUtcNow(), ct);
        var asked = new Asked(found, service, first, last, timeZone, location, own?.Id);
        return await together.Ask(asked, () => Look(asked, scopes, kept, clock), ct);
    }

    private static async Task<Results<WrittenOpenings, ProblemHttpResult>> Look(Asked asked, IServiceScopeFactory scopes, KeptOpenings kept, TimeProvider clock)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AvailabilityDb>();
        if (await TimeVersion.Read(db, asked.PractitionerId, CancellationToken.None) is not { } version)
            return Problem.NotFound;
        var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
        if (kept.Find(asked) is { } before && before.Stand(version, now))
            return before;

        // The dates mean nothing before the zone is known; any zone's day lies within a day of the same date in UTC.
        var today = now.InUtc().Date;
        var widest = Around(asked.First ?? today.PlusDays(-1), asked.Last ?? (asked.First ?? today).PlusDays(UsualDays));
        var time = await PractitionerTime.Read(db, asked.PractitionerId, widest, now, CancellationToken.None, without: asked.Without);
        if (time is not { Published: true } || time.Offer.Visit(asked.ServiceId, asked.LocationId) is not { } visit)
            return Problem.NotFound;

        var zone = Zones.Find(asked.TimeZone)
            ?? visit.LocationIds.Select(time.ZoneOf).FirstOrDefault(z => z is not null)
            ?? Zones.Get(time.Offer.Locations.First(l => visit.LocationIds.Contains(l.LocationId)).TimeZone);
        var begin = asked.First ?? now.InZone(zone).Date;
        var end = asked.Last ?? begin.PlusDays(UsualDays - 1);
        var check = new Check();
        check.That("to", end >= begin, "This is before from.");
        check.That("to", Period.DaysBetween(begin, end) < MostDays, $"At most {MostDays} days at a time, please.");
        if (check.Failed(out var tooMuch))
            return tooMuch;

        var window = new Stretch(zone.AtStartOfDay(begin).ToInstant(), zone.AtStartOfDay(end.PlusDays(1)).ToInstant());
        var wall = new WallClock(zone, window.From.ToUnixTimeSeconds(), window.Until.ToUnixTimeSeconds() + WallClock.Day);
        var openings = OpeningRules.List(time.Timetable, visit, window, now);
        var written = new WrittenOpenings(new Response(zone.Id, [
            .. openings
                .Select(o => new Shown(wall.At(o.StartSecond), wall.At(o.StartSecond + (o.Minutes * 60)), o.LocationId))
                .GroupBy(o => DateOnly.FromDateTime(o.Start.DateTime))
                .Select(day => new Day(day.Key.ToString("O"), [.. day])),
        ]), version, now, Until(time, openings, zone, now));
        kept.Keep(asked, written);
        return written;
    }

    /// <summary>When the answer may change by itself: a hold runs out, the first opening falls inside the notice, or another date comes within the horizon.</summary>
    private static Instant Until(PractitionerTime time, IReadOnlyList<Opening> openings, DateTimeZone zone, Instant now)
    {
        var until = time.HoldEndsAt ?? Instant.MaxValue;
        if (openings.Count > 0)
            until = Instant.Min(until, openings[0].Start - Duration.FromMinutes(time.Timetable.MinimumNoticeMinutes));
        return time.Timetable.Workplaces.Select(w => w.Zone).Append(zone)
            .Select(z => z.AtStartOfDay(now.InZone(z).Date.PlusDays(1)).ToInstant())
            .Aggregate(until, Instant.Min);
    }

    private static Stretch Around(LocalDate first, LocalDate last)
    {
        var from = first.PlusDays(-1).AtMidnight().InUtc().ToInstant();
        return new Stretch(from, Instant.Max(from, Instant.Min(last.PlusDays(2).AtMidnight().InUtc().ToInstant(), from + Duration.FromDays(2 * MostDays))));
    }
}
