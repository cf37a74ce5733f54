using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Availability;

/// <summary>All addresses of a name, as the network says at this moment.</summary>
public delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken ct);

/// <summary>Whether a connection to an address may be made.</summary>
public delegate bool AllowAddress(IPAddress address);

/// <param name="Body">The calendar, at most <c>MAX_FEED_BYTES</c>; null when it has not changed.</param>
public sealed record FetchedCalendar(byte[]? Body, string? Tag, string? LastModified);

/// <summary>
/// Fetches what strangers point us to. A name is resolved once, all its addresses are checked, and the connection goes to one that was checked;
/// redirects are followed by hand under the same rules. We send nothing but a user agent, and limit time, bytes and redirects.
/// </summary>
public sealed class CalendarClient(ResolveHost resolve, AllowAddress allow, AvailabilityOptions options) : IDisposable
{
    private const int MostRedirects = 5;
    private const int MostAddresses = 4;
    private const int MostHeaderKilobytes = 16;
    private const int LongestTag = 200;

    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectCallback = (context, ct) => Connect(context.DnsEndPoint, resolve, allow, ct),
        ConnectTimeout = TimeSpan.FromSeconds(5),
        // It is asked every few minutes, so a connection is not worth keeping.
        PooledConnectionLifetime = TimeSpan.Zero,
        MaxResponseHeadersLength = MostHeaderKilobytes,
        MaxResponseDrainSize = 0,
        // The address is a secret, so it goes into no trace; nor do others get our trace ids.
        ActivityHeadersPropagator = null,
        // A certificate may name an address to fetch its issuer from, and could lead us anywhere that way.
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck },
        },
    });

    /// <param name="tag">Its ETag and Last-Modified when it was last read, so that an unchanged calendar is not sent again; null to get all of it.</param>
    /// <exception cref="CalendarUnreadException">It cannot be had.</exception>
    public async Task<FetchedCalendar> Fetch(Uri address, string? tag, string? lastModified, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromSeconds(options.FeedTimeoutSeconds));
        try
        {
            for (var redirects = 0; redirects <= MostRedirects; redirects++)
            {
                using var response = await http.SendAsync(Question(address, tag, lastModified), patience.Token);
                if (response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
                    or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
                {
                    address = LeadsTo(address, response);
                    continue;
                }

                return await Read(response, isConditional: tag is not null || lastModified is not null, patience.Token);
            }

            throw new CalendarUnreadException(CalendarProblem.Misled);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new CalendarUnreadException(CalendarProblem.TooSlow, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            throw e.InnerException as CalendarUnreadException ?? new CalendarUnreadException(CalendarProblem.Unreachable, e);
        }
    }

    public void Dispose() => http.Dispose();

    private HttpRequestMessage Question(Uri address, string? tag, string? lastModified)
    {
        var question = new HttpRequestMessage(HttpMethod.Get, address);
        question.Headers.TryAddWithoutValidation("User-Agent", $"calendar-reader (+{options.PublicUrl.Scheme}://{options.PublicUrl.IdnHost})");
        question.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/calendar"));
        question.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*", 0.1));
        question.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        if (tag is not null)
            question.Headers.TryAddWithoutValidation("If-None-Match", tag);
        if (lastModified is not null)
            question.Headers.TryAddWithoutValidation("If-Modified-Since", lastModified);
        return question;
    }

    private Uri LeadsTo(Uri from, HttpResponseMessage response) =>
        response.Headers.Location is { } location && Uri.TryCreate(from, location, out var to) && CalendarAddress.IsAllowed(to, options.FeedsAllowPrivate)
            ? to
            : throw new CalendarUnreadException(CalendarProblem.Misled);

    private async Task<FetchedCalendar> Read(HttpResponseMessage response, bool isConditional, CancellationToken ct)
    {
        var (tag, lastModified) = (Mark(response.Headers, "ETag"), Mark(response.Content.Headers, "Last-Modified"));
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                var body = await UpToLimit(await response.Content.ReadAsStreamAsync(ct), ct);
                return new FetchedCalendar(await Unpacked(body, response.Content.Headers.ContentEncoding, ct), tag, lastModified);
            case HttpStatusCode.NotModified when isConditional:
                return new FetchedCalendar(null, tag, lastModified);
            case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                throw new CalendarUnreadException(CalendarProblem.NotFound, retryAfter: Wait(response));
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                throw new CalendarUnreadException(CalendarProblem.NotAllowed, retryAfter: Wait(response));
            default:
                throw new CalendarUnreadException(CalendarProblem.ServerTrouble, retryAfter: Wait(response));
        }
    }

    private async Task<byte[]> Unpacked(byte[] body, ICollection<string> encodings, CancellationToken ct)
    {
        if (encodings.Count == 0 || (encodings.Count == 1 && encodings.Contains("identity")))
            return body;
        if (encodings.Count > 1 || !encodings.Contains("gzip", StringComparer.OrdinalIgnoreCase))
            throw new CalendarUnreadException(CalendarProblem.NotACalendar);
        try
        {
            await using var unpacked = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
            return await UpToLimit(unpacked, ct);
        }
        catch (InvalidDataException e)
        {
            throw new CalendarUnreadException(CalendarProblem.NotACalendar, e);
        }
    }

    /// <summary>Whatever a header promised, not a byte more than the limit is kept.</summary>
    private async Task<byte[]> UpToLimit(Stream stream, CancellationToken ct)
    {
        using var kept = new MemoryStream();
        var piece = new byte[16 * 1024];
        for (int read; (read = await stream.ReadAsync(piece, ct)) > 0;)
        {
            if (kept.Length + read > options.MaxFeedBytes)
                throw new CalendarUnreadException(CalendarProblem.TooLarge);
            kept.Write(piece, 0, read);
        }

        return kept.ToArray();
    }

    private static string? Mark(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) && values.ToString() is { Length: > 0 and <= LongestTag } mark && mark.All(c => c is >= ' ' and <= '~')
            ? mark
            : null;

    private static TimeSpan? Wait(HttpResponseMessage response) =>
        response.Headers.RetryAfter is { } retry ? retry.Delta ?? retry.Date - response.Headers.Date : null;

    private static async ValueTask<Stream> Connect(DnsEndPoint to, ResolveHost resolve, AllowAddress allow, CancellationToken ct)
    {
        var addresses = await resolve(to.Host, ct);
        // One private address is enough to refuse: whoever mixes them in does so for a reason.
        if (!Array.TrueForAll(addresses, a => allow(a)))
            throw new CalendarUnreadException(CalendarProblem.NotPublic);
        SocketException? failure = null;
        foreach (var address in addresses.Take(MostAddresses))
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, to.Port), ct);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException e)
            {
                socket.Dispose();
                failure = e;
            }
            catch (OperationCanceledException)
            {
                socket.Dispose();
                throw;
            }
        }

        throw new CalendarUnreadException(CalendarProblem.Unreachable, failure);
    }
}
