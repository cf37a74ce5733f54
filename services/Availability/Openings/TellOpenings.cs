using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Platform;

namespace Availability;

/// <summary>
/// Others know the openings of every published practitioner: a change is told within a second, and more is told before what was told runs out. A
/// backlog is worked off in small steps with pauses between them, so that people and their changes always come first.
/// </summary>
public sealed class TellOpenings : Worker
{
    private const int BatchSize = 50;

    /// <summary>With so many messages waiting to be sent, only changes of the last moments are told.</summary>
    private const int DeepOutbox = 500;

    private static readonly TimeSpan Moments = TimeSpan.FromSeconds(5);

    protected override TimeSpan Period => TimeSpan.FromMilliseconds(500);

    protected override async Task<bool> RunOnce(IServiceProvider services, CancellationToken ct)
    {
        var db = services.GetRequiredService<AvailabilityDb>();
        var started = TimeProvider.System.GetTimestamp();
        var told = await TellBatch(db, services.GetRequiredService<ILogger<TellOpenings>>(), services.GetRequiredService<TimeProvider>().GetUtcNow(), ct);
        if (told < BatchSize)
            return false;
        await Task.Delay(TimeProvider.System.GetElapsedTime(started) / 2, ct);
        return true;
    }

    private static async Task<int> TellBatch(AvailabilityDb db, ILogger log, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // The latest change first: a booking of this moment must not wait behind a directory that has come back after a night.
        var due = await db.OpeningsTold.FromSql($"""
            SELECT * FROM openings_told
            WHERE refresh_at <= {now} AND refresh_at >= (
                SELECT CASE WHEN count(*) = {DeepOutbox} THEN {now - Moments} ELSE '-infinity' END
                FROM (SELECT FROM outbox WHERE state = 'waiting' LIMIT {DeepOutbox}) waiting)
            ORDER BY refresh_at DESC LIMIT {BatchSize} FOR UPDATE SKIP LOCKED
            """).ToListAsync(ct);
        if (due.Count == 0)
            return 0;

        var found = await Read(db, [.. due.Select(t => t.PractitionerId)], log, now, ct);
        foreach (var told in due)
        {
            if (!found.TryGetValue(told.PractitionerId, out var one))
            {
                told.PutOff(now);
                continue;
            }

            var (time, toCome) = one;
            if (!time.Published)
                told.Rest(now);
            else if (told.Tell(time, toCome, now) is { } change)
                db.Publish(change, now);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return due.Count;
    }

    /// <summary>
    /// All at once; and where that fails for anybody, one by one, so that the others do not go untold with them. Whose openings cannot be worked out is left
    /// out. A database that fails is nobody's own fault, and fails the run.
    /// </summary>
    private static async Task<Dictionary<Guid, (PractitionerTime Time, VisitsToCome ToCome)>> Read(AvailabilityDb db, Guid[] ids, ILogger log, DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            return await VisitsToCome.Read(db, ids, Instant.FromDateTimeOffset(now), ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && !Problem.IsUnavailable(e) && e is not DbException)
        {
            if (ids is [var one])
            {
                log.LogError(e, "The openings of practitioner {PractitionerId} cannot be worked out", one);
                return [];
            }
        }

        var found = new Dictionary<Guid, (PractitionerTime, VisitsToCome)>();
        foreach (var id in ids)
        {
            foreach (var (practitionerId, one) in await Read(db, [id], log, now, ct))
                found.Add(practitionerId, one);
        }

        return found;
    }
}
