using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Platform;

/// <summary>A dependency does not answer; the caller gets a 503 and may try again.</summary>
public sealed class UnavailableException(string what, Exception? inner = null) : Exception($"{what} does not answer.", inner);

/// <summary>RFC 9457 answers. Each service names its own expected refusals in its <c>Problems.cs</c> with these.</summary>
public static partial class Problem
{
    public static ProblemHttpResult NotFound { get; } = Of(404, "not-found", "There is nothing here");

    public static ProblemHttpResult Unauthenticated { get; } = Of(401, "unauthenticated", "Please sign in");

    public static ProblemHttpResult Forbidden { get; } = Of(403, "forbidden", "This is not yours to see or change");

    public static ProblemHttpResult Unavailable { get; } = Of(503, "unavailable", "Something we need is not responding right now", "Please try again in a moment.");

    /// <param name="name">The last part of <c>urn:problem:NAME</c>.</param>
    /// <param name="extensions">Further members of the answer, camelCase.</param>
    public static ProblemHttpResult Of(
        int status, string name, string title, string? detail = null, IEnumerable<KeyValuePair<string, object?>>? extensions = null) =>
        TypedResults.Problem(detail, statusCode: status, title: title, type: $"urn:problem:{name}", extensions: extensions);

    public static ProblemHttpResult Conflict(string name, string title, string? detail = null, IEnumerable<KeyValuePair<string, object?>>? extensions = null) =>
        Of(409, name, title, detail, extensions);

    public static ProblemHttpResult Unprocessable(string name, string title, string? detail = null, IEnumerable<KeyValuePair<string, object?>>? extensions = null) =>
        Of(422, name, title, detail, extensions);

    /// <summary>400: what is wrong, by the field's camelCase JSON path.</summary>
    public static ProblemHttpResult Validation(IReadOnlyDictionary<string, string[]> errors) =>
        Of(400, "validation", "Some of this cannot be read or is not allowed", extensions: [new("errors", errors)]);

    public static ProblemHttpResult Validation(string path, string message) =>
        Validation(new Dictionary<string, string[]> { [path] = [message] });

    /// <summary>The problem that a bare status code stands for.</summary>
    public static ProblemHttpResult ForStatus(int status) => status switch
    {
        400 => Validation("", "The request cannot be read."),
        401 => Unauthenticated,
        403 => Forbidden,
        404 => NotFound,
        405 => Of(405, "method-not-allowed", "This cannot be done here"),
        413 => Of(413, "payload-too-large", "That is too large"),
        415 => Of(415, "unsupported-media", "This kind of content is not accepted here", "Send application/json."),
        429 => Of(429, "too-many-requests", "Too many requests at once", "Please wait a little."),
        503 => Unavailable,
        >= 500 => Of(500, "internal", "Something went wrong on our side"),
        _ => Of(status, "refused", "This was refused"),
    };

    /// <summary>What a thrown exception means to the caller: unreadable input is 400, a dead dependency 503, anything else a bare 500.</summary>
    public static ProblemHttpResult For(Exception exception) => exception switch
    {
        BadHttpRequestException { InnerException: JsonException json } => Unreadable(json),
        BadHttpRequestException { StatusCode: 400 } bad => Unbound(bad),
        BadHttpRequestException bad => ForStatus(bad.StatusCode),
        JsonException json => Unreadable(json),
        _ when IsUnavailable(exception) => Unavailable,
        _ => ForStatus(500),
    };

