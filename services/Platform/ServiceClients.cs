using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Platform;

/// <summary>How services call each other: typed clients with a service token, the correlation id and a short time limit.</summary>
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

    /// <summary>An <see cref="HttpClient"/> for a client that calls several services by absolute address: no proxy, no redirects, nothing logged.</summary>
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

/// <summary>Tokens by which services know each other: ES256, five minutes.</summary>
public sealed class ServiceTokens(Secrets secrets, TimeProvider clock, IConfiguration settings)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private readonly JsonWebTokenHandler tokens = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly ConcurrentDictionary<string, (ClaimsPrincipal Service, DateTimeOffset Until)> checkedBefore = new(StringComparer.Ordinal);
    private (string Token, DateTimeOffset Until) current;

    internal ECDsaSecurityKey Key { get; } = new(secrets.ServiceKey) { KeyId = "services" };

    /// <summary>A token with at least a minute left.</summary>
    public string Current()
    {
        var now = clock.GetUtcNow();
        if (current.Token is null || current.Until < now.AddMinutes(1) || current.Until > now + Life)
        {
            var until = now + Life;
            current = (tokens.CreateToken(new SecurityTokenDescriptor
            {
                Issuer = Callers.ServicesIssuer,
                Audience = Callers.Audience,
                Subject = new ClaimsIdentity([new Claim("sub", settings[Service.NameKey]!)]),
                IssuedAt = now.UtcDateTime,
                Expires = until.UtcDateTime,
                SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.EcdsaSha256),
            }), until);
        }
        return current.Token;
    }

    /// <summary>The service that has sent this very token before, so that its signature is checked once rather than with every call; null when it is new.</summary>
    internal ClaimsPrincipal? Known(string token) =>
        checkedBefore.TryGetValue(token, out var known) && known.Until > clock.GetUtcNow() ? known.Service : null;

    internal void Remember(string token, ClaimsPrincipal service, DateTimeOffset until)
    {
        // A handful of callers with a new token every few minutes; whoever is forgotten is checked again.
        if (checkedBefore.Count >= 64)
            checkedBefore.Clear();
        checkedBefore[token] = (service, until);
    }
}
