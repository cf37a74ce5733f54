using System.Text.Json.Serialization;

namespace Stripe.Checkout;

/// <summary>A page of Stripe's on which somebody pays, and how far that has come.</summary>
public class Session : StripeEntity
{
    public string Id { get; set; } = "";

    /// <summary>In the currency's smallest unit.</summary>
    public long? AmountTotal { get; set; }

    public string? CancelUrl { get; set; }

    public string? ClientReferenceId { get; set; }

    public DateTime Created { get; set; }

    /// <summary>Three small letters.</summary>
    public string? Currency { get; set; }

    public string? CustomerEmail { get; set; }

    public DateTime ExpiresAt { get; set; }

    public bool Livemode { get; set; }

    public Dictionary<string, string>? Metadata { get; set; }

    public string? Mode { get; set; }

    /// <summary>Null until the first try to pay.</summary>
    [JsonPropertyName("payment_intent")]
    [JsonConverter(typeof(ExpandableId))]
    public string? PaymentIntentId { get; set; }

    /// <summary><c>no_payment_required</c>, <c>paid</c> or <c>unpaid</c>.</summary>
    public string? PaymentStatus { get; set; }

    /// <summary><c>open</c>, <c>complete</c> or <c>expired</c>.</summary>
    public string? Status { get; set; }

    public string? SuccessUrl { get; set; }

    /// <summary>The page; null once it is closed.</summary>
    public string? Url { get; set; }
}
