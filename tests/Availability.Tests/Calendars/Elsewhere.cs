using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TestKit;

namespace Availability.Tests;

/// <summary>A server on which calendars lie that a test can change, break and count.</summary>
public sealed class Elsewhere : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> answers = new();
    private FakePeer server = null!;

    /// <summary>Names asked for, one for each time.</summary>
    public ConcurrentQueue<HttpRequestNoted> Asked { get; } = new();

    public static async Task<Elsewhere> Open()
    {
        var elsewhere = new Elsewhere();
        elsewhere.server = await FakePeer.Start(app => app.Run(elsewhere.Answer));
        return elsewhere;
    }

    public Uri Url(string name) => new(server.Url, name);

    public int TimesAsked(string name) => Asked.Count(a => a.Name == name);

    /// <summary>From now on this is what is there.</summary>
    public Uri Put(string name, Func<HttpContext, Task> answer)
    {
        answers[name] = answer;
        return Url(name);
    }

    /// <summary>A calendar with an ETag that is honoured.</summary>
    public Uri Put(string name, string calendar) => Put(name, http =>
    {
        var tag = $"\"{calendar.GetHashCode(StringComparison.Ordinal):x}\"";
        http.Response.Headers.ETag = tag;
        if (http.Request.Headers.IfNoneMatch != tag)
            return http.Response.WriteAsync(calendar);
        http.Response.StatusCode = 304;
        return Task.CompletedTask;
    });

    public Uri Put(string name, int status, string? retryAfter = null) => Put(name, http =>
    {
        http.Response.StatusCode = status;
        http.Response.Headers.RetryAfter = retryAfter;
        return Task.CompletedTask;
    });

    public Uri Redirect(string name, string target) => Put(name, http =>
    {
        (http.Response.StatusCode, http.Response.Headers.Location) = (301, target);
        return Task.CompletedTask;
    });

    /// <summary>A calendar with one busy hour or so for each pair of instants.</summary>
    public static string Calendar(params (string From, string Until)[] busy) => Calendar(busy.Select((b, i) => ($"{i}-{b.From}@elsewhere.example", b.From, b.Until)));

    public static string Calendar(IEnumerable<(string Uid, string From, string Until)> entries) => string.Concat(
        ((string[])["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Elsewhere//EN"])
            .Concat(entries.SelectMany(e => (string[])["BEGIN:VEVENT", $"UID:{e.Uid}", "DTSTAMP:20261101T000000Z", $"DTSTART:{Utc(e.From)}", $"DTEND:{Utc(e.Until)}", "SUMMARY:Dentist\\, private", "END:VEVENT"]))
            .Append("END:VCALENDAR")
            .Select(line => $"{line}\r\n"));

    public static byte[] Packed(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(body);
        return packed.ToArray();
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static string Utc(string instant) => World.At(instant).UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private async Task Answer(HttpContext http)
    {
        var name = http.Request.Path.Value!.TrimStart('/');
        Asked.Enqueue(new(name, http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        if (answers.TryGetValue(name, out var answer))
            await answer(http);
        else
            http.Response.StatusCode = 404;
    }
}

public sealed record HttpRequestNoted(string Name, IReadOnlyDictionary<string, string> Headers);
