namespace StripeSandbox;

/// <summary>Runs the sandbox by itself, as <c>deploy/run</c> does when there is no Stripe key.</summary>
internal static class Program
{
    public static Task Main()
    {
        static string? Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

        var options = new SandboxOptions(
            Setting("STRIPE_SANDBOX_URL") ?? "http://127.0.0.1:5199",
            Setting("STRIPE_SANDBOX_STATE") ?? "stripe-sandbox",
            Setting("STRIPE_SANDBOX_WEBHOOK"),
            // While a secret rolls there are several; Stripe signs with each, the first is enough here.
            (Setting("STRIPE_WEBHOOK_SECRET") ?? "whsec_sandbox").Split(',')[0].Trim(),
            Setting("STRIPE_SANDBOX_PUBLIC_URL"));
        return Sandbox.Create(options).RunAsync();
    }
}
