namespace Stripe.Checkout;

/// <summary>What is to be paid, to whom, until when.</summary>
public class SessionCreateOptions
{
    public string? CancelUrl { get; set; }

    public string? ClientReferenceId { get; set; }

    public string? CustomerEmail { get; set; }

    /// <summary>Between 30 minutes and 24 hours from now.</summary>
    public DateTime? ExpiresAt { get; set; }

    public List<SessionLineItemOptions>? LineItems { get; set; }

    public Dictionary<string, string>? Metadata { get; set; }

    public string? Mode { get; set; }

    public SessionPaymentIntentDataOptions? PaymentIntentData { get; set; }

    public List<string>? PaymentMethodTypes { get; set; }

    public string? SuccessUrl { get; set; }
}

public class SessionLineItemOptions
{
    public SessionLineItemPriceDataOptions? PriceData { get; set; }

    public long? Quantity { get; set; }
}

public class SessionLineItemPriceDataOptions
{
    public string? Currency { get; set; }

    public SessionLineItemPriceDataProductDataOptions? ProductData { get; set; }

    /// <summary>In the currency's smallest unit.</summary>
    public long? UnitAmount { get; set; }
}

public class SessionLineItemPriceDataProductDataOptions
{
    public string? Name { get; set; }
}

public class SessionPaymentIntentDataOptions
{
    /// <summary>What the platform keeps of the payment, in the currency's smallest unit.</summary>
    public long? ApplicationFeeAmount { get; set; }

    public string? Description { get; set; }

    public Dictionary<string, string>? Metadata { get; set; }

    public SessionPaymentIntentDataTransferDataOptions? TransferData { get; set; }
}

public class SessionPaymentIntentDataTransferDataOptions
{
    /// <summary>The connected account that the payment goes to.</summary>
    public string? Destination { get; set; }
}

public class SessionGetOptions;

public class SessionExpireOptions;
