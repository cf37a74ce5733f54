using System.Text.Json.Serialization;

namespace Stripe;

/// <summary>One payment, through all its tries.</summary>
public class PaymentIntent : StripeEntity
{
    public string Id { get; set; } = "";

    public long Amount { get; set; }

    public long AmountReceived { get; set; }

    public long? ApplicationFeeAmount { get; set; }

    public DateTime Created { get; set; }

    public string? Currency { get; set; }

    public string? Description { get; set; }

    [JsonPropertyName("latest_charge")]
    [JsonConverter(typeof(ExpandableId))]
    public string? LatestChargeId { get; set; }

    public bool Livemode { get; set; }

    public Dictionary<string, string>? Metadata { get; set; }

    /// <summary><c>requires_payment_method</c>, <c>requires_action</c>, <c>processing</c>, <c>succeeded</c>, <c>canceled</c>, …</summary>
    public string? Status { get; set; }
}

public class PaymentIntentGetOptions;

/// <summary>Calls about payment intents.</summary>
public class PaymentIntentService(StripeClient client) : Service<PaymentIntent>(client)
{
    public Task<PaymentIntent> GetAsync(
        string id, PaymentIntentGetOptions? options = null, RequestOptions? requestOptions = null, CancellationToken cancellationToken = default) =>
        Read($"/v1/payment_intents/{Uri.EscapeDataString(id)}", requestOptions, cancellationToken);
}
