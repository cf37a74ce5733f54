using Contracts;
using MassTransit;
using Npgsql;

namespace Listings.Search;

/// <summary>A practitioner's free times have changed: results show and sort by the new ones. Whatever a higher version said stays.</summary>
public sealed class UpdateNextOpenings(ListingsDb db, TimeProvider clock) : IConsumer<OpeningsChanged>
{
    public Task Consume(ConsumeContext<OpeningsChanged> context) => Keep(db, context.Message, clock.GetUtcNow().UtcDateTime, context.CancellationToken);

    internal static async Task Keep(ListingsDb db, OpeningsChanged said, DateTime now, CancellationToken ct)
    {
        var connection = await db.Connection(ct);

        await using (var raise = new NpgsqlCommand(
            """
            INSERT INTO openings_versions VALUES ($1, $2)
            ON CONFLICT (practitioner_id) DO UPDATE SET version = excluded.version WHERE openings_versions.version < excluded.version
            """, connection)
        { Parameters = { new() { Value = said.PractitionerId }, new() { Value = said.Version } } })
        {
            if (await raise.ExecuteNonQueryAsync(ct) == 0)
                return;
        }

        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new("DELETE FROM next_openings WHERE practitioner_id = $1") { Parameters = { new() { Value = said.PractitionerId } } });
        foreach (var at in said.Locations.DistinctBy(l => l.LocationId))
        {
            batch.BatchCommands.Add(new(
                """
                INSERT INTO next_openings SELECT $1, $2, $3, $4, $5, coalesce(next_at, 'infinity'), coalesce(next_at - make_interval(mins => $4), 'infinity')
                FROM (SELECT min(start) AS next_at FROM unnest($5) start WHERE start >= $6 + make_interval(mins => $4)) next
                """)
            {
                Parameters =
                {
                    new() { Value = said.PractitionerId }, new() { Value = at.LocationId }, new() { Value = at.ServiceId }, new() { Value = said.NoticeMinutes },
                    new() { Value = at.Starts.Select(s => s.UtcDateTime).Order().ToArray() }, new() { Value = now },
                },
            });
        }

        batch.BatchCommands.Add(new(
            """
            UPDATE search_entries e SET next_at = coalesce(n.next_at, 'infinity')
            FROM search_entries o LEFT JOIN next_openings n ON n.practitioner_id = o.practitioner_id AND n.location_id = o.location_id
            WHERE e.practitioner_id = $1 AND o.practitioner_id = $1 AND o.ctid = e.ctid AND e.next_at <> coalesce(n.next_at, 'infinity')
            """)
        { Parameters = { new() { Value = said.PractitionerId } } });
        await batch.ExecuteNonQueryAsync(ct);
    }
}
