using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NodaTime;
using Npgsql;

namespace Availability;

/// <summary>A visit that somebody wants to start at one instant.</summary>
/// <param name="Minutes">A length that was agreed before; otherwise the service's own counts.</param>
/// <param name="ByOwner">The practitioner wants it themselves, and is judged by the owner's rules.</param>
/// <param name="HasReason">They have said why, in case it goes against their own rules.</param>
public sealed record Wanted(
    Guid PractitionerId, Guid ServiceId, Guid LocationId, DateTimeOffset Start, int? Minutes = null, bool ByOwner = false, bool HasReason = false);

/// <summary>A wanted time that the rules offer and nobody has.</summary>
public sealed record FreeTime(Opening Opening, Stretch Busy, string TimeZone)
{
    private const int Alternatives = 5;
    private static readonly Duration Week = Duration.FromDays(7);
    private static readonly Duration Imaginable = Duration.FromDays(500);

    /// <summary>
    /// The wanted time, or why it cannot be had. It is the caller's to take if they have locked the practitioner's time before; else it has only been
    /// seen.
    /// </summary>
    /// <param name="without">A claim of the caller's own that is about to give way.</param>
    public static async Task<(FreeTime? Free, ProblemHttpResult? Refusal)> Find(
        AvailabilityDb db, Wanted wanted, DateTimeOffset at, CancellationToken ct, Guid? without = null)
    {
        var now = Instant.FromDateTimeOffset(at);
        var start = Instant.FromDateTimeOffset(wanted.Start);
        if (start < now || start > now + Imaginable)
            return (null, Problems.NotAnOpening);

        var nearby = new Stretch(start - Week, start + Week + Week);
        var time = await PractitionerTime.Read(db, wanted.PractitionerId, nearby, now, ct, without);
        // Who leaves the directory for a while can still move what was agreed.
        var isTheirs = time is { Published: true } || wanted is { ByOwner: true, Minutes: not null };
        if (time is null || !isTheirs || VisitOf(time, wanted) is not { } visit)
            return (null, Problems.NotAnOpening);

        var verdict = wanted.ByOwner
            ? OpeningRules.JudgeForOwner(time.Timetable, visit, wanted.LocationId, start, now)
            : OpeningRules.Judge(time.Timetable, visit, start, now);
        switch (verdict)
        {
            case Verdict.Free:
            case Verdict.NeedsReason when wanted.HasReason:
                var opening = new Opening(start.ToUnixTimeSeconds(), visit.Minutes, wanted.LocationId);
                return (new FreeTime(opening, time.Timetable.Busy(start, visit.Minutes), time.ZoneOf(wanted.LocationId)!.Id), null);
            case Verdict.NeedsReason:
                return (null, Problems.ReasonNeeded);
            case Verdict.Taken:
                return (null, Problems.SlotTaken(await Near(db, wanted, time, nearby, now, ct)));
            default:
                return (null, Problems.NotAnOpening);
        }
    }

    /// <summary>
    /// Saves who takes the wanted time and commits; or says that the constraint, which has the last word, has refused it. The lock makes that
    /// impossible for all who take it; whoever does not must not win by that.
    /// </summary>
    /// <param name="practitionerIds">Whose openings change.</param>
    public static async Task<ProblemHttpResult?> Save(
        AvailabilityDb db, IDbContextTransaction transaction, Wanted wanted, DateTimeOffset at, CancellationToken ct, params Guid[] practitionerIds)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException failure) when (failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.ExclusionViolation })
        {
            await transaction.RollbackAsync(ct);
            return (await Find(db, wanted, at, ct)).Refusal ?? Problems.SlotTaken([]);
        }

        await db.OpeningsMayHaveChanged(at, ct, practitionerIds);
        await transaction.CommitAsync(ct);
        return null;
    }

    private static Visit? VisitOf(PractitionerTime time, Wanted wanted)
    {
        var visit = time.Offer.Visit(wanted.ServiceId, wanted.LocationId);
        if (wanted.Minutes is not { } minutes)
            return visit;
        // What was agreed holds although the service has left the listing since. One that is still there has its places.
        if (time.Offer.Services.All(s => s.ServiceId != wanted.ServiceId) && time.Offer.ZoneOf(wanted.LocationId) is not null)
            return new Visit(minutes, [wanted.LocationId], wanted.ServiceId);
        return visit is null ? null : visit with { Minutes = minutes };
    }

    private static async Task<IReadOnlyList<Alternative>> Near(
        AvailabilityDb db, Wanted wanted, PractitionerTime time, Stretch nearby, Instant now, CancellationToken ct)
    {
        var start = Instant.FromDateTimeOffset(wanted.Start);
        var visit = VisitOf(time, wanted)!;
        var nearest = OpeningRules.Nearest(time.Timetable, visit, start, nearby, now, Alternatives);
        if (nearest.Count == 0)
        {
            // Weeks without an opening on either side: rare enough to look at all that is offered.
            var all = new Stretch(now, now + Imaginable);
            if (await PractitionerTime.Read(db, wanted.PractitionerId, all, now, ct) is { } whole)
                nearest = OpeningRules.Nearest(whole.Timetable, visit, start, all, now, Alternatives);
        }

        return
        [
            .. nearest.Select(o =>
            {
                var zone = time.ZoneOf(o.LocationId)!;
                return new Alternative(o.Start.InZone(zone).ToDateTimeOffset(), o.End.InZone(zone).ToDateTimeOffset(), o.LocationId);
            }),
        ];
    }
}
