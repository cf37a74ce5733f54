using System.Net;
using Stripe;
using Stripe.Checkout;

namespace Payments;

/// <summary>How Payments reaches Stripe, or the sandbox in its place.</summary>
public static class StripeConnection
{
    /// <summary>For calls that a person waits for: with it the answer is there within five seconds, whatever happens to Stripe.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3.5);

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(15);

    /// <exception cref="InvalidOperationException">A setting is missing.</exception>
    public static void AddStripe(this WebApplicationBuilder builder, PaymentOptions options)
    {
        if (options.StripeWebhookSecret.Length == 0)
            throw new InvalidOperationException("The setting STRIPE_WEBHOOK_SECRET is missing.");
        if (options.StripeApiBase is null && options.StripeApiKey == PaymentOptions.SandboxKey)
            throw new InvalidOperationException("The setting STRIPE_API_KEY is missing, and STRIPE_API_BASE names no sandbox.");
        if (options.PlatformFeeBps is < 0 or > 10_000)
            throw new InvalidOperationException("The setting PLATFORM_FEE_BPS lies between 0 and 10000.");

        var services = builder.Services;
        services.AddSingleton(_ => new StripeClient(new StripeClientOptions
        {
            ApiKey = options.StripeApiKey,
            ApiBase = options.StripeApiBase?.ToString().TrimEnd('/'),
            HttpClient = new SystemNetHttpClient(Http(options)),
        }));
        services.AddSingleton(s => new SessionService(s.GetRequiredService<StripeClient>()));
        services.AddSingleton(s => new RefundService(s.GetRequiredService<StripeClient>()));
        services.AddSingleton(s => new AccountService(s.GetRequiredService<StripeClient>()));
        services.AddSingleton(s => new AccountLinkService(s.GetRequiredService<StripeClient>()));
        services.AddSingleton(s => new EventService(s.GetRequiredService<StripeClient>()));
    }

    /// <summary>Whether Stripe could not be reached or could not do it now, so that the same call may work later.</summary>
    /// <param name="ct">The caller's own wish to stop, which is no fault of Stripe's.</param>
    public static bool IsAway(Exception exception, CancellationToken ct) => exception switch
    {
        HttpRequestException => true,
        OperationCanceledException => !ct.IsCancellationRequested,
        StripeException refusal => (int)refusal.HttpStatusCode >= 500
            || refusal.HttpStatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.Conflict,
        _ => false,
    };

    /// <summary>What Stripe calls the refusal, for logs: its own code, never its message, which may quote what a person typed.</summary>
    public static string Code(StripeException refusal) =>
        refusal.StripeError?.Code ?? refusal.StripeError?.Type ?? $"{(int)refusal.HttpStatusCode}";

    private static HttpClient Http(PaymentOptions options)
    {
        HttpMessageHandler handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(2),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseProxy = options.StripeApiBase is not { IsLoopback: true },
        };
        if (options.StripeApiVersion is { } version)
            handler = new PinnedVersion(version) { InnerHandler = handler };
        return new HttpClient(handler) { Timeout = CallTimeout };
    }

    /// <summary>The library pins the version it was made for; an operator may pin another.</summary>
    private sealed class PinnedVersion(string version) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Remove("Stripe-Version");
            request.Headers.Add("Stripe-Version", version);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
