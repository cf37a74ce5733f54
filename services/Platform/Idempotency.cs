using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Platform;

/// <summary>What a handler may know about the key its request came with.</summary>
/// <param name="ResourceId">The same for every try under one key: the id of what the request makes, so that a retry after a crash goes on with it.</param>
/// <param name="IsFirst">Nobody has worked under this id before, so there is nothing to go on with.</param>
public sealed record IdempotentRequest(Guid ResourceId, bool IsFirst)
{
    /// <summary>The request's own; without a key it is new each time.</summary>
    public static IdempotentRequest Current(HttpContext http) =>
        http.Features.Get<IdempotentRequest>() ?? new(Guid.CreateVersion7(), true);
}

/// <summary>Marks routes that keep their final answers under the caller's <c>Idempotency-Key</c>.</summary>
public static class IdempotentRoutes
{
    internal sealed record Mark;

    public static TBuilder Idempotent<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Mark());
}

/// <summary>
/// Repeats the answer of a request that comes again under its key, byte for byte and for 24 hours. Only 2xx, 409 and 422 are final; after
/// anything else, and after a crash once the 30 s lease is over, the request is worked on again with the same resource id.
/// </summary>
internal sealed class Idempotency(RequestDelegate next, TimeProvider clock, SecretBox box)
{
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private const string Purpose = "idempotent answer";
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly string[] KeptHeaders = ["Content-Type", "Location", "ETag", "Cache-Control"];

    public async Task InvokeAsync(HttpContext http)
    {
        var keys = http.Request.Headers["Idempotency-Key"];
        if (http.GetEndpoint() is not RouteEndpoint endpoint || endpoint.Metadata.GetMetadata<IdempotentRoutes.Mark>() is null || keys.Count == 0)
        {
            await next(http);
            return;
        }

        var key = keys.ToString();
        if (keys.Count > 1 || key.Length is 0 or > 255 || key.Any(char.IsControl))
        {
            await Problem.Validation("Idempotency-Key", "One key of 1 to 255 characters, please.").ExecuteAsync(http);
            return;
        }

        var scope = $"{http.Request.Method} {endpoint.RoutePattern.RawText} {CurrentUser.From(http)?.Id.ToString() ?? "guest"}";
        var hash = await HashOf(http);
        await using var services = http.RequestServices.CreateAsyncScope();
        var db = services.ServiceProvider.GetRequiredService<DbContext>();
        var entry = await Take(db, scope, key, hash);

        if (!entry.RequestHash.AsSpan().SequenceEqual(hash))
            await Problem.Unprocessable("idempotency-key-reused", "This key came with another request before").ExecuteAsync(http);
        else if (entry.Status is not null)
            await Replay(http, entry);
        else if (!entry.IsOurs)
            await Problem.Conflict("request-in-progress", "This request is still being worked on", "Please try again in a moment.").ExecuteAsync(http);
        else
            await Work(http, db, scope, key, entry);
    }

