using NodaTime;

namespace Availability;

/// <summary>What decides about a start.</summary>
public enum ReasonKind
{
    /// <summary>Hours of the week that make it possible.</summary>
    WeeklyHours,

    /// <summary>Extra hours that make it possible.</summary>
    ExtraHours,

    /// <summary>The service is not offered there.</summary>
    NotOffered,

    /// <summary>The visit would not lie inside hours that are open to its service.</summary>
    OutsideHours,

    /// <summary>It lies inside the hours, but between two steps.</summary>
    BetweenSteps,

    /// <summary>It is past, or nearer than the minimum notice.</summary>
    Notice,

    /// <summary>Its date is beyond the horizon.</summary>
    Horizon,

    /// <summary>Enough visits start on its date.</summary>
    FullDay,

    /// <summary>Enough visits start in its week.</summary>
    FullWeek,

    /// <summary>Another visit is at that time.</summary>
    Visit,

    /// <summary>Only the buffers of the two visits meet.</summary>
    Buffer,

    /// <summary>The way to or from a visit at another location takes it.</summary>
    Travel,

    TimeOff,

    /// <summary>Busy in a calendar outside.</summary>
    OutsideBusy,

    /// <summary>A calendar outside has not answered for so long that nothing is offered.</summary>
    OutsideSilent,
}

/// <param name="Of">The hours, visit, time off or busy time that decides; null for a rule.</param>
/// <param name="ClaimId">The hold or appointment.</param>
/// <param name="CalendarId">The calendar outside.</param>
public sealed record Reason(ReasonKind Kind, Stretch? Of = null, Guid? ClaimId = null, Guid? CalendarId = null);

/// <summary>Why a start is free or not, rule by rule, for the practitioner who asks. What it finds in the way agrees with <see cref="OpeningRules.Judge"/>.</summary>
public static class Reasons
{
    /// <returns>The hours that make the start possible, if it is free; otherwise all that is in the way.</returns>
    /// <param name="timetable">As for <see cref="OpeningRules.List"/>.</param>
    public static IReadOnlyList<Reason> For(Timetable timetable, Visit visit, Guid locationId, Instant start, Instant now)
    {
        if (!visit.LocationIds.Contains(locationId) || timetable.Workplaces.FirstOrDefault(w => w.LocationId == locationId) is not { } place)
            return [new(ReasonKind.NotOffered)];
        List<Reason> against = [.. Rules(timetable, visit, place, start, now), .. InTheWay(timetable, visit, place, start)];
        return against.Count > 0 ? against : [.. Hours(place, visit, start)];
    }

    private static IEnumerable<Reason> Rules(Timetable timetable, Visit visit, Workplace place, Instant start, Instant now)
    {
        // The hours alone: everything else as generous as can be.
        var generous = timetable.Untaken with { MinimumNoticeMinutes = 0, HorizonDays = 1, Workplaces = [place with { TimeOff = [] }] };
        var here = visit with { LocationIds = [place.LocationId] };
        if (OpeningRules.Judge(generous, here, start, start) != Verdict.Free)
        {
            var anyStep = generous with { StartIntervalMinutes = 5 };
            yield return new(OpeningRules.Judge(anyStep, here, start, start) == Verdict.Free ? ReasonKind.BetweenSteps : ReasonKind.OutsideHours);
        }

        var (date, today) = (start.InZone(place.Zone).Date, now.InZone(place.Zone).Date);
        if (start < now + Duration.FromMinutes(timetable.MinimumNoticeMinutes))
            yield return new(ReasonKind.Notice);
        if (date > today.PlusDays(timetable.HorizonDays))
            yield return new(ReasonKind.Horizon);
        if (timetable.Claims.Count(c => c.On == date) >= timetable.MaxPerDay)
            yield return new(ReasonKind.FullDay);
        if (timetable.Claims.Count(c => Monday(c.On) == Monday(date)) >= timetable.MaxPerWeek)
            yield return new(ReasonKind.FullWeek);
    }

    private static IEnumerable<Reason> InTheWay(Timetable timetable, Visit visit, Workplace place, Instant start)
    {
        var (stay, busy) = (Stretch.Of(start, visit.Minutes), timetable.Busy(start, visit.Minutes));
        foreach (var claim in timetable.Claims.Where(c => timetable.KeptClear(c, place.LocationId).Overlaps(busy)).OrderBy(c => c.Busy.From))
        {
            var kind = claim.Busy.Overlaps(stay) ? ReasonKind.Visit : claim.Busy.Overlaps(busy) ? ReasonKind.Buffer : ReasonKind.Travel;
            yield return new(kind, claim.Busy, claim.ClaimId);
        }

        foreach (var off in place.TimeOff.Select(t => t.In(place.Zone)).Where(t => t.Overlaps(stay)))
            yield return new(ReasonKind.TimeOff, off);
        foreach (var outside in timetable.OutsideBusy.Where(b => b.Busy.Overlaps(stay)))
            yield return outside.Silent ? new(ReasonKind.OutsideSilent, CalendarId: outside.CalendarId) : new(ReasonKind.OutsideBusy, outside.Busy, CalendarId: outside.CalendarId);
    }

    private static IEnumerable<Reason> Hours(Workplace place, Visit visit, Instant start)
    {
        var stay = Stretch.Of(start, visit.Minutes);
        var date = start.InZone(place.Zone).Date;
        var weekly =
            from day in new[] { date.PlusDays(-1), date, date.PlusDays(1) }
            from range in place.Weekly
            where range.Day == day.DayOfWeek && range.AreFor(visit.ServiceId) && !(day < range.Since) && !(day >= range.Before)
            select new LocalRange(day + range.From, (range.To <= range.From ? day.PlusDays(1) : day) + range.To).In(place.Zone);
        return weekly.Where(r => r.Overlaps(stay)).Select(r => new Reason(ReasonKind.WeeklyHours, r))
            .Concat(place.ExtraHours.Select(e => e.In(place.Zone)).Where(e => e.Overlaps(stay)).Select(e => new Reason(ReasonKind.ExtraHours, e)));
    }

    private static LocalDate Monday(LocalDate date) => date.PlusDays(1 - (int)date.DayOfWeek);
}
