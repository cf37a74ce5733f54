using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Platform;

/// <summary>What is known of a key that a request came with.</summary>
/// <param name="Key">What the caller chose, within <paramref name="Scope"/>: route and caller.</param>
internal sealed record IdempotencyKey(string Scope, string Key, byte[] RequestHash)
{
    public Guid ResourceId { get; init; }
    public int? Status { get; init; }
    public string? Headers { get; init; }
    public byte[]? Body { get; init; }

    /// <summary>Until when nobody else works on it. Whoever has taken it over since has a later one, and the last word.</summary>
    public DateTimeOffset LeaseUntil { get; init; }

    /// <summary>Whether the request is this caller's to work on.</summary>
    public bool IsOurs { get; init; }

    public bool IsFirst { get; init; }
}

/// <summary>The keys in the database. Those that arrive at the same time are taken by one statement, and their answers are stored by one.</summary>
internal sealed class IdempotencyKeys(IServiceScopeFactory scopes, TimeProvider clock)
{
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly Gathered<IdempotencyKey, HashSet<Guid>> taken = new(keys => In(scopes, db => TakeNew(db, keys, clock.GetUtcNow())));
    private readonly Gathered<IdempotencyKey, int> answered = new(keys => In(scopes, db => KeepAnswers(db, keys)));

    /// <summary>The key: either the caller's to work under from now on, or as an earlier caller left it.</summary>
    public async Task<IdempotencyKey> Take(string scope, string key, byte[] hash)
    {
        var now = clock.GetUtcNow();
        var wanted = new IdempotencyKey(scope, key, hash) { ResourceId = Guid.CreateVersion7(now), LeaseUntil = now + Lease, IsOurs = true, IsFirst = true };
        return (await taken.Do(wanted)).Contains(wanted.ResourceId) ? wanted : await In(scopes, db => TakeKnown(db, wanted, now));
    }

    /// <summary>From now on a repeat gets the answer that <paramref name="key"/> has.</summary>
    public Task Answer(IdempotencyKey key) => answered.Do(key);

    /// <summary>A repeat may be worked on at once, under the same resource id.</summary>
    public Task LetGo(IdempotencyKey key)
    {
        var now = clock.GetUtcNow();
        return In(scopes, db => db.Database.ExecuteSqlAsync($"UPDATE idempotency_keys SET lease_until = {now} WHERE scope = {key.Scope} AND key = {key.Key} AND status IS NULL AND lease_until <= {key.LeaseUntil}"));
    }

    /// <summary>As if the key had never come.</summary>
    public Task Forget(IdempotencyKey key) =>
        In(scopes, db => db.Database.ExecuteSqlAsync($"DELETE FROM idempotency_keys WHERE scope = {key.Scope} AND key = {key.Key} AND status IS NULL AND lease_until <= {key.LeaseUntil}"));

    /// <summary>The resource ids of the keys that are new; the rest are known already. Inserted in order, so that two copies never wait for each other.</summary>
    private static async Task<HashSet<Guid>> TakeNew(DbContext db, IReadOnlyList<IdempotencyKey> keys, DateTimeOffset now) =>
    [
        .. await db.Database.SqlQuery<Guid>($"""
            INSERT INTO idempotency_keys (scope, key, request_hash, resource_id, created_at, lease_until)
            SELECT scope, key, request_hash, resource_id, {now}, lease_until
            FROM unnest({Each(keys, k => k.Scope)}, {Each(keys, k => k.Key)}, {Each(keys, k => k.RequestHash)}, {Each(keys, k => k.ResourceId)}, {Each(keys, k => k.LeaseUntil)})
                AS wanted (scope, key, request_hash, resource_id, lease_until)
            ORDER BY scope, key
            ON CONFLICT DO NOTHING RETURNING resource_id AS "Value"
            """).ToListAsync(),
    ];

    private static async Task<IdempotencyKey> TakeKnown(DbContext db, IdempotencyKey wanted, DateTimeOffset now)
    {
        // Taken over when its lease or its day is over; otherwise only read.
        var taken = await db.Database.SqlQuery<IdempotencyKey>($"""
            UPDATE idempotency_keys SET
                lease_until = {wanted.LeaseUntil},
                request_hash = {wanted.RequestHash},
                resource_id = CASE WHEN created_at < {now - Kept} THEN {wanted.ResourceId} ELSE resource_id END,
                status = NULL,
                created_at = CASE WHEN created_at < {now - Kept} THEN {now} ELSE created_at END
            WHERE scope = {wanted.Scope} AND key = {wanted.Key}
                AND (created_at < {now - Kept} OR (status IS NULL AND lease_until <= {now} AND request_hash = {wanted.RequestHash}))
            RETURNING scope AS "Scope", key AS "Key", request_hash AS "RequestHash", resource_id AS "ResourceId", status AS "Status",
                headers::text AS "Headers", body AS "Body", true AS "IsOurs", false AS "IsFirst", lease_until AS "LeaseUntil"
            """).ToListAsync();
        if (taken.Count == 1)
            return taken[0];
        var found = await db.Database.SqlQuery<IdempotencyKey>($"""
            SELECT scope AS "Scope", key AS "Key", request_hash AS "RequestHash", resource_id AS "ResourceId", status AS "Status",
                headers::text AS "Headers", body AS "Body", false AS "IsOurs", false AS "IsFirst", lease_until AS "LeaseUntil"
            FROM idempotency_keys WHERE scope = {wanted.Scope} AND key = {wanted.Key}
            """).ToListAsync();
        // It was there a moment ago; if its owner has just let go of it, the caller may try again.
        return found.Count == 1 ? found[0] : wanted with { IsOurs = false };
    }

    private static Task<int> KeepAnswers(DbContext db, IReadOnlyList<IdempotencyKey> keys) => db.Database.ExecuteSqlAsync($"""
        UPDATE idempotency_keys SET status = final.status, headers = final.headers::jsonb, body = final.body
        FROM unnest({Each(keys, k => k.Scope)}, {Each(keys, k => k.Key)}, {Each(keys, k => k.Status!.Value)}, {Each(keys, k => k.Headers!)}, {Each(keys, k => k.Body!)},
            {Each(keys, k => k.LeaseUntil)}) AS final (scope, key, status, headers, body, lease_until)
        WHERE idempotency_keys.scope = final.scope AND idempotency_keys.key = final.key
            AND idempotency_keys.status IS NULL AND idempotency_keys.lease_until <= final.lease_until
        """);

    private static T[] Each<T>(IReadOnlyList<IdempotencyKey> keys, Func<IdempotencyKey, T> part) => [.. keys.Select(part)];

    private static async Task<T> In<T>(IServiceScopeFactory scopes, Func<DbContext, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<DbContext>());
    }
}
