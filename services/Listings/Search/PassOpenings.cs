using Microsoft.EntityFrameworkCore;
using Platform;

namespace Listings.Search;

/// <summary>Time passes: a start that is too close to be booked stops being anybody's next opening.</summary>
public sealed class PassOpenings : Worker
{
    private const int Batch = 500;

    protected override TimeSpan Period => TimeSpan.FromSeconds(1);

    protected override Task<bool> RunOnce(IServiceProvider services, CancellationToken ct) =>
        Pass(services.GetRequiredService<ListingsDb>(), services.GetRequiredService<TimeProvider>().GetUtcNow(), ct);

    /// <summary>Moves a batch of locations on to the first start that can still be booked at <paramref name="now"/>; true when there may be more.</summary>
    public static async Task<bool> Pass(ListingsDb db, DateTimeOffset now, CancellationToken ct)
    {
        List<int> passed = await db.Database.SqlQuery<int>(
            $"""
            WITH passing AS (
                SELECT practitioner_id, location_id FROM next_openings WHERE passes_at < {now} ORDER BY passes_at LIMIT {Batch} FOR UPDATE SKIP LOCKED),
            moved AS (
                UPDATE next_openings n SET
                    next_at = coalesce(f.next_at, 'infinity'), passes_at = coalesce(f.next_at - make_interval(mins => n.notice_minutes), 'infinity')
                FROM passing p
                JOIN next_openings o USING (practitioner_id, location_id)
                CROSS JOIN LATERAL (SELECT min(start) AS next_at FROM unnest(o.starts) start WHERE start >= {now} + make_interval(mins => o.notice_minutes)) f
                WHERE n.practitioner_id = p.practitioner_id AND n.location_id = p.location_id
                RETURNING n.practitioner_id, n.location_id, n.next_at),
            shown AS (
                UPDATE search_entries e SET next_at = m.next_at FROM moved m WHERE e.practitioner_id = m.practitioner_id AND e.location_id = m.location_id)
            SELECT count(*)::int AS "Value" FROM moved
            """).ToListAsync(ct);
        return passed[0] == Batch;
    }
}
