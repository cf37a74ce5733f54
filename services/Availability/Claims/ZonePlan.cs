using NodaTime;
using NodaTime.TimeZones;
using Platform;

namespace Availability;

/// <summary>What new zone rules make of one practitioner's visits: which follow their clock, and which cannot because somebody else has the instant.</summary>
/// <param name="Staying">Those whose instant is right.</param>
public sealed record ZonePlan(IReadOnlyList<(Claim Claim, TimeSpan By)> Moving, IReadOnlyList<Claim> Colliding, IReadOnlyList<Claim> Staying, IReadOnlyList<ShiftedVisit> Shifted)
{
    /// <summary>
    /// Of two visits that would meet, the one that was agreed later stays where it is, and one that meets a visit that stays does so too; so there is
    /// never an overlap, neither after all have moved nor because some have not.
    /// </summary>
    /// <param name="visits">All live ones that belong to bookings; those that have begun by <paramref name="now"/> stay.</param>
    public static ZonePlan For(IReadOnlyList<Claim> visits, IDateTimeZoneProvider zones, DateTimeOffset now)
    {
        var shifts = visits.Where(c => c.StartsAt > now).Select(c => (Claim: c, By: Shift(c, zones))).Where(s => s.By != TimeSpan.Zero).ToDictionary(s => s.Claim, s => s.By);
        var moving = new Dictionary<Claim, TimeSpan>(shifts);
        while (moving.Keys.OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id).FirstOrDefault(c => visits.Any(other => other != c && Meet(c, other, moving))) is { } loser)
            moving.Remove(loser);

        return new ZonePlan(
            [.. moving.Select(m => (m.Key, m.Value))],
            [.. shifts.Keys.Where(c => !moving.ContainsKey(c))],
            [.. visits.Where(c => !shifts.ContainsKey(c))],
            [
                .. shifts.OrderBy(s => s.Key.StartsAt).Select(s => new ShiftedVisit(
                    s.Key.BookingId!.Value, s.Key.PractitionerId, s.Key.TimeZone, s.Key.AgreedLocal!.Value, s.Key.StartsAt, s.Key.StartsAt + s.Value, moving.ContainsKey(s.Key))),
            ]);
    }

    /// <summary>
    /// From the visit's instant to the one that its local time has now. A local time that occurs twice is right at either instant; one that no longer exists
    /// moves forward by the length of the gap.
    /// </summary>
    private static TimeSpan Shift(Claim claim, IDateTimeZoneProvider zones)
    {
        if (claim.AgreedLocal is not { } agreed || zones.GetZoneOrNull(claim.TimeZone) is not { } zone || Zones.ToLocal(claim.StartsAt, zone).DateTime == agreed)
            return TimeSpan.Zero;
        return zone.ResolveLocal(LocalDateTime.FromDateTime(agreed), Resolvers.LenientResolver).ToDateTimeOffset() - claim.StartsAt;
    }

    private static bool Meet(Claim a, Claim b, Dictionary<Claim, TimeSpan> moving)
    {
        var (byA, byB) = (moving.GetValueOrDefault(a), moving.GetValueOrDefault(b));
        return a.BusyFrom + byA < b.BusyUntil + byB && b.BusyFrom + byB < a.BusyUntil + byA;
    }
}
