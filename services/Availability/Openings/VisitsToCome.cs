using Contracts;
using NodaTime;
using Platform;

namespace Availability;

/// <summary>What others are told of a practitioner's openings: every service at each of its locations.</summary>
/// <param name="LookAgainAt">When this has to be worked out again, even if nobody changes anything.</param>
public sealed record VisitsToCome(IReadOnlyList<VisitOpenings> Visits, DateTimeOffset LookAgainAt)
{
    private const int MostStarts = 12;
    private const int Few = 4;
    private const int Noon = 12, Evening = 17, Midnight = 24;

    /// <summary>For many practitioners at once, each with the time it was worked out from. Those who are unknown here are left out.</summary>
    public static async Task<Dictionary<Guid, (PractitionerTime Time, VisitsToCome ToCome)>> Read(
        AvailabilityDb db, IEnumerable<Guid> practitionerIds, Instant now, CancellationToken ct)
    {
        var found = new Dictionary<Guid, (PractitionerTime, VisitsToCome)>();
        await Add([.. practitionerIds], 66);
        // Where even 64 days have few starts, all that anybody can book is looked through; that is rare.
        await Add([.. found.Where(f => f.Value is var (time, toCome) && time.Timetable.HorizonDays > 64 && toCome.Visits.Any(v => v.Starts.Count < MostStarts)).Select(f => f.Key)], 402);
        return found;

        async Task Add(Guid[] ids, int days)
        {
            var window = Stretch.Of(now, days * 24 * 60);
            foreach (var (id, time) in ids.Length == 0 ? [] : await PractitionerTime.Read(db, ids, window, now, ct))
                found[id] = (time, Of(id, time, window, now));
        }
    }

    private static VisitsToCome Of(Guid practitionerId, PractitionerTime time, Stretch window, Instant now)
    {
        var visits = new List<VisitOpenings>();
        var again = now + Duration.FromDays(1);
        foreach (var location in time.Offer.Locations)
        {
            var place = time.Timetable.Workplaces.FirstOrDefault(w => w.LocationId == location.LocationId);
            var zone = place?.Zone ?? Zones.Get(location.TimeZone);
            var today = now.InZone(zone).Date;
            // Services of one length have the same openings, unless some hours are for some of them only.
            var apart = place?.Weekly.Any(w => w.OnlyFor is not null) == true;
            var here = new Dictionary<Guid, LocationTime>();
            var different = new Dictionary<(Guid, int), VisitOpenings>();
            foreach (var service in time.Offer.Services.Where(s => s.LocationIds.Contains(location.LocationId)))
            {
                var hours = apart ? service.ServiceId : Guid.Empty;
                if (place is not null && !here.ContainsKey(hours))
                    here.Add(hours, new LocationTime(time.Timetable, place, hours, window, now));
                if (!different.TryGetValue((hours, service.Minutes), out var openings))
                    different.Add((hours, service.Minutes), openings = Openings(here.GetValueOrDefault(hours), service.Minutes, today));
                visits.Add(openings with { LocationId = location.LocationId, ServiceId = service.ServiceId });
            }

            again = Instant.Min(again, LookAgain(different.Values, time.Timetable.MinimumNoticeMinutes, zone.AtStartOfDay(today.PlusDays(1)).ToInstant(), Spread(practitionerId)));
        }

        // Never at once: a practitioner with a single opening left would be published over and over.
        return new VisitsToCome(visits, Instant.Max(now + Duration.FromMinutes(1), again).ToDateTimeOffset());
    }

    /// <summary>
    /// When a list is down to its last starts; and when a new date has come within the horizon, at once where there are few times, within an hour
    /// where there are plenty.
    /// </summary>
    private static Instant LookAgain(IReadOnlyCollection<VisitOpenings> visits, int noticeMinutes, Instant tomorrow, Duration spread)
    {
        var again = visits.All(v => v.Starts.Count == MostStarts) ? tomorrow + spread : tomorrow;
        foreach (var visit in visits.Where(v => v.Starts.Count == MostStarts))
            again = Instant.Min(again, Instant.FromDateTimeOffset(visit.Starts[^Few]) - Duration.FromMinutes(noticeMinutes));
        return again;
    }

    /// <summary>Keeps the practitioners of a zone from being due in the same second.</summary>
    private static Duration Spread(Guid practitionerId) => Duration.FromSeconds(practitionerId.ToByteArray()[^1] * 14);

    public static VisitOpenings Openings(LocationTime? here, int minutes, LocalDate today)
    {
        if (here is null)
            return new VisitOpenings(default, default, today.ToDateOnly(), 0, 0, 0, [], []);
        var (starts, first) = (here.Starts(minutes), WallClock.DayOf(today));
        return new VisitOpenings(
            default, default, today.ToDateOnly(),
            here.Days(starts, first, 0, Noon), here.Days(starts, first, Noon, Evening), here.Days(starts, first, Evening, Midnight), here.First(starts, MostStarts),
            Together(here.Minutes(starts, first)));
    }

    /// <summary>Dates that have the same starts; the first date is bit 0.</summary>
    private static List<DayStarts> Together(List<int>[] dates)
    {
        var together = new List<DayStarts>();
        foreach (var (date, minutes) in dates.Index().Where(d => d.Item.Count > 0))
        {
            var same = together.FindIndex(t => t.Minutes.SequenceEqual(minutes));
            if (same < 0)
                together.Add(new(1UL << date, minutes));
            else
                together[same] = together[same] with { Days = together[same].Days | 1UL << date };
        }

        return together;
    }
}
