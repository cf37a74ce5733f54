using System.Text.Json.Nodes;

namespace StripeSandbox;

/// <summary>Checkout sessions in payment mode.</summary>
internal static class CheckoutSessions
{
    public const string Kind = "checkout.session";

    public static JsonObject Create(Call call)
    {
        var p = call.Parameters;
        var now = call.Change.Now;
        if (p.Required("mode") != "payment")
            throw Refusal.Parameter("mode", "The sandbox knows the mode payment only.");

        var successUrl = p.Required("success_url");
        var cancelUrl = p.Text("cancel_url");
        var expiresAt = p.Number("expires_at") ?? now.AddHours(24).ToUnixTimeSeconds();
        if (expiresAt < now.AddMinutes(30).ToUnixTimeSeconds())
            throw Refusal.Parameter("expires_at", "A session lives at least 30 minutes.");
        if (expiresAt > now.AddHours(24).ToUnixTimeSeconds())
            throw Refusal.Parameter("expires_at", "A session lives at most 24 hours.");

        var (items, total, currency) = LineItems(p);
        var destination = p.Text("payment_intent_data[transfer_data][destination]");
        var fee = p.Number("payment_intent_data[application_fee_amount]");
        if (fee is not null && (fee < 0 || fee > total))
            throw Refusal.Parameter("payment_intent_data[application_fee_amount]", "A fee is part of the amount.");
        if (fee is not null && destination is null)
            throw Refusal.Parameter("payment_intent_data[application_fee_amount]", "A fee needs a destination.");

        var session = new JsonObject
        {
            ["id"] = Change.NewId("cs_test"),
            ["object"] = Kind,
            ["amount_subtotal"] = total,
            ["amount_total"] = total,
            ["cancel_url"] = cancelUrl,
            ["client_reference_id"] = p.Text("client_reference_id"),
            ["created"] = now.ToUnixTimeSeconds(),
            ["currency"] = currency,
            ["customer_email"] = p.Text("customer_email"),
            ["expires_at"] = expiresAt,
            ["livemode"] = false,
            ["metadata"] = p.Map("metadata"),
            ["mode"] = "payment",
            ["payment_intent"] = null,
            ["payment_status"] = "unpaid",
            ["status"] = "open",
            ["success_url"] = successUrl,
            // Not Stripe's: what the sandbox must know when somebody pays.
            ["sandbox"] = new JsonObject
            {
                ["line_items"] = items,
                ["application_fee_amount"] = fee,
                ["description"] = p.Text("payment_intent_data[description]"),
                ["destination"] = destination,
                ["intent_metadata"] = p.Map("payment_intent_data[metadata]"),
            },
        };
        session["url"] = $"{call.Pages}/c/pay/{(string)session["id"]!}";
        p.Accept("payment_method_types");
        p.NothingElse();

        if (destination is not null && !(bool)call.Change.Get("account", destination)["charges_enabled"]!)
            throw Refusal.State("The destination account cannot be paid yet.", "account_invalid", "payment_intent_data[transfer_data][destination]");

        call.Change.Put(session);
        return session;
    }

    public static JsonObject Expire(Call call)
    {
        call.Parameters.NothingElse();
        var session = call.Change.Get(Kind, call.Id);
        if ((string)session["status"]! != "open")
            throw Refusal.State($"Only an open session can be expired; this one is {(string)session["status"]!}.");

        return Close(call.Change, session);
    }

    /// <summary>Ends a session unpaid, by call or by time.</summary>
    public static JsonObject Close(Change change, JsonObject session)
    {
        session["status"] = "expired";
        session["url"] = null;
        change.Put(session);
        change.Emit("checkout.session.expired", session);
        return session;
    }

    private static (JsonArray Items, long Total, string Currency) LineItems(Parameters p)
    {
        var items = new JsonArray();
        long total = 0;
        string? currency = null;
        for (var i = 0; p.Any($"line_items[{i}]"); i++)
        {
            var price = $"line_items[{i}][price_data]";
            var unit = p.Number($"{price}[unit_amount]") ?? throw Refusal.Parameter($"{price}[unit_amount]", "How much is it?", "parameter_missing");
            var quantity = p.Number($"line_items[{i}][quantity]") ?? 1;
            var code = p.Required($"{price}[currency]").ToLowerInvariant();
            if (code.Length != 3 || !code.All(char.IsAsciiLetter) || (currency is not null && currency != code))
                throw Refusal.Parameter($"{price}[currency]", $"Invalid currency: {code}");
            if (unit < 0 || quantity < 1)
                throw Refusal.Parameter($"{price}[unit_amount]", "Amounts are not negative.", "parameter_invalid_integer");

            currency = code;
            total = checked(total + (unit * quantity));
            items.Add(new JsonObject { ["name"] = p.Required($"{price}[product_data][name]"), ["amount"] = unit * quantity });
        }

        return total > 0
            ? (items, total, currency!)
            : throw Refusal.Parameter("line_items", "There is nothing to pay for.", "parameter_missing");
    }
}
