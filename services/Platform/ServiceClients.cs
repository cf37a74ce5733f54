using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Platform;

/// <summary>How services call each other: typed clients with a service token, the correlation id and little patience.</summary>
public static class ServiceClients
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>
    /// An <see cref="HttpClient"/> for <typeparamref name="TClient"/> at the address in <paramref name="urlSetting"/>. No answer within 4 s, no
    /// connection and any 5xx throw <see cref="UnavailableException"/>, which the caller of this service sees as 503.
    /// </summary>
    /// <param name="asService">Whether calls carry the service token; without it the caller sets its own bearer, or none.</param>
    public static IHttpClientBuilder AddServiceClient<TClient>(this WebApplicationBuilder builder, string urlSetting, bool asService = true)
        where TClient : class
    {
        var address = builder.Configuration[urlSetting] ?? throw new InvalidOperationException($"The setting {urlSetting} is missing.");
        var client = builder.AddInnerClient<TClient>().ConfigureHttpClient(http =>
        {
            http.BaseAddress = new Uri(address);
            http.Timeout = Timeout.InfiniteTimeSpan;
        });
        client.AddHttpMessageHandler(services => new Caller(services.GetRequiredService<ServiceTokens>(), asService, typeof(TClient).Name));
        return client;
    }

    /// <summary>An <see cref="HttpClient"/> for whoever asks several parts of the house by their addresses: straight, and without a word in the logs.</summary>
    public static IHttpClientBuilder AddInnerClient<TClient>(this WebApplicationBuilder builder)
        where TClient : class
    {
        var client = builder.Services.AddHttpClient<TClient>();
        // 200 people at one time are 200 calls at one time; the peer's own queue is the place to wait.
        client.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(2),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        });
        // They would begin two scopes a call, for lines below the level that is logged.
        client.RemoveAllLoggers();
        return client;
    }

    private sealed class Caller(ServiceTokens tokens, bool asService, string name) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
        {
            if (asService)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Current());
            if (Correlation.Current is { } id)
                request.Headers.TryAddWithoutValidation(Correlation.Header, id);

            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
            patience.CancelAfter(Patience);
            try
            {
                var response = await base.SendAsync(request, patience.Token);
                await response.Content.LoadIntoBufferAsync(patience.Token);
                if ((int)response.StatusCode < 500)
                    return response;
                response.Dispose();
            }
            catch (Exception e) when (!ct.IsCancellationRequested && e is HttpRequestException or OperationCanceledException or IOException)
            {
                throw new UnavailableException(name, e);
            }
            throw new UnavailableException(name);
        }
    }
}
