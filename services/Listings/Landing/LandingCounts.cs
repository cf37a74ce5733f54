using Listings.Search;
using Npgsql;
using NpgsqlTypes;

namespace Listings.Landing;

/// <summary>Keeps the numbers of practitioners per place and topic up to date, so that a landing page need not count them.</summary>
public static class LandingCounts
{
    /// <summary>A place or a topic in a place with fewer people is not worth a page of its own.</summary>
    public const int Fewest = 3;

    private const string Columns = "practitioner_id, slug, invented, published_at, towns, areas, topics";

    /// <summary>Whoever is in the same towns is put together first: that leaves few to be counted in each place around, and the topics of a town fit where counting is quick.</summary>
    private const string Counted =
        """
        SELECT place, topic, coalesce(sum(n) FILTER (WHERE NOT invented), 0)::int AS people, coalesce(sum(n) FILTER (WHERE invented), 0)::int AS invented
        FROM (
            SELECT place, '' AS topic, invented, n
            FROM (SELECT towns, areas, invented, count(*)::int AS n FROM landing_people GROUP BY towns, areas, invented) alike, unnest(areas || towns || ARRAY['']) AS place
            UNION ALL
            SELECT unnest(towns || ARRAY['']) AS place, topic, invented, n
            FROM (SELECT towns, invented, string_agg(array_to_string(topics, ' '), ' ') AS topics FROM landing_people WHERE topics <> '{}' GROUP BY towns, invented) alike,
                LATERAL (SELECT topic, count(*)::int AS n FROM string_to_table(topics, ' ') AS topic GROUP BY topic) each) counted
        GROUP BY place, topic
        """;

    /// <summary>How many a row of <c>landing_counts</c> counts, the invented ones with them when <paramref name="demo"/>, an SQL expression, is true.</summary>
    internal static string People(string demo) => $"people + CASE WHEN {demo} THEN invented ELSE 0 END";

