namespace Stripe;

/// <summary>What one call does differently from its client.</summary>
public class RequestOptions
{
    public string? ApiKey { get; set; }

    /// <summary>Two calls under the same key within 24 hours are one call.</summary>
    public string? IdempotencyKey { get; set; }

    /// <summary>The connected account on whose behalf the call is made.</summary>
    public string? StripeAccount { get; set; }
}
