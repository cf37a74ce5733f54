using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using NodaTime.Text;
using Platform;

namespace Availability;

/// <summary>Shows the times at which a practitioner can be visited, day by day.</summary>
public static class ListOpenings
{
    private const int MostDays = 62;
    private const int UsualDays = 31;

    public sealed record Response(string TimeZone, IReadOnlyList<Day> Days);

    public sealed record Day(string Date, IReadOnlyList<Shown> Openings);

    public sealed record Shown(DateTimeOffset Start, DateTimeOffset End, Guid LocationId);

    /// <summary>What one caller wants to see; all who want the same at the same time are answered together.</summary>
    public sealed record Asked(Guid PractitionerId, Guid ServiceId, LocalDate? First, LocalDate? Last, string? TimeZone, Guid? LocationId);

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
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        string slugOrId, Guid service, HttpContext http, ListingsClient listings, IServiceScopeFactory scopes, TimeProvider clock,
        Together<Asked, Results<Ok<Response>, ProblemHttpResult>> together, CancellationToken ct,
        string? from = null, string? to = null, string? timeZone = null, Guid? location = null)
    {
        var check = new Check();
        var first = Date(check, "from", from);
        var last = Date(check, "to", to);
        if (timeZone is not null)
            check.Zone("timeZone", timeZone);
        if (check.Failed(out var malformed))
            return malformed;

        var practitionerId = Guid.TryParse(slugOrId, out var id) ? id : await listings.FindPractitioner(slugOrId, ct);
        if (practitionerId is not { } found)
            return Problem.NotFound;

        http.Response.Headers.CacheControl = "no-cache";
        var asked = new Asked(found, service, first, last, timeZone, location);
        return await together.Ask(asked, () => Look(asked, scopes, clock), ct);
    }

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Look(Asked asked, IServiceScopeFactory scopes, TimeProvider clock)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = Instant.FromDateTimeOffset(clock.GetUtcNow());
        // The dates mean nothing before the zone is known; any zone's day lies within a day of the same date in UTC.
        var today = now.InUtc().Date;
        var widest = Around(asked.First ?? today.PlusDays(-1), asked.Last ?? (asked.First ?? today).PlusDays(UsualDays));
        var db = scope.ServiceProvider.GetRequiredService<AvailabilityDb>();
        var time = await PractitionerTime.Read(db, asked.PractitionerId, widest, now, CancellationToken.None);
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
        return TypedResults.Ok(new Response(zone.Id, [
            .. OpeningRules.List(time.Timetable, visit, window, now)
                .Select(o => new Shown(wall.At(o.StartSecond), wall.At(o.StartSecond + (o.Minutes * 60)), o.LocationId))
                .GroupBy(o => DateOnly.FromDateTime(o.Start.DateTime))
                .Select(day => new Day(day.Key.ToString("O"), [.. day])),
        ]));
    }

    private static LocalDate? Date(Check check, string path, string? text)
    {
        if (text is null)
            return null;
        var parsed = LocalDatePattern.Iso.Parse(text);
        var fine = parsed.Success && parsed.Value.Year is >= 2000 and <= 2200;
        check.That(path, fine, "A date is needed, as in 2026-12-01.");
        return fine ? parsed.Value : null;
    }

    private static Stretch Around(LocalDate first, LocalDate last)
    {
        var from = first.PlusDays(-1).AtMidnight().InUtc().ToInstant();
        return new Stretch(from, Instant.Max(from, Instant.Min(last.PlusDays(2).AtMidnight().InUtc().ToInstant(), from + Duration.FromDays(2 * MostDays))));
    }
}
