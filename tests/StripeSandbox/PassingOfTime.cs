using System.Text.Json.Nodes;

namespace StripeSandbox;

/// <summary>What happens at Stripe without anybody asking: sessions run out, refunds arrive or come back.</summary>
internal sealed class PassingOfTime(Store store, SandboxOptions options) : BackgroundService
{
    /// <summary>Seconds after which a pending refund arrives, or a doomed one comes back.</summary>
    private const long RefundSeconds = 2;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (await tick.WaitForNextTickAsync(stoppingToken))
        {
            var now = options.Clock.GetUtcNow().ToUnixTimeSeconds();
            foreach (var session in store.Where(CheckoutSessions.Kind, s => RanOut(s, now)))
                store.Change(change => ExpireNow(change, (string)session["id"]!));
            foreach (var refund in store.Where("refund", r => Awaits(r, now) is not null))
                store.Change(change => SettleNow(change, (string)refund["id"]!, now));
        }
    }

    private static bool RanOut(JsonObject session, long now) => (string)session["status"]! == "open" && (long)session["expires_at"]! <= now;

    private static bool ExpireNow(Change change, string id)
    {
        // Looked at again, alone: it may have been paid in between.
        var session = change.Get(CheckoutSessions.Kind, id);
        if (!RanOut(session, change.UnixNow))
            return false;
        CheckoutSessions.Close(change, session);
        return true;
    }

    private string? Awaits(JsonObject refund, long now)
    {
        if ((long)refund["created"]! + RefundSeconds > now)
            return null;
        if ((string)refund["status"]! == "pending")
            return "succeeded";

        var doomed = (string)refund["status"]! == "succeeded"
            && (string?)store.Find("charge", (string)refund["charge"]!)?["payment_method_details"]?["card"]?["last4"] == CardPayments.FailingRefund[^4..];
        return doomed ? "failed" : null;
    }

    private bool SettleNow(Change change, string id, long now)
    {
        var refund = change.Get("refund", id);
        if (Awaits(refund, now) is not { } status)
            return false;
        Refunds.Settle(change, refund, status);
        return true;
    }
}
