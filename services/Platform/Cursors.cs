using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Platform;

/// <summary>Where a list goes on: opaque to the caller, signed, and tied to the list it came from.</summary>
public sealed class Cursors(Secrets secrets)
{
    private const int SignatureSize = 16;

    /// <summary>The refusal of a cursor that we did not make, or made for another list.</summary>
    public static ProblemHttpResult Forged { get; } = Problem.Of(400, "forged-cursor", "This cursor is not one of ours");

    /// <param name="list">What the list was asked for: a cursor works only with the same.</param>
    public string Seal<T>(T position, string list)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(position, Json.Strict);
        return Base64Url.EncodeToString([.. Sign(body, list), .. body]);
    }

    /// <summary>The position in <paramref name="cursor"/>, or false when it is forged or belongs to another list.</summary>
    public bool TryOpen<T>(string cursor, string list, [NotNullWhen(true)] out T? position)
    {
        position = default;
        if (cursor.Length > 2048 || !Base64Url.IsValid(cursor))
            return false;
        var bytes = Base64Url.DecodeFromChars(cursor);
        if (bytes.Length <= SignatureSize || !CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, SignatureSize), Sign(bytes[SignatureSize..], list)))
            return false;
        position = JsonSerializer.Deserialize<T>(bytes.AsSpan(SignatureSize), Json.Strict);
        return position is not null;
    }

    private byte[] Sign(byte[] body, string list)
    {
        byte[] signed = [.. "cursor\0"u8, .. Encoding.UTF8.GetBytes(list), 0, .. body];
        return HMACSHA256.HashData(secrets.LinkKey, signed)[..SignatureSize];
    }
}

/// <summary>Versions of documents that their owner changes: a PUT says which one it saw.</summary>
public static class ETags
{
    /// <summary>A weak tag, since gzip at the door would weaken a strong one anyway.</summary>
    public static string Weak(long version) => $"W/\"{version}\"";

    /// <summary>412: the caller changes what somebody else has changed meanwhile.</summary>
    public static ProblemHttpResult Stale { get; } =
        Problem.Of(412, "stale-version", "Someone has changed this since you read it", "Read it again, then save.");

    /// <summary>Whether the caller has what <paramref name="tag"/> stands for, and is to hear 304.</summary>
    public static bool IsKnown(HttpContext http, EntityTagHeaderValue tag) =>
        http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: false));

    /// <summary>Null when <c>If-Match</c> names this version (compared weakly) or is <c>*</c>; else 428 when it is missing, 412 when it is another.</summary>
    public static ProblemHttpResult? Require(HttpContext http, long version)
    {
        var sent = http.Request.Headers.IfMatch.ToString();
        if (sent.Length == 0)
            return Problem.Of(428, "version-required", "Say which version you have seen", "Send its ETag in If-Match.");
        return sent == "*" || sent.Split(',').Any(tag => tag.Trim().Replace("W/", "", StringComparison.Ordinal) == $"\"{version}\"")
            ? null
            : Stale;
    }
}
