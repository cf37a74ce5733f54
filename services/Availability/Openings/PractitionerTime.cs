using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NodaTime;
using Npgsql;
using Platform;

namespace Availability;

/// <summary>One practitioner's time as it stands: what is offered, the rules, and what is taken, read in one round trip.</summary>
public sealed record PractitionerTime(bool Published, Offer Offer, Timetable Timetable)
{
    private static readonly Duration Margin = Duration.FromDays(2);

    /// <summary>The zone whose wall clock the hours at a location follow; null when none are kept there.</summary>
    public DateTimeZone? ZoneOf(Guid locationId) => Timetable.Workplaces.FirstOrDefault(w => w.LocationId == locationId)?.Zone;

    /// <summary>
    /// The practitioner's time around <paramref name="window"/>, or null for somebody unknown here. Holds that have run out by
    /// <paramref name="now"/> count as free, released or not.
    /// </summary>
    /// <param name="window">Starts that will be asked about; claims two days beyond it are read too.</param>
    /// <param name="lockIt">Locks the time until the transaction ends, before anything of it is read.</param>
    /// <param name="without">A claim to leave out, because it is about to give way.</param>
    public static async Task<PractitionerTime?> Read(
        AvailabilityDb db, Guid practitionerId, Stretch window, Instant now, CancellationToken ct, bool lockIt = false, Guid? without = null)
    {
        var from = (window.From - Margin).ToDateTimeOffset();
        var until = (window.Until + Margin).ToDateTimeOffset();
        var at = now.ToDateTimeOffset();
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction());
            Add(batch, $"""
                SELECT p.published, p.offer, s.document
                FROM practitioners p LEFT JOIN schedules s ON s.practitioner_id = p.id
                WHERE p.id = $1 {(lockIt ? "FOR UPDATE OF p" : "")}
                """, practitionerId);
            Add(batch, """
                SELECT time_zone, starts_at, busy_from, busy_until FROM claims
                WHERE practitioner_id = $1 AND state = 'live' AND tstzrange(busy_from, busy_until) && tstzrange($2, $3)
                    AND (kind = 'appointment' OR expires_at > $4) AND id <> $5
                """, practitionerId, from, until, at, without ?? Guid.Empty);
            Add(batch, "SELECT location_id, from_local, to_local FROM time_off WHERE practitioner_id = $1 AND to_local >= $2 AND from_local <= $3",
                practitionerId, from.UtcDateTime.Unspecified(), until.UtcDateTime.Unspecified());
            Add(batch, "SELECT location_id, from_local, to_local FROM extra_hours WHERE practitioner_id = $1 AND to_local >= $2 AND from_local <= $3",
                practitionerId, from.UtcDateTime.Unspecified(), until.UtcDateTime.Unspecified());

            // Planned once per connection: this is what every look at anybody's time begins with.
            await batch.PrepareAsync(ct);
            await using var rows = await batch.ExecuteReaderAsync(ct);
            if (!await rows.ReadAsync(ct))
                return null;
            var published = rows.GetBoolean(0);
            var offer = JsonSerializer.Deserialize<Offer>(rows.GetString(1), Json.Tolerant)!;
            var schedule = rows.IsDBNull(2) ? Schedule.Default(offer) : JsonSerializer.Deserialize<Schedule>(rows.GetString(2), Json.Tolerant)!;

            var claims = new List<ClaimedTime>();
            await rows.NextResultAsync(ct);
            while (await rows.ReadAsync(ct))
            {
                claims.Add(new ClaimedTime(
                    Instant(rows, 1).InZone(Zones.Get(rows.GetString(0))).Date, new Stretch(Instant(rows, 2), Instant(rows, 3))));
            }

            var timeOff = await Dated(rows, ct);
            var extraHours = await Dated(rows, ct);
            return new PractitionerTime(published, offer, Assemble(schedule, claims, timeOff, extraHours));
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static Timetable Assemble(
        Schedule schedule, List<ClaimedTime> claims, List<(Guid? LocationId, LocalRange Range)> timeOff, List<(Guid? LocationId, LocalRange Range)> extraHours) => new(
        [
            .. schedule.Locations.Select(l => new Workplace(
                l.LocationId,
                Zones.Get(l.TimeZone),
                [.. l.Weekly.Select(w => w.ToRange())],
                [.. extraHours.Where(e => e.LocationId == l.LocationId).Select(e => e.Range)],
                [.. timeOff.Where(t => t.LocationId is null || t.LocationId == l.LocationId).Select(t => t.Range)])),
        ],
        schedule.StartIntervalMinutes,
        schedule.MinimumNoticeMinutes,
        schedule.HorizonDays,
        schedule.BufferBeforeMinutes,
        schedule.BufferAfterMinutes,
        schedule.MaxPerDay,
        claims,
        OutsideBusy: []);

    private static async Task<List<(Guid? LocationId, LocalRange Range)>> Dated(NpgsqlDataReader rows, CancellationToken ct)
    {
        var found = new List<(Guid?, LocalRange)>();
        await rows.NextResultAsync(ct);
        while (await rows.ReadAsync(ct))
            found.Add((rows.IsDBNull(0) ? null : rows.GetGuid(0), DatedHours.RangeOf(rows.GetDateTime(1), rows.GetDateTime(2))));
        return found;
    }

    private static void Add(NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        batch.BatchCommands.Add(command);
    }

    private static Instant Instant(NpgsqlDataReader rows, int column) => NodaTime.Instant.FromDateTimeUtc(rows.GetDateTime(column));
}

file static class Wall
{
    /// <summary>For columns without a zone: two days of margin are more than any offset.</summary>
    public static DateTime Unspecified(this DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Unspecified);
}
