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

    /// <summary>Stands for a date that could not be read, until the check has refused the request.</summary>
    private static readonly LocalDate Unread = new(2000, 1, 1);

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
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(string from, string to, CurrentPractitioner me, AvailabilityDb db, CancellationToken ct)
    {
        var check = new Check();
        var (first, last) = (check.Date("from", from) ?? Unread, check.Date("to", to) ?? Unread);
        check.That("to", last >= first, "This is before from.");
        check.That("to", Period.DaysBetween(first, last) < MostDays, $"At most {MostDays} days at a time, please.");
        if (check.Failed(out var malformed))
            return malformed;

        var schedule = (await db.Schedules.AsNoTracking().SingleOrDefaultAsync(s => s.PractitionerId == me.Id, ct))?.Document;
        var (begin, end) = (first.ToDateTimeUnspecified(), last.PlusDays(1).ToDateTimeUnspecified());
        var off = await db.TimeOff.AsNoTracking()
            .Where(t => t.PractitionerId == me.Id && t.FromLocal < end && (t.ToLocal > begin || t.EveryYear)).OrderBy(t => t.FromLocal).ThenBy(t => t.Id).ToListAsync(ct);
        var extra = await db.ExtraHours.AsNoTracking()
            .Where(t => t.PractitionerId == me.Id && t.FromLocal < end && t.ToLocal > begin).OrderBy(t => t.FromLocal).ThenBy(t => t.Id).ToListAsync(ct);

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
}
