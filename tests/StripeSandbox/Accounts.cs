using System.Text.Json.Nodes;

namespace StripeSandbox;

/// <summary>Connected accounts.</summary>
internal static class Accounts
{
    public static JsonObject Create(Call call)
    {
        var p = call.Parameters;
        var type = p.Text("type") ?? (p.Any("controller[") ? "none" : "standard");
        if (type is not ("express" or "standard" or "custom" or "none"))
            throw Refusal.Parameter("type", $"Unknown type: {type}");

        var account = new JsonObject
        {
            ["id"] = Change.NewId("acct"),
            ["object"] = "account",
            ["charges_enabled"] = false,
            ["country"] = p.Text("country") ?? "US",
            ["created"] = call.Change.UnixNow,
            ["details_submitted"] = false,
            ["email"] = p.Text("email"),
            ["metadata"] = p.Map("metadata"),
            ["payouts_enabled"] = false,
            ["type"] = type,
        };

        // A custom account whose platform vouches for its owner's agreement needs no page of Stripe's.
        var agreed = type == "custom" && p.Number("tos_acceptance[date]") is not null && p.Flag("capabilities[transfers][requested]");
        foreach (var known in (string[])["controller", "capabilities", "tos_acceptance", "business_type", "business_profile", "individual", "external_account"])
            p.Accept(known);
        p.NothingElse();

        if (agreed)
            Enable(call.Change, account);
        else
            call.Change.Put(account);
        return account;
    }

    public static void Enable(Change change, JsonObject account)
    {
        account["charges_enabled"] = true;
        account["details_submitted"] = true;
        account["payouts_enabled"] = true;
        change.Put(account);
        change.Emit("account.updated", account, (string)account["id"]!);
    }
}
