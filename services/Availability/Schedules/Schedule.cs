using Microsoft.EntityFrameworkCore;
using NodaTime;
using Platform;

namespace Availability;

/// <summary>When a practitioner works, as the practitioner writes it down. Lengths are minutes; local times are read in the location's zone.</summary>
public sealed record Schedule(
    IReadOnlyList<LocationHours> Locations,
    int MinimumNoticeMinutes,
    int HorizonDays,
    int StartIntervalMinutes,
    int BufferBeforeMinutes,
    int BufferAfterMinutes,
    int? MaxPerDay = null,
    int? MaxPerWeek = null,
    int TravelGapMinutes = 0)
{
    private const int GrainMinutes = 5;

    /// <summary>
    /// What holds until the practitioner writes something else: the locations of the listing without any hours, since nobody's time is sold before
    /// they have said when they work.
    /// </summary>
    public static Schedule Default(Offer offer) => new(
        [.. offer.Locations.Where(l => Zones.Find(l.TimeZone) is not null).Select(l => new LocationHours(l.LocationId, l.TimeZone, []))],
        MinimumNoticeMinutes: 12 * 60, HorizonDays: 60, StartIntervalMinutes: 30, BufferBeforeMinutes: 0, BufferAfterMinutes: 15);

    /// <summary>What a practitioner has written down, or the default.</summary>
    public static async Task<Schedule> Of(AvailabilityDb db, Practitioner practitioner, CancellationToken ct) =>
        (await db.Schedules.AsNoTracking().SingleOrDefaultAsync(s => s.PractitionerId == practitioner.Id, ct))?.Document.With(practitioner.Offer)
        ?? Default(practitioner.Offer);

    /// <summary>The same with the locations that have come to the listing since it was written, still without hours.</summary>
    public Schedule With(Offer offer) => offer.Locations.All(known => Locations.Any(l => l.LocationId == known.LocationId)) ? this : this with
    {
        Locations = [.. Locations, .. Default(offer).Locations.Where(added => Locations.All(l => l.LocationId != added.LocationId))],
    };

    /// <summary>
    /// The same for a practitioner whose listing has put locations into another zone: hours that were kept in the old one are read in the new.
    /// Null when nothing changes.
    /// </summary>
    public Schedule? Following(Offer before, Offer now)
    {
        var moved = Locations.Select(l => before.ZoneOf(l.LocationId) == l.TimeZone && Zones.Find(now.ZoneOf(l.LocationId)) is { } zone ? l with { TimeZone = zone.Id } : l).ToList();
        return moved.SequenceEqual(Locations) ? null : this with { Locations = moved };
    }

    /// <summary>Notes at <paramref name="check"/> all that cannot be kept as it is.</summary>
    public void Validate(Check check)
    {
        check.Between("minimumNoticeMinutes", MinimumNoticeMinutes, 0, 60 * 24 * 60);
        check.Between("horizonDays", HorizonDays, 0, 400);
        if (check.Between("startIntervalMinutes", StartIntervalMinutes, GrainMinutes, 480))
            OnGrain(check, "startIntervalMinutes", StartIntervalMinutes);
        if (check.Between("bufferBeforeMinutes", BufferBeforeMinutes, 0, 240))
            OnGrain(check, "bufferBeforeMinutes", BufferBeforeMinutes);
        if (check.Between("bufferAfterMinutes", BufferAfterMinutes, 0, 240))
            OnGrain(check, "bufferAfterMinutes", BufferAfterMinutes);
        if (MaxPerDay is { } max)
            check.Between("maxPerDay", max, 1, 100);
        if (MaxPerWeek is { } perWeek)
            check.Between("maxPerWeek", perWeek, 1, 700);
        if (check.Between("travelGapMinutes", TravelGapMinutes, 0, 480))
            OnGrain(check, "travelGapMinutes", TravelGapMinutes);

        if (!check.Each("locations", Locations, 50))
            return;
        check.That("locations", Locations.DistinctBy(l => l.LocationId).Count() == Locations.Count, "A location stands here twice.");
        for (var i = 0; i < Locations.Count; i++)
            Locations[i].Validate(check, $"locations[{i}]");
    }

    internal static void OnGrain(Check check, string path, TimeOnly time) => OnGrain(check, path, time.ToTimeSpan());

    private static void OnGrain(Check check, string path, int minutes) => OnGrain(check, path, TimeSpan.FromMinutes(minutes));

    private static void OnGrain(Check check, string path, TimeSpan time) =>
        check.That(path, time.Ticks % (GrainMinutes * TimeSpan.TicksPerMinute) == 0, $"In steps of {GrainMinutes} minutes, please.");
}

/// <summary>A practitioner's schedule with the version that a change must name.</summary>
public sealed class StoredSchedule
{
    private StoredSchedule() { }

    public required Guid PractitionerId { get; init; }
    public long Version { get; private set; }
    public required Schedule Document { get; set; }

    public static StoredSchedule First(Guid practitionerId, Schedule document) =>
        new() { PractitionerId = practitionerId, Version = 1, Document = document };

    public void Replace(Schedule document)
    {
        Document = document;
        Version++;
    }
}
