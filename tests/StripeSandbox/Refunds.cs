using System.Text.Json.Nodes;

namespace StripeSandbox;

/// <summary>Refunds, with the connected account's part and the platform's fee coming back in proportion.</summary>
internal static class Refunds
{
    public static JsonObject Create(Call call)
    {
        var (change, p) = (call.Change, call.Parameters);
        var intentId = p.Text("payment_intent");
        var chargeId = p.Text("charge");
        var asked = p.Number("amount");
        var reverseTransfer = p.Flag("reverse_transfer");
        var refundFee = p.Flag("refund_application_fee");
        var reason = p.Text("reason");
        var metadata = p.Map("metadata");
        p.NothingElse();
        if ((intentId is null) == (chargeId is null))
            throw Refusal.Parameter("payment_intent", "Name a payment intent or a charge.", "parameter_missing");
        if (asked is <= 0)
            throw Refusal.Parameter("amount", "A refund is more than nothing.", "parameter_invalid_integer");
        if (reason is not (null or "duplicate" or "fraudulent" or "requested_by_customer"))
            throw Refusal.Parameter("reason", $"Unknown reason: {reason}");

        chargeId ??= (string?)change.Get("payment_intent", intentId!)["latest_charge"]
            ?? throw Refusal.State("This payment intent has no charge.", "payment_intent_unexpected_state");
        var charge = change.Get("charge", chargeId);
        if ((string)charge["status"]! != "succeeded")
            throw Refusal.State("This charge did not succeed.", "charge_invalid");

        var left = (long)charge["amount"]! - (long)charge["amount_refunded"]!;
        if (left == 0)
            throw Refusal.State("This charge has been refunded already.", "charge_already_refunded");
        var amount = asked ?? left;
        if (amount > left)
            throw Refusal.State($"{amount} is more than the {left} that remain.", "amount_too_large", "amount");

        var card = (string)charge["payment_method_details"]!["card"]!["last4"]!;
        var slow = CardPayments.SlowRefund.EndsWith(card, StringComparison.Ordinal);
        var refund = new JsonObject
        {
            ["id"] = Change.NewId("re"),
            ["object"] = "refund",
            ["amount"] = amount,
            ["charge"] = chargeId,
            ["created"] = change.UnixNow,
            ["currency"] = (string)charge["currency"]!,
            ["failure_reason"] = null,
            ["metadata"] = metadata,
            ["payment_intent"] = (string)charge["payment_intent"]!,
            ["reason"] = reason,
            ["status"] = slow ? "pending" : "succeeded",
            ["transfer_reversal"] = null,
        };
        var refundedBefore = (long)charge["amount_refunded"]!;
        charge["amount_refunded"] = refundedBefore + amount;
        charge["refunded"] = amount == left;

        if (reverseTransfer)
            ReverseTransfer(change, charge, refund, refundedBefore);
        if (refundFee)
            RefundFee(change, charge, refundedBefore);

        change.Put(charge);
        change.Put(refund);
        change.Emit("refund.created", refund);
        change.Emit("charge.refunded", charge);
        change.Emit("refund.updated", refund);
        return refund;
    }

    /// <summary>A pending refund arrives, or one that seemed to have arrived comes back.</summary>
    public static void Settle(Change change, JsonObject refund, string status)
    {
        refund["status"] = status;
        if (status == "failed")
        {
            refund["failure_reason"] = "expired_or_canceled_card";
            var charge = change.Get("charge", (string)refund["charge"]!);
            charge["amount_refunded"] = (long)charge["amount_refunded"]! - (long)refund["amount"]!;
            charge["refunded"] = false;
            change.Put(charge);
            change.Emit("refund.failed", refund);
        }

        change.Put(refund);
        change.Emit("refund.updated", refund);
    }

    /// <summary>Reckoned on the total, so that parts add up to the whole; a half is rounded up.</summary>
    private static long Proportion(long whole, long part, long of) => ((2 * whole * part) + of) / (2 * of);

    private static void ReverseTransfer(Change change, JsonObject charge, JsonObject refund, long refundedBefore)
    {
        if ((string?)charge["transfer"] is not { } id)
            throw Refusal.State("This charge has no transfer to reverse.", "transfer_missing", "reverse_transfer");

        var transfer = change.Get("transfer", id);
        var (sent, total) = ((long)transfer["amount"]!, (long)charge["amount"]!);
        var amount = Proportion(sent, (long)charge["amount_refunded"]!, total) - Proportion(sent, refundedBefore, total);
        if ((long)transfer["amount_reversed"]! + amount > sent)
            throw Refusal.State("This transfer has been reversed already.", "transfer_already_reversed", "reverse_transfer");
        var reversal = new JsonObject
        {
            ["id"] = Change.NewId("trr"),
            ["object"] = "transfer_reversal",
            ["amount"] = amount,
            ["created"] = change.UnixNow,
            ["currency"] = (string)charge["currency"]!,
            ["source_refund"] = (string)refund["id"]!,
            ["transfer"] = id,
        };
        transfer["amount_reversed"] = (long)transfer["amount_reversed"]! + amount;
        transfer["reversed"] = (long)transfer["amount_reversed"]! == sent;
        refund["transfer_reversal"] = (string)reversal["id"]!;
        change.Put(reversal);
        change.Put(transfer);
        change.Emit("transfer.reversed", transfer);
    }

    private static void RefundFee(Change change, JsonObject charge, long refundedBefore)
    {
        if ((string?)charge["application_fee"] is not { } id)
        {
            if ((long?)charge["application_fee_amount"] is null)
                throw Refusal.State("This charge has no application fee.", "application_fee_missing", "refund_application_fee");
            return;
        }

        var fee = change.Get("application_fee", id);
        var (taken, total) = ((long)fee["amount"]!, (long)charge["amount"]!);
        var amount = Proportion(taken, (long)charge["amount_refunded"]!, total) - Proportion(taken, refundedBefore, total);
        fee["amount_refunded"] = (long)fee["amount_refunded"]! + amount;
        fee["refunded"] = (long)fee["amount_refunded"]! == taken;
        change.Put(fee);
        change.Emit("application_fee.refunded", fee);
    }
}
