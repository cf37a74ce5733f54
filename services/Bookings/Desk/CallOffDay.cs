using System.Globalization;
using Bookings.Reading;
using Bookings.Requesting;
using Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Bookings.Desk;

/// <summary>
/// A practitioner is ill: all visits of a day that have not begun are cancelled in one step, everything goes back, and the day is taken off. The day
/// itself is the key, so a repeat does nothing twice and says how far it is.
/// </summary>
public static class CallOffDay
{
    /// <param name="Reason">For the practitioner's own records.</param>
    /// <param name="LocationId">Only there; everywhere when left out.</param>
    public sealed record Request(string? Reason = null, Guid? LocationId = null);

    /// <param name="Done">False while something is still under way; it goes on by itself.</param>
    public sealed record Response(string Date, Guid? LocationId, bool Done, IReadOnlyList<Visit> Visits, IReadOnlyList<Money> Refunds);

    /// <param name="Visits">Those that would be cancelled.</param>
    /// <param name="Refunds">What would go back, one sum for each currency.</param>
    /// <param name="Called">What has been cancelled before on this day, in this way.</param>
    public sealed record Preview(string Date, Guid? LocationId, IReadOnlyList<Visit> Visits, IReadOnlyList<Money> Refunds, Response? Called);

    public sealed record Visit(Guid BookingId, DateTimeOffset Start, DateTimeOffset End, string Client, Money Refund);

    public static void Map(IEndpointRouteBuilder days)
    {
        days.MapGet("/{date}/cancel-preview", Show).WithName("PreviewDayOff").ProducesProblem(StatusCodes.Status400BadRequest);
        days.MapPost("/{date}/cancel", Handle).WithName(nameof(CallOffDay)).ProducesProblem(StatusCodes.Status400BadRequest);
    }

    /// <param name="date">On the clock of the location of each visit.</param>
    /// <param name="locationId">Only there; everywhere when left out.</param>
    public static async Task<Results<Ok<Preview>, ProblemHttpResult>> Show(
        string date, CurrentPractitioner me, BookingsDb db, TimeProvider clock, CancellationToken ct, Guid? locationId = null)
    {
        var now = clock.GetUtcNow();
        var check = new Check();
        var day = Date(check, date, now);
        if (check.Failed(out var malformed))
            return malformed;

        var (from, until) = (day.ToDateTime(TimeOnly.MinValue), day.AddDays(1).ToDateTime(TimeOnly.MinValue));
        var bookings = await db.Bookings.AsNoTracking().AsSingleQuery()
            .Where(b => b.PractitionerId == me.Id && b.AgreedLocal >= from && b.AgreedLocal < until && b.StartsAt > now)
            .Where(b => locationId == null || b.LocationId == locationId)
            .OrderBy(b => b.StartsAt)
            .ToListAsync(ct);
        bookings.RemoveAll(b => !b.CanCancel(Party.Practitioner, now));
        Visit[] visits = [.. bookings.Select(b => Of(b, b.RefundIfCancelled(Party.Practitioner, now)))];
        var asked = await db.DaysOff.AsNoTracking().SingleOrDefaultAsync(d => d.PractitionerId == me.Id && d.Date == day && d.LocationId == locationId, ct);
        return TypedResults.Ok(new Preview(Said(day), locationId, visits, Sums(visits), asked is null ? null : await Told(db, asked, asked.DoneAt is not null, ct)));
    }

    /// <param name="date">On the clock of the location of each visit.</param>
    public static async Task<Results<Ok<Response>, Accepted<Response>, ProblemHttpResult>> Handle(
        string date, CurrentPractitioner me, BookingsDb db, DaysOff daysOff, SecretBox box, TimeProvider clock, ILogger<DayOff> log, CancellationToken ct,
        Request? request = null)
    {
        var check = new Check();
        var day = Date(check, date, clock.GetUtcNow());
        check.Text("reason", request?.Reason, 1000, lines: true, optional: true);
        if (check.Failed(out var malformed))
            return malformed;

        var asked = await daysOff.Ask(me.Id, day, request?.LocationId, Entrusted.SealReason(request?.Reason, box), ct);
        var isDone = false;
        ProblemHttpResult? refusal = null;
        try
        {
            (isDone, refusal) = await daysOff.Finish(asked, ct);
        }
        catch (Exception e) when (Problem.IsUnavailable(e))
        {
            // It is written down, and the worker carries it out.
            log.LogWarning("A day is called off later: {Reason}", e.GetBaseException().GetType().Name);
        }

        if (refusal is not null)
            return refusal;
        var told = await Told(db, asked, isDone, ct);
        return isDone ? TypedResults.Ok(told) : TypedResults.Accepted((string?)null, told);
    }

    private static async Task<Response> Told(BookingsDb db, DayOff day, bool isDone, CancellationToken ct)
    {
        var cancelled = await db.Bookings.AsNoTracking().AsSingleQuery().Where(b => b.DayOffId == day.Id).OrderBy(b => b.StartsAt).ToListAsync(ct);
        Visit[] visits = [.. cancelled.Select(b => Of(b, b.RefundForCancelling))];
        return new Response(Said(day.Date), day.LocationId, isDone, visits, Sums(visits));
    }

    private static Visit Of(Booking booking, Money refund) =>
        new(booking.Id, Views.Local(booking, booking.StartsAt), Views.Local(booking, booking.EndsAt), booking.ClientName, refund);

    private static Money[] Sums(IEnumerable<Visit> visits) => [.. visits.GroupBy(v => v.Refund.Currency).Select(g => g.Select(v => v.Refund).Aggregate((a, b) => a + b))];

    private static DateOnly Date(Check check, string text, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var date = check.Date("date", text)?.ToDateOnly() ?? default;
        // Somewhere it is still yesterday.
        check.That("date", date >= today.AddDays(-1) && date <= today.AddDays(500), "A day from today on, please.");
        return date;
    }

    private static string Said(DateOnly date) => date.ToString("O", CultureInfo.InvariantCulture);
}
