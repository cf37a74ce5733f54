using NodaTime;

namespace Availability;

/// <summary>How a wanted start stands to the rules.</summary>
public enum Verdict
{
    /// <summary>It is offered.</summary>
    Free,

    /// <summary>The hours allow it, but a claim, a full day, time off or outside busy time is in the way.</summary>
    Taken,

    /// <summary>Nobody else has it, and the practitioner may give it away themselves against their own hours, notice or horizon, if they say why.</summary>
    NeedsReason,

    /// <summary>It would not be offered even if nobody had taken any time.</summary>
    NotAnOpening,
}

/// <summary>
/// The rules by which a practitioner's time is offered. <see cref="List"/> is the only place that knows them; whatever accepts a start asks it too,
/// so what is shown can be booked and nothing else can.
/// </summary>
public static class OpeningRules
{
    /// <summary>Seconds between the starts that a practitioner can choose from.</summary>
    private const int OwnersStep = 5 * 60;

    /// <summary>
    /// All openings whose start lies in <paramref name="window"/>, ascending, each instant at most once per location. A start is offered when
    /// <list type="bullet">
    /// <item>it is a wall-clock step from the beginning of weekly or extra hours, in the location's zone, at a local time that exists;</item>
    /// <item>the whole visit lies inside the location's hours that are open to its service on their date, touching ranges counting as one;</item>
    /// <item>it is at least the notice away from <paramref name="now"/> in elapsed time, and its local date is not after the horizon;</item>
    /// <item>the visit meets no time off and no outside busy time, and with its buffers no claim with that claim's own buffers, nor the way to or
    /// from a claim at another location;</item>
    /// <item>fewer than the day's limit of claims start on its local date, and fewer than the week's from its Monday to its Sunday.</item>
    /// </list>
    /// </summary>
    /// <param name="timetable">Must know all claims that lie within eight days of the window.</param>
    /// <param name="window">Of starts; a visit may end after it.</param>
    public static IReadOnlyList<Opening> List(Timetable timetable, Visit visit, Stretch window, Instant now)
    {
        Opening[]? only = null;
        List<Opening>? several = null;
        foreach (var place in timetable.Workplaces)
        {
            if (!visit.LocationIds.Contains(place.LocationId))
                continue;
            var here = new LocationTime(timetable, place, visit.ServiceId, window, now).Openings(visit.Minutes);
            if (only is null)
                only = here;
            else
                (several ??= [.. only]).AddRange(here);
        }

        // The order of locations is kept among equal instants.
        return several is null ? only ?? [] : [.. several.OrderBy(o => o.StartSecond)];
    }

    /// <summary>Whether a visit may start at <paramref name="start"/>, exactly as <see cref="List"/> would offer it.</summary>
    public static Verdict Judge(Timetable timetable, Visit visit, Instant start, Instant now)
    {
        var thisStart = new Stretch(start, start + Duration.Epsilon);
        if (List(timetable, visit, thisStart, now).Count > 0)
            return Verdict.Free;
        return List(timetable.Untaken, visit, thisStart, now).Count > 0 ? Verdict.Taken : Verdict.NotAnOpening;
    }

    /// <summary>
    /// The same for the practitioner, who knows what the rules do not. Time off, busy time outside, the days' limits and the steps do not bind them;
    /// hours, notice and horizon do so until they give a reason; what others have, with its buffers and the way there, always does.
    /// </summary>
    public static Verdict JudgeForOwner(Timetable timetable, Visit visit, Guid locationId, Instant start, Instant now)
    {
        if (start < now || start.ToUnixTimeSeconds() % OwnersStep != 0)
            return Verdict.NotAnOpening;
        var verdict = Verdict.Free;
        foreach (var reason in Reasons.For(timetable, visit, locationId, start, now))
        {
            switch (reason.Kind)
            {
                case ReasonKind.NotOffered:
                    return Verdict.NotAnOpening;
                case ReasonKind.Visit or ReasonKind.Buffer or ReasonKind.Travel:
                    return Verdict.Taken;
                case ReasonKind.OutsideHours or ReasonKind.Notice or ReasonKind.Horizon:
                    verdict = Verdict.NeedsReason;
                    break;
            }
        }

        return verdict;
    }

    /// <summary>Up to <paramref name="count"/> openings in <paramref name="window"/> that start nearest to <paramref name="start"/>, ascending.</summary>
    public static IReadOnlyList<Opening> Nearest(Timetable timetable, Visit visit, Instant start, Stretch window, Instant now, int count) =>
    [
        .. List(timetable, visit, window, now)
            .OrderBy(o => o.Start > start ? o.Start - start : start - o.Start)
            .Take(count)
            .OrderBy(o => o.Start),
    ];
}
