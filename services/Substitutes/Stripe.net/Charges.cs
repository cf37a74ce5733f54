using System.Text.Json.Serialization;

namespace Stripe;

/// <summary>One try to move money from a card.</summary>
public class Charge : StripeEntity
{
    public string Id { get; set; } = "";

    public long Amount { get; set; }

    public long AmountRefunded { get; set; }

    public long? ApplicationFeeAmount { get; set; }

    [JsonPropertyName("application_fee")]
    [JsonConverter(typeof(ExpandableId))]
    public string? ApplicationFeeId { get; set; }

    public DateTime Created { get; set; }

    public string? Currency { get; set; }

    public bool Livemode { get; set; }

    public Dictionary<string, string>? Metadata { get; set; }

    public bool Paid { get; set; }

    [JsonPropertyName("payment_intent")]
    [JsonConverter(typeof(ExpandableId))]
    public string? PaymentIntentId { get; set; }

    public bool Refunded { get; set; }

    /// <summary><c>succeeded</c>, <c>pending</c> or <c>failed</c>.</summary>
    public string? Status { get; set; }

    [JsonPropertyName("transfer")]
    [JsonConverter(typeof(ExpandableId))]
    public string? TransferId { get; set; }
}

public class ChargeGetOptions;

/// <summary>Calls about charges.</summary>
public class ChargeService(StripeClient client) : Service<Charge>(client)
{
    public Task<Charge> GetAsync(
        string id, ChargeGetOptions? options = null, RequestOptions? requestOptions = null, CancellationToken cancellationToken = default) =>
        Read($"/v1/charges/{Uri.EscapeDataString(id)}", requestOptions, cancellationToken);
}