    private async Task<Entry> Take(DbContext db, string scope, string key, byte[] hash)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var isNew = await db.Database.ExecuteSqlAsync($"""
            INSERT INTO idempotency_keys (scope, key, request_hash, resource_id, created_at, lease_until)
            VALUES ({scope}, {key}, {hash}, {id}, {now}, {now + Lease}) ON CONFLICT DO NOTHING
            """) == 1;
        if (isNew)
            return new Entry { RequestHash = hash, ResourceId = id, IsOurs = true, IsFirst = true };
        // Taken over when its lease or its day is over; otherwise only read.
        var taken = await db.Database.SqlQuery<Entry>($"""
            UPDATE idempotency_keys SET
                lease_until = {now + Lease},
                request_hash = {hash},
                resource_id = CASE WHEN created_at < {now - Kept} THEN {id} ELSE resource_id END,
                status = NULL,
                created_at = CASE WHEN created_at < {now - Kept} THEN {now} ELSE created_at END
            WHERE scope = {scope} AND key = {key}
                AND (created_at < {now - Kept} OR (status IS NULL AND lease_until <= {now} AND request_hash = {hash}))
            RETURNING request_hash AS "RequestHash", resource_id AS "ResourceId", status AS "Status", headers::text AS "Headers", body AS "Body",
                true AS "IsOurs", false AS "IsFirst"
            """).ToListAsync();
        if (taken.Count == 1)
            return taken[0];
        var found = await db.Database.SqlQuery<Entry>($"""
            SELECT request_hash AS "RequestHash", resource_id AS "ResourceId", status AS "Status", headers::text AS "Headers", body AS "Body",
                false AS "IsOurs", false AS "IsFirst"
            FROM idempotency_keys WHERE scope = {scope} AND key = {key}
            """).ToListAsync();
        // It was there a moment ago; if its owner has just let go of it, the caller may try again.
        return found.Count == 1 ? found[0] : new Entry { RequestHash = hash };
    }

    private async Task Work(HttpContext http, DbContext db, string scope, string key, Entry entry)
    {
        http.Features.Set(new IdempotentRequest(entry.ResourceId, entry.IsFirst));
        var answer = http.Response.Body;
        using var written = new MemoryStream();
        http.Response.Body = written;
        try
        {
            await next(http);
        }
        catch (Exception e)
        {
            http.Response.Body = answer;
            await (Problem.For(e).StatusCode >= 500 ? LetGo(db, scope, key) : Forget(db, scope, key));
            throw;
        }
        http.Response.Body = answer;

        if (http.Response.StatusCode is (>= 200 and < 300) or 409 or 422)
        {
            var headers = KeptHeaders.Where(h => http.Response.Headers.ContainsKey(h)).ToDictionary(h => h, h => http.Response.Headers[h].ToString());
            await db.Database.ExecuteSqlAsync($"""
                UPDATE idempotency_keys SET status = {http.Response.StatusCode}, headers = {JsonSerializer.Serialize(headers)}::jsonb, body = {box.Seal(written.ToArray(), Purpose)}
                WHERE scope = {scope} AND key = {key}
                """);
        }
        else if (http.Response.StatusCode >= 500)
        {
            await LetGo(db, scope, key);
        }
        else
        {
            await Forget(db, scope, key);
        }
        await answer.WriteAsync(written.GetBuffer().AsMemory(0, (int)written.Length));
    }

    private Task<int> LetGo(DbContext db, string scope, string key) =>
        db.Database.ExecuteSqlAsync($"UPDATE idempotency_keys SET lease_until = {clock.GetUtcNow()} WHERE scope = {scope} AND key = {key}");

    private static Task<int> Forget(DbContext db, string scope, string key) =>
        db.Database.ExecuteSqlAsync($"DELETE FROM idempotency_keys WHERE scope = {scope} AND key = {key}");

    private async Task Replay(HttpContext http, Entry entry)
    {
        http.Response.StatusCode = entry.Status!.Value;
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, string>>(entry.Headers!)!)
            http.Response.Headers[name] = value;
        http.Response.Headers["Idempotent-Replayed"] = "true";
        await http.Response.Body.WriteAsync(box.OpenBytes(entry.Body!, Purpose));
    }

    private static async Task<byte[]> HashOf(HttpContext http)
    {
        http.Request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{http.Request.Path}{http.Request.QueryString}\0"));
        // A guest's token says whose thing it is, so it belongs to the request.
        hash.AppendData(Encoding.UTF8.GetBytes($"{http.Request.Headers["X-Manage-Token"]}\0"));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await http.Request.Body.ReadAsync(buffer)) > 0)
            hash.AppendData(buffer, 0, read);
        http.Request.Body.Position = 0;
        return hash.GetHashAndReset();
    }

    private sealed class Entry
    {
        public required byte[] RequestHash { get; init; }
        public Guid ResourceId { get; init; }
        public int? Status { get; init; }
        public string? Headers { get; init; }
        public byte[]? Body { get; init; }
        public bool IsOurs { get; init; }
        public bool IsFirst { get; init; }
    }
}
