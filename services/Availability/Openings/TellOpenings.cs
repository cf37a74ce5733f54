using System.Security.Cryptography;
using System.Text.Json;
using Contracts;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Platform;

namespace Availability;

/// <summary>Others know the soonest openings of every published practitioner: a change is told within seconds, and more is told before they run out.</summary>
public sealed class TellOpenings : Worker
{
    private const int BatchSize = 25;
    private const int MostStarts = 40;

    protected override TimeSpan Period => TimeSpan.FromMilliseconds(500);

    protected override async Task<bool> RunOnce(IServiceProvider services, CancellationToken ct)
    {
        var db = services.GetRequiredService<AvailabilityDb>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // The latest change first: a booking of this moment must not wait behind a directory that has just been imported.
        var due = await db.OpeningsTold.FromSql(
            $"SELECT * FROM openings_told WHERE refresh_at <= {now} ORDER BY refresh_at DESC LIMIT {BatchSize} FOR UPDATE SKIP LOCKED").ToListAsync(ct);
        if (due.Count == 0)
            return false;

        foreach (var told in due)
            await Tell(db, told, now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return due.Count == BatchSize;
    }

    private static async Task Tell(AvailabilityDb db, OpeningsTold told, DateTimeOffset at, CancellationToken ct)
    {
        var now = Instant.FromDateTimeOffset(at);
        // Two weeks hold forty starts of most practitioners; the whole horizon is read only for the others.
        var (time, locations) = await Soonest(db, told.PractitionerId, Stretch.Of(now, 14 * 24 * 60), now, ct);
        if (time is { Published: true } && locations.Any(l => l.Starts.Count < MostStarts))
            (_, locations) = await Soonest(db, told.PractitionerId, Stretch.Of(now, (time.Timetable.HorizonDays + 2) * 24 * 60), now, ct);
        if (time is not { Published: true })
        {
            // Being published again makes it due at once.
            told.LookAgain(at.AddDays(1000));
            return;
        }

        var notice = time.Timetable.MinimumNoticeMinutes;
        if (told.Tell(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { notice, locations }, Json.Strict))))
            db.Publish(new OpeningsChanged(told.PractitionerId, told.Version, notice, locations, at), at);
        told.LookAgain(RunsLow(locations, notice, at));
    }

    private static async Task<(PractitionerTime?, List<LocationOpenings>)> Soonest(AvailabilityDb db, Guid practitionerId, Stretch window, Instant now, CancellationToken ct)
    {
        var time = await PractitionerTime.Read(db, practitionerId, window, now, ct);
        var locations = new List<LocationOpenings>();
        foreach (var location in time?.Offer.Locations ?? [])
        {
            var service = time!.Offer.Services
                .Where(s => !s.Introductory && s.LocationIds.Contains(location.LocationId))
                .MinBy(s => (s.Minutes, s.ServiceId));
            if (service is null)
                continue;
            var openings = OpeningRules.List(time.Timetable, new Visit(service.Minutes, [location.LocationId]), window, now);
            locations.Add(new LocationOpenings(location.LocationId, service.ServiceId, [.. openings.Take(MostStarts).Select(o => o.Start.ToDateTimeOffset())]));
        }

        return (time, locations);
    }

    /// <summary>
    /// When half of the starts told for some location can no longer be booked. Fewer than the most means that all were told, and that the horizon
    /// brings new ones with the next day.
    /// </summary>
    private static DateTimeOffset RunsLow(List<LocationOpenings> locations, int noticeMinutes, DateTimeOffset now)
    {
        var tomorrow = now.AddDays(1);
        var soonest = locations.Select(l => l.Starts.Count < MostStarts ? tomorrow : l.Starts[MostStarts / 2].AddMinutes(-noticeMinutes)).DefaultIfEmpty(tomorrow).Min();
        // Never at once again: a practitioner with one opening left would be told without end.
        return soonest > now.AddMinutes(1) ? soonest : now.AddMinutes(1);
    }
}
