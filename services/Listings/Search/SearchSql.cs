using Npgsql;
using NpgsqlTypes;

namespace Listings.Search;

/// <summary>
/// The search as SQL. Filters that were not asked for stand there with empty masks, so that there are only a few statements, each planned
/// once. A mask is compared in ways of which the planner expects many rows: it then walks the index outwards from the place.
/// </summary>
internal static class SearchSql
{
    /// <summary>What a location must meet, <c>{0}</c> being the row.</summary>
    private const string Local =
        """
        {0}.from_on <= $2 AND {0}.until_on >= $2 AND {0}.next_at >= $3 AND {0}.next_at <= $4
        AND ($5 = 0 OR {0}.formats & $5 <> 0)
        """;

    /// <summary>The same around a place; a home visit also needs the place to lie within its travel area.</summary>
    private const string LocalNear =
        """
        {0}.from_on <= $2 AND {0}.until_on >= $2 AND {0}.next_at >= $3 AND {0}.next_at <= $4
        AND ({0}.spot <-> $12) <= $13
        AND ($5 = 0 OR {0}.formats & (CASE WHEN {0}.travel_metres >= ({0}.spot <-> $12) THEN $5 ELSE $5 & ~2::bigint END) <> 0)
        """;

    private const string Practitioner =
        """
        e.lineage = $1 AND (~e.specialties & $6) < 1 AND ($7 = 0 OR e.lineages & $7 <> 0) AND ($8 = 0 OR e.levels & $8 <> 0)
        AND ($9 = 0 OR e.languages & $9 <> 0) AND ($10 = 0 OR e.evidenced & $10 <> 0)
        """;

    public static string Page(Wanted wanted, bool first) => wanted switch
    {
        { Order: SearchOrder.Distance } =>
            $"""
            SELECT * FROM (
                SELECT e.practitioner_id, e.location_id, e.spot <-> $12 AS metres, e.next_at
                FROM search_entries e
                WHERE {Fits(near: true)} AND {IsFirst(near: true, "(o.spot <-> $12, o.location_id) < (e.spot <-> $12, e.location_id)")}
                {(first ? "" : "AND (e.spot <-> $12) >= $15 AND ((e.spot <-> $12), e.practitioner_id) > ($15, $16)")}
                ORDER BY e.spot <-> $12 FETCH FIRST ($14) ROWS WITH TIES) found
            ORDER BY metres, practitioner_id LIMIT $14
            """,
        // Whether another location comes first is asked of the soonest rows only, until there are enough: hence the inner order and its fence.
        _ =>
            $"""
            SELECT practitioner_id, location_id, metres, next_at FROM (
                SELECT e.*, {(wanted.HasPlace ? "e.spot <-> $12" : "NULL::float8")} AS metres
                FROM search_entries e
                WHERE {Fits(wanted.HasPlace)} {(first ? "" : "AND (e.next_at, e.practitioner_id) > ($15, $16)")}
                ORDER BY e.next_at, e.practitioner_id OFFSET 0) e
            WHERE {IsFirst(wanted.HasPlace, "(o.next_at, o.location_id) < (e.next_at, e.location_id)")}
            ORDER BY next_at, practitioner_id LIMIT $14
            """,
    };

    /// <summary>The rows of a page with what they show.</summary>
    public static string Shown(Wanted wanted, bool first) =>
        $"""
        WITH page AS MATERIALIZED ({Page(wanted, first)})
        SELECT p.practitioner_id, p.location_id, p.metres, p.next_at, c.card, l.card, n.service_id, n.notice_minutes, n.starts
        FROM page p
        JOIN search_cards c ON c.practitioner_id = p.practitioner_id
        JOIN search_locations l ON l.practitioner_id = p.practitioner_id AND l.location_id = p.location_id
        LEFT JOIN next_openings n ON n.practitioner_id = p.practitioner_id AND n.location_id = p.location_id
        ORDER BY {(wanted.Order == SearchOrder.Distance ? "p.metres" : "p.next_at")}, p.practitioner_id
        """;

