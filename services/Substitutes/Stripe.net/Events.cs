using System.Text.Json;
using System.Text.Json.Serialization;
using Stripe.Checkout;

namespace Stripe;

/// <summary>Something that happened at Stripe.</summary>
public class Event : StripeEntity
{
    public string Id { get; set; } = "";

    /// <summary>The connected account it happened to; null for the platform's own.</summary>
    public string? Account { get; set; }

    public string? ApiVersion { get; set; }

    public DateTime Created { get; set; }

    public EventData? Data { get; set; }

    public bool Livemode { get; set; }

    /// <summary>One of <see cref="EventTypes"/>, or one that this library does not know.</summary>
    public string Type { get; set; } = "";
}

public class EventData
{
    /// <summary>The thing as it was just after the event; null when this library does not know its kind.</summary>
    [JsonConverter(typeof(EventDataObject))]
    public StripeEntity? Object { get; set; }
}

internal sealed class EventDataObject : JsonConverter<StripeEntity>
{
    public override StripeEntity? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var thing = JsonDocument.ParseValue(ref reader);
        var kind = thing.RootElement.TryGetProperty("object", out var name) ? name.GetString() : null;
        return kind switch
        {
            "account" => thing.Deserialize<Account>(options),
            "charge" => thing.Deserialize<Charge>(options),
            "checkout.session" => thing.Deserialize<Session>(options),
            "payment_intent" => thing.Deserialize<PaymentIntent>(options),
            "refund" => thing.Deserialize<Refund>(options),
            _ => null,
        };
    }

    public override void Write(Utf8JsonWriter writer, StripeEntity value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, value.GetType(), options);
}

/// <summary>The names of the events that Payments acts on.</summary>
public static class EventTypes
{
    public const string AccountUpdated = "account.updated";
    public const string ChargeRefunded = "charge.refunded";
    public const string CheckoutSessionAsyncPaymentSucceeded = "checkout.session.async_payment_succeeded";
    public const string CheckoutSessionCompleted = "checkout.session.completed";
    public const string CheckoutSessionExpired = "checkout.session.expired";
    public const string PaymentIntentSucceeded = "payment_intent.succeeded";
    public const string RefundCreated = "refund.created";
    public const string RefundFailed = "refund.failed";
    public const string RefundUpdated = "refund.updated";
}

public class EventListOptions : ListOptions
{
    public string? Type { get; set; }

    public List<string>? Types { get; set; }
}

public class EventGetOptions;

/// <summary>Calls about events; Stripe keeps them for 30 days.</summary>
public class EventService(StripeClient client) : Service<Event>(client)
{
    public Task<Event> GetAsync(
        string id, EventGetOptions? options = null, RequestOptions? requestOptions = null, CancellationToken cancellationToken = default) =>
        Read($"/v1/events/{Uri.EscapeDataString(id)}", requestOptions, cancellationToken);

    public Task<StripeList<Event>> ListAsync(
        EventListOptions? options = null, RequestOptions? requestOptions = null, CancellationToken cancellationToken = default) =>
        ReadList("/v1/events", options, requestOptions, cancellationToken);
}
