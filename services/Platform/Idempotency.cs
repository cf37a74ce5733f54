using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
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
internal sealed class Idempotency(RequestDelegate next, IServiceScopeFactory scopes, TimeProvider clock, SecretBox box)
{
    private const string Purpose = "idempotent answer";
    private static readonly string[] KeptHeaders = ["Content-Type", "Location", "ETag", "Cache-Control"];

    private readonly IdempotencyKeys known = new(scopes, clock);

    public async Task InvokeAsync(HttpContext http)
    {
        var keys = http.Request.Headers["Idempotency-Key"];
        if (http.GetEndpoint() is not RouteEndpoint endpoint || endpoint.Metadata.GetMetadata<IdempotentRoutes.Mark>() is null || keys.Count == 0)
        {
            await next(http);
            return;
        }

        var text = keys.ToString();
        if (keys.Count > 1 || text.Length is 0 or > 255 || text.Any(char.IsControl))
        {
            await Problem.Validation("Idempotency-Key", "One key of 1 to 255 characters, please.").ExecuteAsync(http);
            return;
        }

        var scope = $"{http.Request.Method} {endpoint.RoutePattern.RawText} {CurrentUser.From(http)?.Id.ToString() ?? "guest"}";
        var hash = await HashOf(http);
        var key = await known.Take(scope, text, hash);

        if (!key.RequestHash.AsSpan().SequenceEqual(hash))
            await Problem.Unprocessable("idempotency-key-reused", "This key came with another request before").ExecuteAsync(http);
        else if (key.Status is not null)
            await Replay(http, key);
        else if (!key.IsOurs)
            await Problem.Conflict("request-in-progress", "This request is still being worked on", "Please try again in a moment.").ExecuteAsync(http);
        else
            await Work(http, key);
    }

    private async Task Work(HttpContext http, IdempotencyKey key)
    {
        http.Features.Set(new IdempotentRequest(key.ResourceId, key.IsFirst));
        // A caller who has hung up will ask again, so the work goes on and its whole answer is kept. With the request's own token an empty one would be.
        http.RequestAborted = CancellationToken.None;
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
            await (Problem.For(e).StatusCode >= 500 ? known.LetGo(key) : known.Forget(key));
            throw;
        }
        http.Response.Body = answer;

        if (http.Response.StatusCode is (>= 200 and < 300) or 409 or 422)
        {
            var headers = KeptHeaders.Where(h => http.Response.Headers.ContainsKey(h)).ToDictionary(h => h, h => http.Response.Headers[h].ToString());
            await known.Answer(key with { Status = http.Response.StatusCode, Headers = JsonSerializer.Serialize(headers), Body = box.Seal(written.ToArray(), Purpose) });
        }
        else if (http.Response.StatusCode >= 500)
        {
            await known.LetGo(key);
        }
        else
        {
            await known.Forget(key);
        }
        await answer.WriteAsync(written.GetBuffer().AsMemory(0, (int)written.Length));
    }

    private async Task Replay(HttpContext http, IdempotencyKey key)
    {
        http.Response.StatusCode = key.Status!.Value;
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, string>>(key.Headers!)!)
            http.Response.Headers[name] = value;
        http.Response.Headers["Idempotent-Replayed"] = "true";
        await http.Response.Body.WriteAsync(box.OpenBytes(key.Body!, Purpose));
    }

    private static async Task<byte[]> HashOf(HttpContext http)
    {
        var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        body.Position = 0;
        http.Request.Body = body;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // A guest's token says whose thing it is, so it belongs to the request.
        hash.AppendData(Encoding.UTF8.GetBytes($"{http.Request.Path}{http.Request.QueryString}\0{http.Request.Headers["X-Manage-Token"]}\0"));
        hash.AppendData(body.GetBuffer().AsSpan(0, (int)body.Length));
        return hash.GetHashAndReset();
    }
}