    /// <summary>How many practitioners match, counted up to <c>$14</c>.</summary>
    public static string Total(Wanted wanted) =>
        $"""
        SELECT count(*)::int FROM (
            SELECT FROM search_entries e
            WHERE {Fits(wanted.HasPlace)} AND {IsFirst(wanted.HasPlace, "o.location_id < e.location_id")}
            LIMIT $14) counted
        """;

    /// <summary>
    /// The rows that miss at most one of the filters, for counting what each filter's values would find. The order of the sum's parts is
    /// that of <see cref="SearchFacets"/>.
    /// </summary>
    public static string Nearly(Wanted wanted) =>
        $"""
        SELECT e.practitioner_id, e.has_others, e.specialties, e.lineages, e.levels, e.languages, e.evidenced,
            {(wanted.HasPlace ? "CASE WHEN e.travel_metres >= (e.spot <-> $12) THEN e.formats ELSE e.formats & ~2::bigint END" : "e.formats")}
        FROM search_entries e
        WHERE e.lineage = $1 AND e.from_on <= $2 AND e.until_on >= $2 AND e.next_at >= $3 AND e.next_at <= $4
            {(wanted.HasPlace ? "AND e.spot <@ $11 AND (e.spot <-> $12) <= $13" : "")}
            AND ((~e.specialties & $6) < 1)::int + ($7 = 0 OR e.lineages & $7 <> 0)::int + ($8 = 0 OR e.levels & $8 <> 0)::int + ($9 = 0 OR e.languages & $9 <> 0)::int
                + ($5 = 0 OR e.formats & $5 <> 0)::int >= 4
        LIMIT $14
        """;

    /// <summary>Parameters $1 to $14, the same for all statements.</summary>
    public static void Bind(NpgsqlParameterCollection parameters, Wanted wanted, Masks masks, int limit)
    {
        var none = wanted.WithinDays is null;
        parameters.Add(new() { Value = masks.Lineage, NpgsqlDbType = NpgsqlDbType.Smallint });
        parameters.Add(new() { Value = wanted.Today, NpgsqlDbType = NpgsqlDbType.Date });
        // The ends of .NET's time are PostgreSQL's infinities.
        parameters.Add(new() { Value = none ? DateTimeOffset.MinValue.UtcDateTime : wanted.Now.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        parameters.Add(new() { Value = none ? DateTimeOffset.MaxValue.UtcDateTime : wanted.Now.AddDays(wanted.WithinDays!.Value).UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        foreach (var mask in (long[])[masks.Formats, masks.Specialties, masks.Lineages, masks.Levels, masks.Languages, masks.Evidenced])
            parameters.Add(new() { Value = mask, NpgsqlDbType = NpgsqlDbType.Bigint });
        var chord = Globe.Chord(wanted.RadiusKm);
        // Npgsql knows no cube: the server reads it from text. A parameter that no part of the statement uses must have a type.
        var cube = wanted.HasPlace ? NpgsqlDbType.Unknown : NpgsqlDbType.Text;
        parameters.Add(new() { Value = wanted.Spot?.ToCube(chord) ?? "", NpgsqlDbType = cube });
        parameters.Add(new() { Value = wanted.Spot?.ToCube() ?? "", NpgsqlDbType = cube });
        parameters.Add(new() { Value = chord, NpgsqlDbType = NpgsqlDbType.Double });
        parameters.Add(new() { Value = limit, NpgsqlDbType = NpgsqlDbType.Integer });
    }

    private static string Fits(bool near) =>
        $"{Practitioner} {(near ? "AND e.spot <@ $11" : "")} AND {(near ? LocalNear : Local).Replace("{0}", "e", StringComparison.Ordinal)}";

    /// <summary>A practitioner is found once: where no other location (<c>o</c>) that fits is better than this one (<c>e</c>).</summary>
    private static string IsFirst(bool near, string better) =>
        $"""
        (NOT e.has_others OR NOT EXISTS (
            SELECT FROM search_entries o
            WHERE o.practitioner_id = e.practitioner_id AND o.lineage = e.lineage AND {(near ? LocalNear : Local).Replace("{0}", "o", StringComparison.Ordinal)} AND {better}))
        """;
}
