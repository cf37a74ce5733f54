namespace Payments;

/// <summary>Something Stripe has told, known or not.</summary>
public sealed class StripeEvent
{
    private StripeEvent() { }

    /// <summary>Stripe's; a second one with the same id is the same event.</summary>
    public required string Id { get; init; }

    public required string Type { get; init; }

    public string? ApiVersion { get; init; }

    /// <summary>Stripe's instant, whole seconds.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>As it came, without who paid and who is paid; empty once it is forgotten.</summary>
    public required string Body { get; init; }

    /// <summary>It speaks of a payment whose capture has not been heard of yet; it is applied once that has come.</summary>
    public bool Waiting { get; init; }

    /// <summary>The payment intent of that payment.</summary>
    public string? WaitsFor { get; init; }

    /// <summary>Why a person has to look at it; null when nothing is amiss.</summary>
    public string? Trouble { get; init; }
}
