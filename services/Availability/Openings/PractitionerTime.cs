using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using NodaTime;
using Npgsql;
using Platform;

namespace Availability;

/// <summary>One practitioner's time as it stands: what is offered, the rules, and what is taken, read in one round trip.</summary>
/// <param name="HoldEndsAt">When the first of the holds among the claims runs out; null when there is none.</param>
public sealed record PractitionerTime(bool Published, Offer Offer, Timetable Timetable, Instant? HoldEndsAt)
{
    /// <summary>Two days for zones and long visits, and a week because its limit counts what it began with.</summary>
    private static readonly Duration Margin = Duration.FromDays(8);

    /// <summary>The zone whose wall clock the hours at a location follow; null when none are kept there.</summary>
    public DateTimeZone? ZoneOf(Guid locationId) => Timetable.Workplaces.FirstOrDefault(w => w.LocationId == locationId)?.Zone;

    /// <summary>
    /// The practitioner's time around <paramref name="window"/>, or null for somebody unknown here. Holds that have run out by
    /// <paramref name="now"/> count as free, released or not.
    /// </summary>
    /// <param name="window">Starts that will be asked about; claims eight days beyond it are read too.</param>
    /// <param name="without">A claim to leave out, because it is about to give way.</param>
    public static async Task<PractitionerTime?> Read(
        AvailabilityDb db, Guid practitionerId, Stretch window, Instant now, CancellationToken ct, Guid? without = null) =>
        (await Read(db, "= $1", practitionerId, window, now, without, ct)).GetValueOrDefault(practitionerId);

    /// <summary>The same for many at once, still in one round trip. Those who are unknown here are left out.</summary>
    public static Task<Dictionary<Guid, PractitionerTime>> Read(AvailabilityDb db, Guid[] practitionerIds, Stretch window, Instant now, CancellationToken ct) =>
        Read(db, "= ANY($1)", practitionerIds, window, now, without: null, ct);

    private static async Task<Dictionary<Guid, PractitionerTime>> Read(
        AvailabilityDb db, string whose, object ids, Stretch window, Instant now, Guid? without, CancellationToken ct)
    {
        var from = (window.From - Margin).ToDateTimeOffset();
        var until = (window.Until + Margin).ToDateTimeOffset();
        var at = now.ToDateTimeOffset();
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction());
            Add(batch, $"""
                SELECT p.id, p.published, p.offer, s.document
                FROM practitioners p LEFT JOIN schedules s ON s.practitioner_id = p.id
                WHERE p.id {whose}
                """, ids);
            Add(batch, $"""
                SELECT practitioner_id, time_zone, starts_at, busy_from, busy_until, location_id, id, expires_at FROM claims
                WHERE practitioner_id {whose} AND state = 'live' AND busy_until > $2 AND busy_from < $3
                    AND (kind = 'appointment' OR expires_at > $4) AND id <> $5
                """, ids, from, until, at, without ?? Guid.Empty);
            Add(batch, $"SELECT practitioner_id, location_id, from_local, to_local, every_year FROM time_off WHERE practitioner_id {whose} AND (to_local >= $2 OR every_year) AND from_local <= $3",
                ids, from.UtcDateTime.Unspecified(), until.UtcDateTime.Unspecified());
            Add(batch, $"SELECT practitioner_id, location_id, from_local, to_local, false FROM extra_hours WHERE practitioner_id {whose} AND to_local >= $2 AND from_local <= $3",
                ids, from.UtcDateTime.Unspecified(), until.UtcDateTime.Unspecified());
            Add(batch, $"""
                SELECT practitioner_id, lower(taken), upper(taken), id, state = 'withdrawn'
                FROM outside_calendars, unnest(CASE state WHEN 'withdrawn' THEN tstzmultirange(tstzrange($2, $3)) ELSE busy END) AS taken
                WHERE practitioner_id {whose} AND state IN ('current', 'failing', 'withdrawn') AND upper(taken) > $2 AND lower(taken) < $3
                """, ids, from, until);

