using System.Net;

namespace Stripe;

/// <summary>Sends requests, and sends them again when that can help: 409, 429, 5xx and a lost connection.</summary>
public class SystemNetHttpClient(HttpClient? httpClient = null, int maxNetworkRetries = SystemNetHttpClient.DefaultMaxNumberRetries)
{
    public const int DefaultMaxNumberRetries = 2;

    private static readonly Lazy<HttpClient> SharedClient = new(() => new HttpClient { Timeout = DefaultHttpTimeout });

    private readonly HttpClient http = httpClient ?? SharedClient.Value;

    public static TimeSpan DefaultHttpTimeout => TimeSpan.FromSeconds(80);

    public static TimeSpan MaxNetworkRetriesDelay => TimeSpan.FromSeconds(5);

    public static TimeSpan MinNetworkRetriesDelay => TimeSpan.FromMilliseconds(500);

    public int MaxNetworkRetries { get; } = maxNetworkRetries;

    internal async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> message, CancellationToken cancellationToken)
    {
        for (var retries = 0; ; retries++)
        {
            try
            {
                using var request = message();
                var response = await http.SendAsync(request, cancellationToken);
                if (retries >= MaxNetworkRetries || !WorthAnotherTry(response))
                    return response;
                response.Dispose();
            }
            catch (HttpRequestException) when (retries < MaxNetworkRetries)
            {
                // Stripe was not reached: wait below and try again.
            }
            catch (OperationCanceledException) when (retries < MaxNetworkRetries && !cancellationToken.IsCancellationRequested)
            {
                // The client's own timeout, not the caller's wish: the same.
            }

            await Task.Delay(DelayBefore(retries + 1), cancellationToken);
        }
    }

    private static bool WorthAnotherTry(HttpResponseMessage response)
    {
        if (response.Headers.TryGetValues("Stripe-Should-Retry", out var advice))
            return advice.First() == "true";

        return response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests || (int)response.StatusCode >= 500;
    }

    /// <summary>Half a second, doubled with each try, up to five, less up to a quarter so that many callers do not come back together.</summary>
    private static TimeSpan DelayBefore(int retry)
    {
        var full = TimeSpan.FromTicks(Math.Min(MinNetworkRetriesDelay.Ticks << (retry - 1), MaxNetworkRetriesDelay.Ticks));
#pragma warning disable CA5394 // Jitter is no secret.
        return full * (0.75 + (0.25 * Random.Shared.NextDouble()));
#pragma warning restore CA5394
    }
}
