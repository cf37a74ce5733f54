using System.Runtime.CompilerServices;
using Contracts;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Platform;

namespace Availability;

/// <summary>
/// <c>settle-zones [--apply]</c>: finds the visits ahead whose agreed local time is at another instant under the zone rules of this build, and says
/// what would become of each; with <c>--apply</c> they follow the clock, under the same lock as any move. Where somebody else has the instant, a
/// visit stays where it is, and both sides are told. Running it again changes nothing.
/// </summary>
public static class SettleZones
{
    public static async Task<int> Run(IServiceProvider services, string[] args, CancellationToken ct)
    {
        if (args is not ([] or ["--apply"]))
        {
            await Console.Error.WriteLineAsync("Say --apply to settle what is listed, or nothing to list it.");
            return 2;
        }

        var (moved, left) = (0, 0);
        await foreach (var visit in Settle(services.GetRequiredService<AvailabilityDb>(), Zones.All, Zones.Version, args.Length > 0, services.GetRequiredService<TimeProvider>().GetUtcNow(), ct))
        {
            await Console.Out.WriteLineAsync(
                $"{(visit.IsFree ? "follows " : "collides")} booking {visit.BookingId} of {visit.PractitionerId}, agreed {visit.Agreed:yyyy-MM-dd'T'HH:mm} {visit.TimeZone}, at {visit.WasAt:O}, belongs at {visit.BelongsAt:O}");
            _ = visit.IsFree ? moved++ : left++;
        }

        await Console.Error.WriteLineAsync($"{moved} {(args.Length > 0 ? "have followed" : "would follow")} their clock, {left} cannot; rules {Zones.Version}");
        return 0;
    }

    /// <param name="zones">The rules that hold now.</param>
    /// <param name="version">Their name; a visit that cannot follow is told of once for each.</param>
    public static async IAsyncEnumerable<ShiftedVisit> Settle(
        AvailabilityDb db, IDateTimeZoneProvider zones, string version, bool apply, DateTimeOffset now, [EnumeratorCancellation] CancellationToken ct)
    {
        var practitioners = await db.Claims.Where(c => c.State == ClaimState.Live && c.BookingId != null && c.StartsAt > now).Select(c => c.PractitionerId).Distinct().ToListAsync(ct);
        foreach (var id in practitioners)
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await db.LockTime(id, ct);
            var live = await db.Claims.FromSql($"SELECT * FROM claims WHERE practitioner_id = {id} AND state = 'live' AND busy_until > {now} FOR UPDATE").ToListAsync(ct);
            var plan = ZonePlan.For([.. live.Where(c => c.BookingId is not null)], zones, now);
            if (apply)
            {
                await Apply(db, plan, [.. live.Where(c => c.BookingId is null)], zones, version, now, ct);
                await db.OpeningsMayHaveChanged(now, ct, id);
                await transaction.CommitAsync(ct);
            }

            foreach (var visit in plan.Shifted)
                yield return visit;
        }
    }

    private static async Task Apply(
        AvailabilityDb db, ZonePlan plan, List<Claim> holds, IDateTimeZoneProvider zones, string version, DateTimeOffset now, CancellationToken ct)
    {
        // Visits that follow one another follow the clock together: all let go first, so that none meets where the other was.
        Guid[] moving = [.. plan.Moving.Select(m => m.Claim.Id)];
        await db.Database.ExecuteSqlAsync($"UPDATE claims SET state = 'released' WHERE id = ANY({moving})", ct);
        foreach (var hold in holds.Where(h => plan.Moving.Any(m => m.Claim.BusyFrom + m.By < h.BusyUntil && h.BusyFrom < m.Claim.BusyUntil + m.By)))
            hold.Release();
        await db.SaveChangesAsync(ct);

        foreach (var (claim, by) in plan.Moving)
        {
            var wasAt = claim.StartsAt;
            claim.FollowZone(by, version, now);
            db.Entry(claim).Property(c => c.State).IsModified = true;
            db.Publish(new TimeFollowedZone(claim.BookingId!.Value, claim.PractitionerId, wasAt, claim.StartsAt, claim.EndsAt, version, now), now);
        }

        foreach (var claim in plan.Colliding.Where(c => c.LookedAt(version, default)))
            db.Publish(new TimeLeftByZone(claim.BookingId!.Value, claim.PractitionerId, claim.StartsAt, claim.EndsAt, version, now), now);
        foreach (var claim in plan.Staying)
            claim.LookedAt(version, Zones.ToLocal(claim.StartsAt, zones[claim.TimeZone]).DateTime);
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>A visit whose agreed local time is at another instant by now.</summary>
/// <param name="IsFree">False when somebody else has that instant.</param>
public sealed record ShiftedVisit(Guid BookingId, Guid PractitionerId, string TimeZone, DateTime Agreed, DateTimeOffset WasAt, DateTimeOffset BelongsAt, bool IsFree);
