using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Platform;

/// <summary>One id from the first request through every call and message it leads to; in each answer and each log line.</summary>
internal sealed class Correlation(RequestDelegate next, ILogger<Correlation> log)
{
    public const string Header = "X-Correlation-Id";

    private static readonly AsyncLocal<string?> Id = new();

    public static string? Current
    {
        get => Id.Value;
        set => Id.Value = value;
    }

    public async Task InvokeAsync(HttpContext http)
    {
        var sent = http.Request.Headers[Header].ToString();
        Current = sent.Length is > 0 and <= 64 && sent.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? sent : Guid.CreateVersion7().ToString("N");
        http.Response.OnStarting(() =>
        {
            http.Response.Headers[Header] = Current;
            return Task.CompletedTask;
        });
        using (log.BeginScope(new Dictionary<string, object?> { ["correlationId"] = Current }))
            await next(http);
    }
}