    /// <summary>Whether a server that we depend on could not be reached, did not answer in time, or has just changed: the same works a little later.</summary>
    public static bool IsUnavailable(Exception? exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is UnavailableException or SocketException or TimeoutException or NpgsqlException { IsTransient: true })
                return true;
            // The server is starting or stopping (class 57) or out of connections (class 53).
            if (e is PostgresException { SqlState: "57P01" or "57P02" or "57P03" or "53300" })
                return true;
            // A migration came between a statement's being prepared and its running; the next attempt prepares it anew.
            if (e is PostgresException { SqlState: PostgresErrorCodes.FeatureNotSupported, Routine: "RevalidateCachedQuery" })
                return true;
        }
        return false;
    }

    private static ProblemHttpResult Unreadable(JsonException json)
    {
        var path = (json.Path ?? "$").TrimStart('$').TrimStart('.');
        if (json.Message.Contains("missing required", StringComparison.Ordinal))
        {
            var names = QuotedNames().Matches(json.Message[json.Message.IndexOf(':', StringComparison.Ordinal)..]).Select(m => m.Groups[1].Value);
            return Validation(names.ToDictionary(name => path.Length == 0 ? name : $"{path}.{name}", _ => (string[])["This is missing."]));
        }

        var message =
            json.Message.Contains("could not be mapped", StringComparison.Ordinal) ? "This field is not known here."
            : json.Message.Contains("uplicate", StringComparison.Ordinal) ? "This is here twice."
            : json.Message.Contains("is needed", StringComparison.Ordinal) ? json.Message.Split(" Path:")[0]
            : json.Message.Contains("null", StringComparison.Ordinal) ? "This may not be null."
            : "This cannot be read.";
        return Validation(path, message);
    }

    private static ProblemHttpResult Unbound(BadHttpRequestException bad)
    {
        var name = ParameterName().Match(bad.Message) is { Success: true } m ? JsonNamingPolicy.CamelCase.ConvertName(m.Groups[1].Value) : "";
        return Validation(name, bad.Message.StartsWith("Required", StringComparison.Ordinal) ? "This is missing." : "This cannot be read.");
    }

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex QuotedNames();

    [GeneratedRegex("""parameter "(?:[^" ]+ )?([^" ]+)""")]
    private static partial Regex ParameterName();
}

/// <summary>Turns exceptions and bare status codes into problems, whatever the caller accepts. Web's pages answer for themselves.</summary>
internal sealed class ProblemWriter(RequestDelegate next, ILogger<ProblemWriter> log, IConfiguration settings)
{
    private static readonly string[] ProgramPaths = ["/api", "/internal", "/webhooks", "/openapi", "/health"];

    private readonly bool hasPages = settings[Service.NameKey] == "Web";

    public async Task InvokeAsync(HttpContext http)
    {
        if (hasPages && !ProgramPaths.Any(p => http.Request.Path.StartsWithSegments(p)))
        {
            await next(http);
            return;
        }

        http.Response.OnStarting(() =>
        {
            if (http.Response.StatusCode == 401)
                http.Response.Headers.WWWAuthenticate = "Bearer";
            return Task.CompletedTask;
        });

        // JSON is UTF-8. A body that declares another encoding, or one that does not exist, is refused rather than misread.
        if (http.Request.GetTypedHeaders().ContentType is { Charset.HasValue: true } content && content.Encoding?.WebName is not ("utf-8" or "us-ascii"))
        {
            await Write(http, Problem.ForStatus(415));
            return;
        }

        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            var problem = Problem.For(e);
            if (problem.StatusCode == 500)
                log.LogError(e, "A request failed");
            else if (problem.StatusCode == 503)
                log.LogWarning("A dependency does not answer: {Reason}", e.GetBaseException().GetType().Name);
            http.Response.Clear();
            await Write(http, problem);
            return;
        }

        if (!http.Response.HasStarted && http.Response.StatusCode >= 400 && http.Response.ContentType is null && http.Response.ContentLength is null)
            await Write(http, Problem.ForStatus(http.Response.StatusCode));
    }

    private static async Task Write(HttpContext http, ProblemHttpResult problem)
    {
        if (problem.StatusCode is 503 or 429)
            http.Response.Headers.RetryAfter = "5";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.StatusCode = problem.StatusCode;
        await http.Response.WriteAsJsonAsync(problem.ProblemDetails, Json.Strict, "application/problem+json");
    }
}
