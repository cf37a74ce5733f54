using System.Net;
using System.Text.Json;

namespace Stripe;

/// <summary>Stripe answered that it could not, or would not.</summary>
public class StripeException : Exception
{
    public StripeException()
    {
    }

    public StripeException(string message)
        : base(message)
    {
    }

    public StripeException(string message, Exception err)
        : base(message, err)
    {
    }

    public StripeException(HttpStatusCode httpStatusCode, StripeError? stripeError, string message)
        : base(message)
    {
        HttpStatusCode = httpStatusCode;
        StripeError = stripeError;
    }

    public HttpStatusCode HttpStatusCode { get; set; }

    public StripeError? StripeError { get; set; }

    internal static StripeException From(HttpStatusCode status, string body)
    {
        StripeError? error = null;
        try
        {
            error = JsonSerializer.Deserialize<Envelope>(body, StripeJson.Options)?.Error;
        }
        catch (JsonException)
        {
            // Something between Stripe and here answered in its own words; the status says enough.
        }

        return new StripeException(status, error, error?.Message ?? $"Stripe answered {(int)status} without saying why.");
    }

    private sealed record Envelope(StripeError? Error);
}

/// <summary>The reason Stripe gives for a refusal.</summary>
public class StripeError : StripeEntity
{
    /// <summary><c>api_error</c>, <c>card_error</c>, <c>idempotency_error</c> or <c>invalid_request_error</c>.</summary>
    public string? Type { get; set; }

    public string? Code { get; set; }

    public string? Message { get; set; }

    public string? Param { get; set; }

    public string? Charge { get; set; }
}
