using Microsoft.EntityFrameworkCore;
using NodaTime;
using Platform;

namespace Availability;

public enum ClaimKind
{
    /// <summary>Kept for a while, until it is paid for.</summary>
    Hold,

    /// <summary>Kept for good.</summary>
    Appointment,
}

public enum ClaimState
{
    Live,
    Released,
}

/// <summary>What was answered to the payment for a claim; a repeat gets the same answer.</summary>
public enum PaidAnswer
{
    Kept,
    Lost,
}

/// <summary>Time of a practitioner that somebody has: a hold for a while, or an appointment.</summary>
public sealed class Claim
{
    private Claim() { }

    public required Guid Id { get; init; }
    public required Guid PractitionerId { get; init; }
    public required Guid ServiceId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public Guid LocationId { get; private set; }

    /// <summary>The zone it was agreed in; its local date counts against the day's limit.</summary>
    public string TimeZone { get; private set; } = "";

    /// <summary>What the clock on the wall is to show at the start, whatever becomes of the zone's rules; null for claims made before this was recorded.</summary>
    public DateTime? AgreedLocal { get; private set; }

    /// <summary>The edition of the zone rules under which the start was last looked at.</summary>
    public string? ZoneVersion { get; private set; }

    /// <summary>Null for a client's hold that is not a booking yet.</summary>
    public Guid? BookingId { get; private set; }

    public ClaimKind Kind { get; private set; }
    public ClaimState State { get; private set; }
    public DateTimeOffset StartsAt { get; private set; }
    public DateTimeOffset EndsAt { get; private set; }

    /// <summary>The visit with its buffers: no other live claim of the practitioner shares an instant of it.</summary>
    public DateTimeOffset BusyFrom { get; private set; }

    public DateTimeOffset BusyUntil { get; private set; }

    /// <summary>For holds only.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; }

    public bool Extended { get; private set; }

    /// <summary>Set while the hold belongs to whoever has its token, not to a booking.</summary>
    public string? TokenHash { get; private set; }

    public string? ClientKey { get; private set; }
    public string? AddressKey { get; private set; }

    /// <summary>Number of the last move that was made; those that were refused have numbers too.</summary>
    public int Moves { get; private set; }

    /// <summary>Number of the last move that was refused, 0 when none was.</summary>
    public int RefusedMove { get; private set; }

    /// <summary>How often it has gone to another time, moved or following the rules of its zone: RFC 5545's SEQUENCE, as Bookings counts it in its mails.</summary>
    public int Sequence { get; private set; }

    /// <summary>When it last did.</summary>
    public DateTimeOffset? MovedAt { get; private set; }

    public PaidAnswer? PaidAnswer { get; private set; }

    public bool IsLive => State == ClaimState.Live;

    public Stretch Visit => new(Instant.FromDateTimeOffset(StartsAt), Instant.FromDateTimeOffset(EndsAt));

    /// <inheritdoc cref="BusyFrom"/>
    public Stretch Busy => new(Instant.FromDateTimeOffset(BusyFrom), Instant.FromDateTimeOffset(BusyUntil));

    /// <summary>Whether the time is this claim's: a hold that has run out is nobody's, swept or not.</summary>
    public bool HasTime(DateTimeOffset now) => IsLive && (ExpiresAt is null || ExpiresAt > now);

    /// <summary>Whether its owner ended it before it ran out.</summary>
    public bool WasGivenUp(DateTimeOffset now) => !IsLive && ExpiresAt > now;

