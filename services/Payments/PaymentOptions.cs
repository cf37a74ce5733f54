namespace Payments;

/// <summary>The settings of Payments, each from the environment name it is called by.</summary>
public sealed class PaymentOptions
{
    /// <summary>Any key serves the sandbox; this one serves nowhere else.</summary>
    public const string SandboxKey = "sk_test_sandbox";

    public string StripeApiKey { get; set; } = SandboxKey;

    /// <summary>Null is Stripe itself.</summary>
    public Uri? StripeApiBase { get; set; }

    /// <summary>Null is the version that the Stripe library is made for.</summary>
    public string? StripeApiVersion { get; set; }

    /// <summary>Several while one is being replaced by another.</summary>
    public string[] StripeWebhookSecret { get; set; } = [];

    /// <summary>What the platform keeps of a payment, in ten-thousandths.</summary>
    public int PlatformFeeBps { get; set; }

    public double ReconcileSeconds { get; set; } = 60;

    /// <summary>How long the bodies of Stripe's events are kept.</summary>
    public double KeepEventBodiesDays { get; set; } = 90;

    public Uri PublicUrl { get; set; } = new("http://localhost:8080");

    /// <summary>Whether real money moves.</summary>
    public bool IsLive => StripeApiKey.StartsWith("sk_live", StringComparison.Ordinal) || StripeApiKey.StartsWith("rk_live", StringComparison.Ordinal);
}