            // Planned once per connection: this is what every look at anybody's time begins with.
            await batch.PrepareAsync(ct);
            await using var rows = await batch.ExecuteReaderAsync(ct);
            var found = new Dictionary<Guid, Rows>();
            while (await rows.ReadAsync(ct))
            {
                var offer = JsonSerializer.Deserialize<Offer>(rows.GetString(2), Json.Tolerant)!;
                found.Add(rows.GetGuid(0), new Rows(
                    rows.GetBoolean(1), offer, rows.IsDBNull(3) ? Schedule.Default(offer) : JsonSerializer.Deserialize<Schedule>(rows.GetString(3), Json.Tolerant)!.With(offer)));
            }

            await rows.NextResultAsync(ct);
            while (await rows.ReadAsync(ct))
            {
                var taken = found[rows.GetGuid(0)];
                taken.Claims.Add(new ClaimedTime(
                    Instant(rows, 2).InZone(Zones.Get(rows.GetString(1))).Date, new Stretch(Instant(rows, 3), Instant(rows, 4)), rows.GetGuid(5), rows.GetGuid(6)));
                if (!rows.IsDBNull(7))
                    taken.HoldEnds.Add(Instant(rows, 7));
            }

            var (first, last) = (LocalDate.FromDateTime(from.UtcDateTime), LocalDate.FromDateTime(until.UtcDateTime));
            await Dated(rows, found, r => r.TimeOff, first, last, ct);
            await Dated(rows, found, r => r.ExtraHours, first, last, ct);
            await rows.NextResultAsync(ct);
            while (await rows.ReadAsync(ct))
                found[rows.GetGuid(0)].Outside.Add(new OutsideTime(new Stretch(Instant(rows, 1), Instant(rows, 2)), rows.GetGuid(3), rows.GetBoolean(4)));
            return found.ToDictionary(f => f.Key, f => new PractitionerTime(f.Value.Published, f.Value.Offer, Assemble(f.Value), f.Value.HoldEnds.Count > 0 ? f.Value.HoldEnds.Min() : null));
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private sealed record Rows(bool Published, Offer Offer, Schedule Schedule)
    {
        public List<ClaimedTime> Claims { get; } = [];
        public List<Instant> HoldEnds { get; } = [];
        public List<(Guid? LocationId, LocalRange Range)> TimeOff { get; } = [];
        public List<(Guid? LocationId, LocalRange Range)> ExtraHours { get; } = [];
        public List<OutsideTime> Outside { get; } = [];
    }

    private static Timetable Assemble(Rows rows) => new(
        [
            .. rows.Schedule.Locations.Select(l => new Workplace(
                l.LocationId,
                Zones.Get(l.TimeZone),
                [.. l.Ranges()],
                [.. rows.ExtraHours.Where(e => e.LocationId == l.LocationId).Select(e => e.Range)],
                [.. rows.TimeOff.Where(t => t.LocationId is null || t.LocationId == l.LocationId).Select(t => t.Range)])),
        ],
        rows.Schedule.StartIntervalMinutes,
        rows.Schedule.MinimumNoticeMinutes,
        rows.Schedule.HorizonDays,
        rows.Schedule.BufferBeforeMinutes,
        rows.Schedule.BufferAfterMinutes,
        rows.Schedule.MaxPerDay,
        [.. rows.Claims],
        [.. rows.Outside],
        rows.Schedule.MaxPerWeek,
        rows.Schedule.TravelGapMinutes);

    private static async Task Dated(
        NpgsqlDataReader rows, Dictionary<Guid, Rows> found, Func<Rows, List<(Guid? LocationId, LocalRange Range)>> which, LocalDate first, LocalDate last,
        CancellationToken ct)
    {
        await rows.NextResultAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            Guid? locationId = rows.IsDBNull(1) ? null : rows.GetGuid(1);
            var range = DatedHours.RangeOf(rows.GetDateTime(2), rows.GetDateTime(3));
            foreach (var each in rows.GetBoolean(4) ? range.EveryYear(first, last) : [range])
                which(found[rows.GetGuid(0)]).Add((locationId, each));
        }
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
    /// <summary>For columns without a zone: the margin is more than any offset.</summary>
    public static DateTime Unspecified(this DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Unspecified);
}