    /// <summary>How many there are in a place, <c>''</c> for the world, and of each specialty and lineage, by code, those with most people first.</summary>
    internal static async Task<(int People, IReadOnlyDictionary<string, int> Specialties, IReadOnlyDictionary<string, int> Lineages)> Read(
        NpgsqlConnection connection, string place, bool demo, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT topic, {People("$2")} AS counted FROM landing_counts WHERE place = $1 AND {People("$2")} > 0 ORDER BY counted DESC, topic", connection)
        { Parameters = { new() { Value = place }, new() { Value = demo } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var counts = new Dictionary<string, int>();
        while (await reader.ReadAsync(ct))
            counts.Add(reader.GetString(0), reader.GetInt32(1));
        return (counts.GetValueOrDefault(""), Of(LandingPerson.Specialties), Of(LandingPerson.Lineages));

        Dictionary<string, int> Of(string kind) => counts.Where(c => c.Key.StartsWith(kind, StringComparison.Ordinal)).ToDictionary(c => c.Key[kind.Length..], c => c.Value);
    }

    /// <summary>Counts a practitioner as now published, or not at all when <paramref name="practitioner"/> is null. Call it in the transaction that has saved the listing.</summary>
    public static async Task Write(NpgsqlConnection connection, Guid id, Practitioner? practitioner, CancellationToken ct)
    {
        var before = await Known(connection, id, ct);
        var places = new LandingPlaces(connection);
        if (practitioner is not null && !places.Knows(practitioner.Published!.Locations))
            await places.Learn(ct);
        var now = practitioner is null ? null : LandingPerson.Of(practitioner, Card.Of(practitioner), places);
        var changes = (now?.Counted() ?? []).Select(key => (Key: key, By: 1)).Concat((before?.Counted() ?? []).Select(key => (Key: key, By: -1)))
            .GroupBy(change => change.Key, change => change.By).Select(g => (g.Key.Place, g.Key.Topic, By: g.Sum())).Where(c => c.By != 0).ToList();

        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new("DELETE FROM landing_people WHERE practitioner_id = $1") { Parameters = { new() { Value = id } } });
        if (now is not null)
        {
            batch.BatchCommands.Add(new($"INSERT INTO landing_people ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7)")
            {
                Parameters =
                {
                    new() { Value = now.Id }, new() { Value = now.Slug }, new() { Value = now.Invented }, new() { Value = now.PublishedAt },
                    new() { Value = now.Towns.ToArray() }, new() { Value = now.Areas.ToArray() }, new() { Value = now.Topics.ToArray() },
                },
            });
        }

        if (changes.Count > 0)
        {
            // Two who publish at once meet in the same rows: both take them in the order of the key.
            batch.BatchCommands.Add(new(
                """
                INSERT INTO landing_counts AS c (place, topic, people, invented)
                SELECT place, topic, CASE WHEN $4 THEN 0 ELSE change END, CASE WHEN $4 THEN change ELSE 0 END
                FROM unnest($1::text[], $2::text[], $3::int[]) AS w (place, topic, change) ORDER BY place COLLATE "C", topic COLLATE "C"
                ON CONFLICT (place, topic) DO UPDATE SET people = c.people + excluded.people, invented = c.invented + excluded.invented
                """)
            {
                Parameters =
                {
                    new() { Value = changes.Select(c => c.Place).ToArray() }, new() { Value = changes.Select(c => c.Topic).ToArray() }, new() { Value = changes.Select(c => c.By).ToArray() },
                    new() { Value = now?.Invented ?? before!.Invented },
                },
            });
        }

        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Adds very many practitioners, in a transaction that has locked their rows; they are counted by <see cref="Recount"/>.</summary>
    internal static async Task Load(NpgsqlConnection connection, IReadOnlyList<LandingPerson> people, CancellationToken ct)
    {
        await using (var forget = new NpgsqlCommand("DELETE FROM landing_people WHERE practitioner_id = ANY ($1)", connection) { Parameters = { new() { Value = people.Select(p => p.Id).ToArray() } } })
            await forget.ExecuteNonQueryAsync(ct);
        await using var copy = await connection.BeginBinaryImportAsync($"COPY landing_people ({Columns}) FROM STDIN (FORMAT binary)", ct);
        foreach (var person in people)
        {
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(person.Id, NpgsqlDbType.Uuid, ct);
            await copy.WriteAsync(person.Slug, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(person.Invented, NpgsqlDbType.Boolean, ct);
            await copy.WriteAsync(person.PublishedAt.UtcDateTime, NpgsqlDbType.TimestampTz, ct);
            await copy.WriteAsync(person.Towns.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, ct);
            await copy.WriteAsync(person.Areas.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, ct);
            await copy.WriteAsync(person.Topics.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, ct);
        }

        await copy.CompleteAsync(ct);
    }

    /// <summary>
    /// Puts the counts right by adding what each lacks, as everybody counted at one moment: what is published meanwhile is kept, since that too is added. Pages are
    /// answered all the while; whoever publishes waits only while counts that were wrong are written.
    /// </summary>
    public static async Task Recount(NpgsqlConnection connection, CancellationToken ct)
    {
        await using (var transaction = await connection.BeginTransactionAsync(ct))
        {
            // Two who counted at once would both add what is missing. Towns times topics make a million groups, which should not spill to disk.
            await connection.Execute("SET LOCAL lock_timeout = 0; LOCK TABLE landing_counts IN SHARE UPDATE EXCLUSIVE MODE; SET LOCAL work_mem = '128MB'", ct);
            // Whoever publishes takes the same rows in the same order.
            var wrong = await connection.Execute(
                $"""
                INSERT INTO landing_counts AS c (place, topic, people, invented)
                SELECT place, topic, people, invented
                FROM (
                    SELECT place, topic, coalesce(counted.people, 0) - coalesce(known.people, 0) AS people, coalesce(counted.invented, 0) - coalesce(known.invented, 0) AS invented
                    FROM ({Counted}) counted FULL JOIN landing_counts known USING (place, topic)) lacking
                WHERE (people, invented) <> (0, 0)
                ORDER BY place COLLATE "C", topic COLLATE "C"
                ON CONFLICT (place, topic) DO UPDATE SET people = c.people + excluded.people, invented = c.invented + excluded.invented
                """, ct);
            if (wrong == 0)
                return;
            await connection.Execute(
                "DELETE FROM landing_counts WHERE ctid = ANY (ARRAY(SELECT ctid FROM landing_counts WHERE people = 0 AND invented = 0 FOR UPDATE SKIP LOCKED))", ct);
            await transaction.CommitAsync(ct);
        }

        await connection.Execute("VACUUM (ANALYZE) landing_people, landing_counts", ct);
    }

    private static async Task<LandingPerson?> Known(NpgsqlConnection connection, Guid id, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"SELECT {Columns} FROM landing_people WHERE practitioner_id = $1", connection) { Parameters = { new() { Value = id } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? Read(reader, 0) : null;
    }

    /// <summary>For SQL: of <c>landing_people</c> by that name, as <see cref="Read(NpgsqlDataReader, int)"/> takes them.</summary>
    internal static string ColumnsOf(string table) => string.Join(", ", Columns.Split(", ").Select(column => $"{table}.{column}"));

    /// <param name="at">Where the columns begin.</param>
    internal static LandingPerson Read(NpgsqlDataReader reader, int at) => new(
        reader.GetGuid(at), reader.GetString(at + 1), reader.GetBoolean(at + 2), reader.GetFieldValue<DateTimeOffset>(at + 3), reader.GetFieldValue<string[]>(at + 4),
        reader.GetFieldValue<string[]>(at + 5), reader.GetFieldValue<string[]>(at + 6));
}
