using System.Net.Http.Headers;
using System.Text.Json;

namespace Stripe;

/// <summary>What a <see cref="StripeClient"/> is made of.</summary>
public class StripeClientOptions
{
    public string? ApiKey { get; set; }

    /// <summary>Where Stripe's API answers; null is Stripe itself.</summary>
    public string? ApiBase { get; set; }

    public SystemNetHttpClient? HttpClient { get; set; }
}

/// <summary>Speaks Stripe's HTTP API with one key. Safe to share between threads.</summary>
public class StripeClient(StripeClientOptions options)
{
    /// <summary>The version of the API that the entities here are written for; sent with every call.</summary>
    internal const string ApiVersion = "2026-05-27.dahlia";

    private readonly SystemNetHttpClient http = options.HttpClient ?? new SystemNetHttpClient();

    public string? ApiKey { get; } = options.ApiKey;

    public string ApiBase { get; } = (options.ApiBase ?? "https://api.stripe.com").TrimEnd('/');

    /// <exception cref="StripeException">Stripe refused, or could not do it.</exception>
    /// <exception cref="HttpRequestException">Stripe was not reached, retries included.</exception>
    internal async Task<T> RequestAsync<T>(
        HttpMethod method, string path, object? parameters, RequestOptions? request, CancellationToken cancellationToken)
        where T : StripeEntity
    {
        // One key for all tries of a call: a retry can then never do the thing twice.
        var idempotencyKey = method == HttpMethod.Post ? request?.IdempotencyKey ?? Guid.CreateVersion7().ToString() : null;
        var form = FormEncoding.Pairs(parameters);

        HttpRequestMessage Message()
        {
            var query = method == HttpMethod.Get && form.Count > 0 ? "?" + FormEncoding.Query(form) : "";
            var message = new HttpRequestMessage(method, ApiBase + path + query);
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", request?.ApiKey ?? ApiKey);
            message.Headers.Add("Stripe-Version", ApiVersion);
            if (request?.StripeAccount is { } account)
                message.Headers.Add("Stripe-Account", account);
            if (idempotencyKey is not null)
                message.Headers.Add("Idempotency-Key", idempotencyKey);
            if (method == HttpMethod.Post)
                message.Content = new FormUrlEncodedContent(form);
            return message;
        }

        using var response = await http.SendAsync(Message, cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw StripeException.From(response.StatusCode, body);

        return JsonSerializer.Deserialize<T>(body, StripeJson.Options)
            ?? throw new StripeException($"Stripe answered {method} {path} with nothing.");
    }
}
