using System.Text.Json.Nodes;

namespace StripeSandbox;

/// <summary>What a try to pay came to.</summary>
internal enum Outcome
{
    Paid,
    Declined,
    NeedsAuthentication,
}

/// <summary>Moves money from test cards: intent, charge, the platform's fee, and the transfer to the connected account.</summary>
internal static class CardPayments
{
    public const string NeedsAuthentication = "4000002500003155";

    /// <summary>Its refunds stay pending for a while.</summary>
    public const string SlowRefund = "4000000000007726";

    /// <summary>Its refunds look well at first and fail later.</summary>
    public const string FailingRefund = "4000000000005126";

    private static readonly HashSet<string> Good =
        ["4242424242424242", "4000056655665556", "5555555555554444", "378282246310005", SlowRefund, FailingRefund];

    private static readonly Dictionary<string, (string Code, string Message)> Declines = new()
    {
        ["4000000000000002"] = ("generic_decline", "Your card was declined."),
        ["4000000000009995"] = ("insufficient_funds", "Your card has insufficient funds."),
        ["4000000000000069"] = ("expired_card", "Your card has expired."),
        ["4000000000000127"] = ("incorrect_cvc", "Your card's security code is incorrect."),
        ["4000000000000119"] = ("processing_error", "An error occurred while processing your card. Try again."),
    };

    /// <summary>Tries a card; the session must be open.</summary>
    /// <param name="authenticated">The bank has asked the card's owner already.</param>
    public static (Outcome Outcome, string? Message) Try(Change change, JsonObject session, string card, bool authenticated = false)
    {
        var intent = Intent(change, session);
        if (card == NeedsAuthentication && !authenticated)
        {
            intent["status"] = "requires_action";
            change.Put(intent);
            change.Emit("payment_intent.requires_action", intent);
            return (Outcome.NeedsAuthentication, null);
        }

        if (Good.Contains(card) || authenticated)
        {
            Succeed(change, session, intent, card);
            return (Outcome.Paid, null);
        }

        var (code, message) = Declines.GetValueOrDefault(card, ("incorrect_number", "Your card number is incorrect."));
        Decline(change, intent, card, code, message);
        return (Outcome.Declined, message);
    }

    /// <summary>The bank asked the card's owner, who did not agree.</summary>
    public static string FailAuthentication(Change change, JsonObject session)
    {
        const string message = "Your bank could not confirm that it was you. Try again, or use another card.";
        Decline(change, Intent(change, session), NeedsAuthentication, "payment_intent_authentication_failure", message);
        return message;
    }

    private static JsonObject Intent(Change change, JsonObject session)
    {
        if ((string?)session["payment_intent"] is { } id)
            return change.Get("payment_intent", id);

        var terms = session["sandbox"]!;
        var intent = new JsonObject
        {
            ["id"] = Change.NewId("pi"),
            ["object"] = "payment_intent",
            ["amount"] = (long)session["amount_total"]!,
            ["amount_received"] = 0,
            ["application_fee_amount"] = terms["application_fee_amount"]?.DeepClone(),
            ["created"] = change.UnixNow,
            ["currency"] = (string)session["currency"]!,
            ["description"] = (string?)terms["description"],
            ["latest_charge"] = null,
            ["livemode"] = false,
            ["metadata"] = terms["intent_metadata"]!.DeepClone(),
            ["receipt_email"] = (string?)session["customer_email"],
            ["status"] = "requires_payment_method",
            ["transfer_data"] = terms["destination"] is { } destination ? new JsonObject { ["destination"] = (string)destination! } : null,
        };
        session["payment_intent"] = (string)intent["id"]!;
        change.Put(session);
        change.Put(intent);
        change.Emit("payment_intent.created", intent);
        return intent;
    }

    private static JsonObject NewCharge(Change change, JsonObject intent, string card, string status)
    {
        var charge = new JsonObject
        {
            ["id"] = Change.NewId("ch"),
            ["object"] = "charge",
            ["amount"] = (long)intent["amount"]!,
            ["amount_captured"] = status == "succeeded" ? (long)intent["amount"]! : 0,
            ["amount_refunded"] = 0,
            ["application_fee"] = null,
            ["application_fee_amount"] = intent["application_fee_amount"]?.DeepClone(),
            ["captured"] = status == "succeeded",
            ["created"] = change.UnixNow,
            ["currency"] = (string)intent["currency"]!,
            ["description"] = (string?)intent["description"],
            ["failure_code"] = null,
            ["livemode"] = false,
            ["metadata"] = intent["metadata"]!.DeepClone(),
            ["paid"] = status == "succeeded",
            ["payment_intent"] = (string)intent["id"]!,
            ["payment_method_details"] = new JsonObject
            {
                ["type"] = "card",
                ["card"] = new JsonObject { ["last4"] = card.Length < 4 ? "" : card[^4..] },
            },
            ["refunded"] = false,
            ["status"] = status,
            ["transfer"] = null,
        };
        intent["latest_charge"] = (string)charge["id"]!;
        return charge;
    }

    private static void Decline(Change change, JsonObject intent, string card, string code, string message)
    {
        var charge = NewCharge(change, intent, card, "failed");
        charge["failure_code"] = code;
        charge["failure_message"] = message;
        intent["status"] = "requires_payment_method";
        intent["last_payment_error"] = new JsonObject { ["type"] = "card_error", ["code"] = "card_declined", ["decline_code"] = code, ["message"] = message };
        change.Put(charge);
        change.Put(intent);
        change.Emit("charge.failed", charge);
        change.Emit("payment_intent.payment_failed", intent);
    }

    private static void Succeed(Change change, JsonObject session, JsonObject intent, string card)
    {
        var charge = NewCharge(change, intent, card, "succeeded");
        var amount = (long)intent["amount"]!;

        // As Stripe does for a destination charge: all of it goes over, and the fee comes back.
        if ((string?)intent["transfer_data"]?["destination"] is { } destination)
        {
            var transfer = new JsonObject
            {
                ["id"] = Change.NewId("tr"),
                ["object"] = "transfer",
                ["amount"] = amount,
                ["amount_reversed"] = 0,
                ["created"] = change.UnixNow,
                ["currency"] = (string)intent["currency"]!,
                ["destination"] = destination,
                ["reversed"] = false,
                ["source_transaction"] = (string)charge["id"]!,
            };
            charge["transfer"] = (string)transfer["id"]!;
            change.Put(transfer);
            change.Emit("transfer.created", transfer);

            if ((long?)intent["application_fee_amount"] is > 0 and var feeAmount)
            {
                var fee = new JsonObject
                {
                    ["id"] = Change.NewId("fee"),
                    ["object"] = "application_fee",
                    ["account"] = destination,
                    ["amount"] = feeAmount,
                    ["amount_refunded"] = 0,
                    ["charge"] = (string)charge["id"]!,
                    ["created"] = change.UnixNow,
                    ["currency"] = (string)intent["currency"]!,
                    ["refunded"] = false,
                };
                charge["application_fee"] = (string)fee["id"]!;
                change.Put(fee);
                change.Emit("application_fee.created", fee);
            }
        }

        intent["status"] = "succeeded";
        intent["amount_received"] = amount;
        session["status"] = "complete";
        session["payment_status"] = "paid";
        session["url"] = null;
        change.Put(charge);
        change.Put(intent);
        change.Put(session);
        change.Emit("charge.succeeded", charge);
        change.Emit("payment_intent.succeeded", intent);
        change.Emit("checkout.session.completed", session);
    }
}
