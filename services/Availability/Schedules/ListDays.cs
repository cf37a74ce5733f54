using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;
using Platform;

namespace Availability;

/// <summary>A practitioner sees a month day by day: the hours, what is added to them and what is taken from them. What comes back every year stands on its days.</summary>
public static class ListDays
{
    private const int MostDays = 62;

    public sealed record Response(IReadOnlyList<Day> Days);

    public sealed record Day(string Date, IReadOnlyList<Hours> Hours, IReadOnlyList<ListExtraHours.Item> ExtraHours, IReadOnlyList<ListTimeOff.Item> TimeOff);

    /// <summary>Weekly hours that begin on the day; when <paramref name="To"/> is not after <paramref name="From"/> they end on the next.</summary>
    public sealed record Hours(Guid LocationId, TimeOnly From, TimeOnly To);

    public static void Map(IEndpointRouteBuilder desk) => desk
        .MapGet("/schedule/days", Handle)
        .WithName(nameof(ListDays))
        .ProducesProblem(StatusCodes.Status400BadRequest);

    /// <param name="from">First date.</param>
    /// <param name="to">Last date, included; at most 62 days with the first.</param>
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(string from, string to, CurrentUser user, AvailabilityDb db, CancellationToken ct)
    {
        if (user.PractitionerId is not { } practitionerId)
            return Problem.Forbidden;
        var check = new Check();
        var (first, last) = (Date(check, "from", from), Date(check, "to", to));
        check.That("to", last >= first, "This is before from.");
        check.That("to", Period.DaysBetween(first, last) < MostDays, $"At most {MostDays} days at a time, please.");
        if (check.Failed(out var malformed))
            return malformed;

        var schedule = (await db.Schedules.AsNoTracking().SingleOrDefaultAsync(s => s.PractitionerId == practitionerId, ct))?.Document;
        var (begin, end) = (first.ToDateTimeUnspecified(), last.PlusDays(1).ToDateTimeUnspecified());
        var off = await db.TimeOff.AsNoTracking()
            .Where(t => t.PractitionerId == practitionerId && t.FromLocal < end && (t.ToLocal > begin || t.EveryYear)).OrderBy(t => t.FromLocal).ThenBy(t => t.Id).ToListAsync(ct);
        var extra = await db.ExtraHours.AsNoTracking()
            .Where(t => t.PractitionerId == practitionerId && t.FromLocal < end && t.ToLocal > begin).OrderBy(t => t.FromLocal).ThenBy(t => t.Id).ToListAsync(ct);

        var days = new List<Day>();
        for (var date = first; date <= last; date = date.PlusDays(1))
        {
            days.Add(new Day(
                LocalDatePattern.Iso.Format(date),
                [.. schedule?.Locations.SelectMany(l => On(l, date)) ?? []],
                [.. extra.Where(e => e.Range.On(date, date)).Select(ListExtraHours.Item.Of)],
                [.. off.SelectMany(t => t.Between(date, date).Select(range => ListTimeOff.Item.Of(t, range)))]));
        }

        return TypedResults.Ok(new Response(days));
    }

    private static IEnumerable<Hours> On(LocationHours location, LocalDate date) => location.Ranges()
        .Where(r => r.Day == date.DayOfWeek && !(date < r.Since) && !(date >= r.Before))
        .OrderBy(r => r.From)
        .Select(r => new Hours(location.LocationId, r.From.ToTimeOnly(), r.To.ToTimeOnly()));

    private static LocalDate Date(Check check, string path, string text)
    {
        var parsed = LocalDatePattern.Iso.Parse(text);
        var isFine = parsed.Success && parsed.Value.Year is >= 2000 and <= 2200;
        check.That(path, isFine, "A date is needed, as in 2026-12-01.");
        return isFine ? parsed.Value : new LocalDate(2000, 1, 1);
    }
}
