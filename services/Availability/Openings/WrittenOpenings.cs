using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Net.Http.Headers;
using NodaTime;
using Platform;

namespace Availability;

/// <summary>Openings as serialized JSON, shared by all requests that they answer; a caller who has them already, by their ETag, gets 304.</summary>
/// <param name="version">What they were worked out from.</param>
/// <param name="seenAt">When that was.</param>
/// <param name="until">The first instant at which they may differ although nobody has changed anything.</param>
public sealed class WrittenOpenings(ListOpenings.Response openings, TimeVersion version, Instant seenAt, Instant until) : IResult, IEndpointMetadataProvider
{
    /// <summary>The question, the tag and the cache's own entry: of days without an opening, nearly all there is.</summary>
    private const int Overhead = 1024;

    private readonly byte[] body = JsonSerializer.SerializeToUtf8Bytes(openings, Json.Strict);
    private EntityTagHeaderValue? tag;

    /// <summary>About how many bytes it takes to keep them.</summary>
    public int Size => body.Length + Overhead;

    /// <summary>Whether they are, byte for byte, what would be written now.</summary>
    public bool Stand(TimeVersion current, Instant now) => current == version && seenAt <= now && now < until;

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(ListOpenings.Response), ["application/json"]));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        // Weak, since gzip at the door would weaken a strong one anyway.
        tag ??= new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12))}\"", isWeak: true);
        var response = httpContext.Response;
        response.Headers.ETag = tag.ToString();
        response.Headers.CacheControl = "no-cache";
        if (ETags.IsKnown(httpContext, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}

/// <summary>Openings that were asked for recently. The caller has to check whether they still stand: nothing is evicted here when something changes.</summary>
public sealed class KeptOpenings : IDisposable
{
    private const int Room = 8 << 20;

    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = Room });

    public WrittenOpenings? Find(ListOpenings.Asked asked) => kept.Get<WrittenOpenings>(asked);

    public void Keep(ListOpenings.Asked asked, WrittenOpenings openings) =>
        kept.Set(asked, openings, new MemoryCacheEntryOptions { Size = openings.Size, AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(10) });

    public void Dispose() => kept.Dispose();
}
