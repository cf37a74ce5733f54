using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Listings.Search;

/// <summary>
/// All published practitioners in memory, as PostgreSQL last told: every process that answers searches holds one, and follows what any process
/// commits. A search reads <see cref="Root"/> once and then sees one moment, whatever changes meanwhile.
/// </summary>
public sealed class SearchIndex(ILogger<SearchIndex> log) : IDisposable
{
    /// <summary>Rows after which a long change is shown: until then it holds up to a second tree.</summary>
    private const int Stretch = 100_000;

    /// <summary>A load that leaves enough behind to be worth tidying up after.</summary>
    private const int Large = 50_000;

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly TaskCompletionSource loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SpotDirectory directory = new();
    private readonly SpotWriter spots = new();
    private volatile Node root = new();
    private string? snapshot;

    internal Node Root => root;

    internal Recent<Card> Cards { get; } = new(
        2_000, "SELECT practitioner_id, card FROM search_cards WHERE practitioner_id = ANY ($1) AND card IS NOT NULL", row => Card.FromJson(row.GetFieldValue<byte[]>(1)));

    /// <summary>All starts that were told, of which the tree has the next few only; as they are stored, since read they would take tens of megabytes.</summary>
    internal Recent<StoredOpenings> Told { get; } = new(
        1_000, $"SELECT practitioner_id, {Openings.Columns} FROM search_openings o WHERE practitioner_id = ANY ($1) AND o.days_version = o.version",
        row => new(row.GetInt32(1), row.GetFieldValue<byte[]>(2), row.OrNull<byte[]>(3)));

    /// <summary>Ends when searches can be answered.</summary>
    public Task Loaded => loaded.Task;

    public void Dispose() => turn.Dispose();

    /// <summary>Where a search has to look: in the leaves of those whom words have found, when they are few, else in the whole tree.</summary>
    internal IReadOnlyList<Node> PartsFor(SearchFilter filter) => filter.Words?.Few is { } few ? LeavesOf(few) : [root];

    /// <summary>The leaves that hold any of these practitioners, all of one moment.</summary>
    internal IReadOnlyList<Node> LeavesOf(IReadOnlyList<Guid> ids)
    {
        while (true)
        {
            var tree = root;
            var leaves = directory.LeavesOf(ids, tree).ToList();
            // Once another tree is shown, the directory forgets where people were in this one.
            if (tree == root)
                return leaves;
        }
    }

    /// <summary>Takes over all that has been committed so far; the whole directory at the first time.</summary>
    public async Task CatchUp(ListingsDb db, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            var connection = await db.Connection(ct);
            if (snapshot is null)
                await Load(connection, ct);
            else
                await Follow(connection, snapshot, ct);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task Load(NpgsqlConnection connection, CancellationToken ct)
    {
        // Taken before the rows are read, so that what is committed in between is read twice rather than never.
        var before = await connection.Scalar<string>("SELECT pg_current_snapshot()::text", ct);
        var all = new SpotDirectory();
        var change = new SpotChange(new Node(), all);
        var count = 0;
        await using (var rows = await connection.BeginBinaryExportAsync(
            $"""
            COPY (SELECT c.practitioner_id, c.number, c.card, {Openings.Columns} FROM search_cards c LEFT JOIN search_openings o USING (practitioner_id) WHERE c.card IS NOT NULL AND c.number IS NOT NULL)
            TO STDOUT (FORMAT binary)
            """, ct))
        {
            rows.Timeout = TimeSpan.FromMinutes(10);
            for (; await rows.StartRowAsync(ct) != -1; count++)
            {
                var id = await rows.ReadAsync<Guid>(NpgsqlDbType.Uuid, ct);
                var number = await rows.ReadAsync<int>(NpgsqlDbType.Integer, ct);
                var card = await rows.ReadAsync<byte[]>(NpgsqlDbType.Text, ct);
                var notice = rows.IsNull ? null : (int?)await rows.ReadAsync<int>(NpgsqlDbType.Integer, ct);
                if (notice is null)
                    await rows.SkipAsync(ct);
                var visits = rows.IsNull ? null : await rows.ReadAsync<byte[]>(NpgsqlDbType.Bytea, ct);
                if (visits is null)
                    await rows.SkipAsync(ct);
                var days = rows.IsNull ? null : await rows.ReadAsync<byte[]>(NpgsqlDbType.Bytea, ct);
                if (days is null)
                    await rows.SkipAsync(ct);
                Take(change, id, number, card, notice, visits, days);
                change.Settle();
            }
        }

        directory = all;
        change.Publish(tree => root = tree);
        snapshot = before;
        if (count > Large)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        loaded.TrySetResult();
    }

    /// <summary>Every transaction that has committed since is read once, in whatever order they began and ended.</summary>
    private async Task Follow(NpgsqlConnection connection, string since, CancellationToken ct)
    {
        var now = await connection.Scalar<string>("SELECT pg_current_snapshot()::text", ct);
        if (now == since)
            return;

        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(LookUps.UseKeys),
                new(
                    $"""
                    WITH seen AS (SELECT $1::pg_snapshot AS before, $2::pg_snapshot AS now),
                    changed AS (
                        SELECT practitioner_id FROM search_cards, seen
                        WHERE changed >= pg_snapshot_xmin(seen.before) AND NOT pg_visible_in_snapshot(changed, seen.before) AND pg_visible_in_snapshot(changed, seen.now)
                        UNION
                        SELECT practitioner_id FROM search_openings, seen
                        WHERE changed >= pg_snapshot_xmin(seen.before) AND NOT pg_visible_in_snapshot(changed, seen.before) AND pg_visible_in_snapshot(changed, seen.now))
                    SELECT practitioner_id, c.number, c.card, {Openings.Columns}
                    FROM changed LEFT JOIN search_cards c USING (practitioner_id) LEFT JOIN search_openings o USING (practitioner_id)
                    """)
                { Parameters = { new() { Value = since }, new() { Value = now } } },
            },
            Timeout = 600,
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        var change = new SpotChange(root, directory);
        for (var count = 1; await reader.ReadAsync(ct); count++)
        {
            var id = reader.GetGuid(0);
            Take(change, id, reader.OrNull<int?>(1), reader.OrNull<byte[]>(2), reader.OrNull<int?>(3), reader.OrNull<byte[]>(4), reader.OrNull<byte[]>(5));
            Cards.Forget(id);
            Told.Forget(id);
            if (count % Stretch != 0)
                continue;
            change.Publish(tree => root = tree);
            change = new(root, directory);
        }

        change.Publish(tree => root = tree);
        snapshot = now;
    }

    /// <summary>What cannot be read keeps nobody else's from being read.</summary>
    private void Take(SpotChange change, Guid id, int? number, byte[]? card, int? noticeMinutes, byte[]? visits, byte[]? days)
    {
        try
        {
            spots.Write(id, number ?? 0, card is null || number is null ? null : Card.FromJson(card), visits is null ? null : Openings.FromBytes(noticeMinutes!.Value, visits, days));
        }
        catch (Exception e)
        {
            log.LogError("What search keeps of practitioner {PractitionerId} cannot be read ({Reason}): nobody finds them until it changes or this service starts again", id, e.GetType().Name);
            spots.Clear();
        }

        change.Replace(id, spots);
    }
}
