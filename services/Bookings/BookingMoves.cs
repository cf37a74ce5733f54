using Contracts;
using Platform;

namespace Bookings;

/// <summary>How a confirmed visit gets another time: the move is intended here, made in Availability, and then finished here.</summary>
public sealed partial class Booking
{
    public bool CanMove(DateTimeOffset now) => Status is BookingStatus.Confirmed && now < StartsAt;

    /// <summary>Writes down a move before Availability is asked to make it. The same move asked for again resumes.</summary>
    /// <param name="reason">Why a practitioner overrides their own rules; sealed already.</param>
    public bool IntendMove(DateTimeOffset start, Place place, Party by, DateTimeOffset now, byte[]? reason = null)
    {
        if (!CanMove(now))
            return false;
        if (IntendedMove is { } underWay)
            return underWay.Start == start && underWay.Place.Id == place.Id && underWay.By == by;

        IntendedMove = new IntendedMove(++Moves, start, place, by, now, reason);
        UpdatedAt = now;
        return true;
    }

    /// <summary>Availability has moved the appointment.</summary>
    public bool FinishMove(int number, AgreedTime time, DateTimeOffset now)
    {
        if (Status is not BookingStatus.Confirmed || IntendedMove is not { } move || move.Number != number)
            return false;

        Policy = move.By is Party.Practitioner
            ? Policy.AfterPractitionerMoves(time.StartsAt, DueNow, move.AskedAt)
            : Policy.AfterClientMoves(time.StartsAt, DueNow, move.AskedAt);
        AgreeOn(time, move.Place);
        OwnReason = move.OwnReason ?? OwnReason;
        IntendedMove = null;
        Sequence++;
        Remember("moved", move.By, now);
        _facts.Add(new BookingRescheduled(Id, PractitionerId, Sequence, StartsAt, EndsAt, now));
        return true;
    }

    /// <summary>
    /// A zone's rules have changed: the visit keeps its local time, and its instants follow, those of the policy too. Nothing happens to a booking that is
    /// no longer at <paramref name="wasAt"/>.
    /// </summary>
    public bool FollowZone(DateTimeOffset wasAt, DateTimeOffset startsAt, string zoneVersion, DateTimeOffset now)
    {
        if (Status is not (BookingStatus.AwaitingPayment or BookingStatus.Confirmed) || StartsAt != wasAt || startsAt == wasAt)
            return false;

        var by = startsAt - StartsAt;
        (StartsAt, EndsAt, Policy, ZoneVersion) = (StartsAt + by, EndsAt + by, Policy.After(by), zoneVersion);
        Sequence++;
        Remember("clockChanged", Party.System, now);
        if (Status is BookingStatus.Confirmed)
            _facts.Add(new BookingRescheduled(Id, PractitionerId, Sequence, StartsAt, EndsAt, now, ClockChanged: true));
        return true;
    }

    /// <summary>A zone's rules have changed, but somebody else has the new instant: the visit stays at its old one, and both sides have to be told.</summary>
    public bool StayBehindZone(DateTimeOffset startsAt, string zoneVersion, DateTimeOffset now)
    {
        if (Status is not BookingStatus.Confirmed || StartsAt != startsAt || ZoneVersion == zoneVersion)
            return false;

        ZoneVersion = zoneVersion;
        Remember("leftByClock", Party.System, now);
        _facts.Add(new BookingLeftByClock(Id, PractitionerId, Sequence, StartsAt, EndsAt, now));
        return true;
    }

    /// <summary>Availability refused the move; the old time stands.</summary>
    public bool DropMove(int number, DateTimeOffset now)
    {
        if (IntendedMove?.Number != number)
            return false;

        IntendedMove = null;
        UpdatedAt = now;
        return true;
    }

    private void AgreeOn(AgreedTime time, Place place)
    {
        StartsAt = time.StartsAt.ToUniversalTime();
        EndsAt = time.EndsAt.ToUniversalTime();
        AgreedLocal = time.Local;
        ZoneVersion = time.ZoneVersion;
        Place = place;
        LocationId = place.Id;
    }
}

/// <summary>A time two people agreed on: the instants, and what the clock on the wall says then by the zone data of that day.</summary>
/// <param name="Local">Wall-clock time at the place of the visit.</param>
public sealed record AgreedTime(DateTimeOffset StartsAt, DateTimeOffset EndsAt, DateTime Local, string ZoneVersion)
{
    public static AgreedTime At(Place place, DateTimeOffset start, DateTimeOffset end) =>
        new(start, end, Zones.ToLocal(start, place.TimeZone).DateTime, Zones.Version);
}