    /// <summary>
    /// A booking's claim, with its practitioner's time and then itself locked until the transaction ends; null when the booking has none. The
    /// claim's own lock is against the sweep of holds that have run out, which goes by claims and not by practitioners.
    /// </summary>
    public static async Task<Claim?> Lock(AvailabilityDb db, Guid bookingId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"SELECT 1 FROM practitioners WHERE id = (SELECT practitioner_id FROM claims WHERE booking_id = {bookingId}) FOR UPDATE", ct);
        return await db.Claims.FromSql($"SELECT * FROM claims WHERE booking_id = {bookingId} FOR UPDATE").SingleOrDefaultAsync(ct);
    }

    /// <summary>The hold that a token stands for, locked until the transaction ends; null when there is none, or it is a booking's by now.</summary>
    public static Task<Claim?> Lock(AvailabilityDb db, string token, CancellationToken ct) =>
        db.Claims.FromSql($"SELECT * FROM claims WHERE token_hash = {HoldToken.Hash(token)} FOR UPDATE").SingleOrDefaultAsync(ct);

    /// <summary>The hold that a token stands for, only read, if it still is one: one that has run out, or has become a booking's, has nothing to give up.</summary>
    public static async Task<Claim?> Held(AvailabilityDb db, string token, DateTimeOffset now, CancellationToken ct)
    {
        var hash = HoldToken.Hash(token);
        var hold = await db.Claims.AsNoTracking().SingleOrDefaultAsync(c => c.TokenHash == hash, ct);
        return hold?.HasTime(now) == true ? hold : null;
    }

    public static Claim Hold(Guid practitionerId, Guid serviceId, Guid locationId, string timeZone, Opening opening, Stretch busy, DateTimeOffset now, DateTimeOffset expiresAt)
    {
        var claim = new Claim
        {
            Id = Guid.CreateVersion7(now),
            PractitionerId = practitionerId,
            ServiceId = serviceId,
            CreatedAt = now,
            Kind = ClaimKind.Hold,
            ExpiresAt = expiresAt,
        };
        claim.Place(locationId, timeZone, opening, busy);
        return claim;
    }

    /// <summary>Gives the hold to whoever has the token.</summary>
    public void BelongsTo(string tokenHash, string? addressKey) => (TokenHash, AddressKey) = (tokenHash, addressKey);

    /// <summary>Gives the hold to a booking, for at least until <paramref name="expiresAt"/>; a token has no power over it any more.</summary>
    public void BelongsTo(Guid bookingId, string? clientKey, string? addressKey, DateTimeOffset expiresAt)
    {
        (BookingId, ClientKey, AddressKey, TokenHash) = (bookingId, clientKey, addressKey, null);
        if (ExpiresAt < expiresAt)
            ExpiresAt = expiresAt;
    }

    /// <summary>False when it has been extended before.</summary>
    public bool Extend(TimeSpan by)
    {
        if (Extended)
            return false;
        (Extended, ExpiresAt) = (true, ExpiresAt + by);
        return true;
    }

    /// <summary>Makes it an appointment, live (again). The caller has seen that the time is free if it was released.</summary>
    public void Keep() => (Kind, State, ExpiresAt) = (ClaimKind.Appointment, ClaimState.Live, null);

    /// <summary>False when it was released before.</summary>
    public bool Release()
    {
        if (!IsLive)
            return false;
        State = ClaimState.Released;
        return true;
    }

    public void AnswerPayment(PaidAnswer answer) => PaidAnswer = answer;

    /// <summary>Goes to another time under the number of the move.</summary>
    public void Move(int move, Guid locationId, string timeZone, Opening opening, Stretch busy, DateTimeOffset now)
    {
        (Moves, Sequence, MovedAt) = (move, Sequence + 1, now);
        Place(locationId, timeZone, opening, busy);
    }

    /// <summary>What has been decided about a move, once and for all; null when nothing has.</summary>
    public bool? WasMade(int move) => move > Math.Max(Moves, RefusedMove) ? null : move <= Moves && move != RefusedMove;

    /// <summary>The move is never made, however often it is asked for again.</summary>
    public void Refuse(int move) => RefusedMove = move;

    /// <summary>A zone's rules have changed: the start goes where the agreed local time is now, and length and buffers with it.</summary>
    public void FollowZone(TimeSpan by, string zoneVersion, DateTimeOffset now)
    {
        (StartsAt, EndsAt, BusyFrom, BusyUntil) = (StartsAt + by, EndsAt + by, BusyFrom + by, BusyUntil + by);
        (ZoneVersion, Sequence, MovedAt) = (zoneVersion, Sequence + 1, now);
    }

    /// <summary>False when it was looked at under these rules before.</summary>
    public bool LookedAt(string zoneVersion, DateTime local)
    {
        if (ZoneVersion == zoneVersion)
            return false;
        (AgreedLocal, ZoneVersion) = (AgreedLocal ?? local, zoneVersion);
        return true;
    }

    private void Place(Guid locationId, string timeZone, Opening opening, Stretch busy)
    {
        (LocationId, TimeZone) = (locationId, timeZone);
        (StartsAt, EndsAt) = (opening.Start.ToDateTimeOffset(), opening.End.ToDateTimeOffset());
        (BusyFrom, BusyUntil) = (busy.From.ToDateTimeOffset(), busy.Until.ToDateTimeOffset());
        (AgreedLocal, ZoneVersion) = (Zones.ToLocal(StartsAt, timeZone).DateTime, Zones.Version);
    }
}
