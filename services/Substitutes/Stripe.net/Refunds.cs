using System.Text.Json.Serialization;

namespace Stripe;

/// <summary>Money on its way back to a card.</summary>
public class Refund : StripeEntity
{
    public string Id { get; set; } = "";

    public long Amount { get; set; }

    [JsonPropertyName("charge")]
    [JsonConverter(typeof(ExpandableId))]
    public string? ChargeId { get; set; }

    public DateTime Created { get; set; }

    public string? Currency { get; set; }

    public string? FailureReason { get; set; }

    public Dictionary<string, string>? Metadata { get; set; }

    [JsonPropertyName("payment_intent")]
    [JsonConverter(typeof(ExpandableId))]
    public string? PaymentIntentId { get; set; }

    public string? Reason { get; set; }

    /// <summary><c>pending</c>, <c>requires_action</c>, <c>succeeded</c>, <c>failed</c> or <c>canceled</c>.</summary>
    public string? Status { get; set; }

    [JsonPropertyName("transfer_reversal")]
    [JsonConverter(typeof(ExpandableId))]
    public string? TransferReversalId { get; set; }
}

public class RefundCreateOptions
{
    /// <summary>In the currency's smallest unit; null is all that remains.</summary>
    public long? Amount { get; set; }

    public string? Charge { get; set; }

    public Dictionary<string, string>? Metadata { get; set; }

    public string? PaymentIntent { get; set; }

    public string? Reason { get; set; }

    /// <summary>The platform's fee goes back too, in the same proportion.</summary>
    public bool? RefundApplicationFee { get; set; }

    /// <summary>The connected account gives back its part, in the same proportion.</summary>
    public bool? ReverseTransfer { get; set; }
}

public class RefundGetOptions;

public class RefundListOptions : ListOptions
{
    public string? Charge { get; set; }

    public string? PaymentIntent { get; set; }
}

/// <summary>Calls about refunds.</summary>
public class RefundService(StripeClient client) : Service<Refund>(client)
{
    public Task<Refund> CreateAsync(
        RefundCreateOptions options, RequestOptions? requestOptions = null, CancellationToken cancellationToken = default) =>
        Post("/v1/refunds", options, requestOptions, cancellationToken);

    public Task<Refund> GetAsync(
        string id, RefundGetOptions? options = null, RequestOptions? requestOptions = null, CancellationToken cancellationToken = default) =>
        Read($"/v1/refunds/{Uri.EscapeDataString(id)}", requestOptions, cancellationToken);

    public Task<StripeList<Refund>> ListAsync(
        RefundListOptions? options = null, RequestOptions? requestOptions = null, CancellationToken cancellationToken = default) =>
        ReadList("/v1/refunds", options, requestOptions, cancellationToken);
}
