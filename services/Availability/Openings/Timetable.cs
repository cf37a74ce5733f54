using NodaTime;

namespace Availability;

/// <summary>Working hours that come back every week on <paramref name="Day"/>. When <paramref name="To"/> ≤ <paramref name="From"/> they end on the next day.</summary>
public readonly record struct WeeklyRange(IsoDayOfWeek Day, LocalTime From, LocalTime To)
{
    /// <summary>The only services these hours are for; null for all.</summary>
    public IReadOnlyCollection<Guid>? OnlyFor { get; init; }

    /// <summary>The first date on which they may begin; null for always.</summary>
    public LocalDate? Since { get; init; }

    /// <summary>The first date after <see cref="Since"/> on which they begin no longer; null for never.</summary>
    public LocalDate? Before { get; init; }

    /// <summary>Seconds on the wall from the day's midnight: the first that belongs to the hours, and the first that does not.</summary>
    public (long From, long To) InDay => (From.TickOfDay / NodaConstants.TicksPerSecond, (To.TickOfDay / NodaConstants.TicksPerSecond) + (To <= From ? WallClock.Day : 0));

    public bool AreFor(Guid serviceId) => OnlyFor is null || OnlyFor.Contains(serviceId);
}

/// <summary>One of a practitioner's locations with the hours kept there. All local times are read in <paramref name="Zone"/>.</summary>
/// <param name="ExtraHours">Added to the weekly hours once.</param>
/// <param name="TimeOff">Taken from the weekly and extra hours.</param>
public sealed record Workplace(
    Guid LocationId, DateTimeZone Zone, WeeklyRange[] Weekly, LocalRange[] ExtraHours, LocalRange[] TimeOff);

/// <summary>Time that a hold or an appointment has.</summary>
/// <param name="On">Local date on which the visit starts, in the zone it was agreed in.</param>
/// <param name="Busy">The visit with its own buffers.</param>
public readonly record struct ClaimedTime(LocalDate On, Stretch Busy, Guid LocationId = default, Guid ClaimId = default);

/// <summary>Time that a calendar elsewhere takes.</summary>
/// <param name="Silent">It does not say what it takes, and so takes all of this.</param>
public readonly record struct OutsideTime(Stretch Busy, Guid CalendarId = default, bool Silent = false);

/// <summary>All that decides when a practitioner can be visited. Lengths are elapsed minutes.</summary>
/// <param name="StartIntervalMinutes">Wall-clock step between possible starts, at least 1.</param>
/// <param name="MinimumNoticeMinutes">A visit must be asked for at least this long before it starts.</param>
/// <param name="HorizonDays">Local dates after today on which a visit may start; today counts besides.</param>
/// <param name="BufferBeforeMinutes">Kept free of other visits (and their buffers) before a visit; may lie outside the hours.</param>
/// <param name="BufferAfterMinutes">The same after a visit.</param>
/// <param name="MaxPerDay">Visits that may start on one local date; null for no limit.</param>
/// <param name="Claims">Live holds and appointments, at least those within eight days of any instant asked about.</param>
/// <param name="OutsideBusy">Busy time from elsewhere, which a visit (not its buffers) must keep clear of.</param>
/// <param name="MaxPerWeek">Visits that may start from a Monday to its Sunday; null for no limit.</param>
/// <param name="TravelGapMinutes">Lies between visits at different locations, besides their buffers.</param>
public sealed record Timetable(
    Workplace[] Workplaces,
    int StartIntervalMinutes,
    int MinimumNoticeMinutes,
    int HorizonDays,
    int BufferBeforeMinutes,
    int BufferAfterMinutes,
    int? MaxPerDay,
    ClaimedTime[] Claims,
    OutsideTime[] OutsideBusy,
    int? MaxPerWeek = null,
    int TravelGapMinutes = 0)
{
    /// <summary>The same rules and hours, as if nobody had taken any time yet.</summary>
    public Timetable Untaken => this with
    {
        Claims = [],
        OutsideBusy = [],
        Workplaces = [.. Workplaces.Select(w => w with { TimeOff = [] })],
    };

    /// <summary>Whether a visit that was agreed before meets no claim, time off or outside busy time. Hours, notice and horizon are not asked.</summary>
    /// <param name="visit">Must keep clear of time off at the location and of outside busy time.</param>
    /// <param name="busy">The visit with its buffers, which must keep clear of claims.</param>
    public bool IsClear(Guid locationId, Stretch visit, Stretch busy) =>
        !Claims.Any(c => KeptClear(c, locationId).Overlaps(busy))
        && !OutsideBusy.Any(b => b.Busy.Overlaps(visit))
        && !Workplaces.Where(w => w.LocationId == locationId).Any(w => w.TimeOff.Any(t => t.In(w.Zone).Overlaps(visit)));

    /// <summary>What must not be met by a visit elsewhere, or at the same place: the claim with its buffers, and the way there and back.</summary>
    public Stretch KeptClear(in ClaimedTime claim, Guid locationId)
    {
        if (TravelGapMinutes == 0 || claim.LocationId == locationId)
            return claim.Busy;
        var gap = Duration.FromMinutes(TravelGapMinutes);
        return new Stretch(claim.Busy.From - gap, claim.Busy.Until + gap);
    }

    /// <summary>What a visit that starts at <paramref name="start"/> keeps from others: itself with the buffers.</summary>
    public Stretch Busy(Instant start, int minutes) => new(
        start - Duration.FromMinutes(BufferBeforeMinutes),
        start + Duration.FromMinutes(minutes + BufferAfterMinutes));
}

/// <summary>What a client wants to come for.</summary>
/// <param name="Minutes">Elapsed time between start and end, 1 to 1440.</param>
/// <param name="LocationIds">Where it may take place.</param>
/// <param name="ServiceId">Decides which hours are open to it.</param>
public sealed record Visit(int Minutes, IReadOnlyCollection<Guid> LocationIds, Guid ServiceId = default);

/// <summary>A time that can be booked.</summary>
/// <param name="StartSecond">Its start, in seconds since 1970.</param>
public readonly record struct Opening(long StartSecond, int Minutes, Guid LocationId)
{
    public Instant Start => Instant.FromUnixTimeSeconds(StartSecond);

    /// <summary>The first instant after the visit.</summary>
    public Instant End => Start + Duration.FromMinutes(Minutes);
}
