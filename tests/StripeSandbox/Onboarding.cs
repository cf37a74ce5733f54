using System.Net;
using System.Text.Json.Nodes;

namespace StripeSandbox;

/// <summary>Account links, and the page where the owner of a connected account would say who they are.</summary>
internal static class Onboarding
{
    private const string Kind = "sandbox.onboarding";

    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(5);

    public static JsonObject CreateLink(Call call)
    {
        var (change, p) = (call.Change, call.Parameters);
        var account = p.Required("account");
        var type = p.Required("type");
        var (refreshUrl, returnUrl) = (p.Required("refresh_url"), p.Required("return_url"));
        p.Accept("collect");
        p.Accept("collection_options");
        p.NothingElse();
        if (type is not ("account_onboarding" or "account_update"))
            throw Refusal.Parameter("type", $"Unknown type: {type}");

        change.Get("account", account);
        var link = new JsonObject
        {
            ["id"] = Change.NewId("link"),
            ["object"] = Kind,
            ["account"] = account,
            ["expires_at"] = (change.Now + GoodFor).ToUnixTimeSeconds(),
            ["refresh_url"] = refreshUrl,
            ["return_url"] = returnUrl,
        };
        change.Put(link);
        return new JsonObject
        {
            ["object"] = "account_link",
            ["created"] = change.UnixNow,
            ["expires_at"] = (long)link["expires_at"]!,
            ["url"] = $"{call.Pages}/setup/e/{(string)link["id"]!}",
        };
    }

    public static void Map(WebApplication app)
    {
        app.MapGet("/setup/e/{id}", (HttpContext http, string id, Store store, SandboxOptions options) =>
        {
            if (store.Find(Kind, id) is not { } link)
                return Page.Write(http, 404, "Not found", "<h1>There is no such page</h1>");
            if (NoLongerGood(link, options.Clock.GetUtcNow()))
                return Page.Redirect(http, (string)link["refresh_url"]!);

            return Page.Write(http, 200, "Get paid", $"""
                <h1>Get paid</h1>
                <p>Stripe would ask here who you are and which bank account the money goes to. The sandbox takes your word for it.</p>
                <form method="post" action="{Encode(http.Request.Path)}">
                <button type="submit">Agree and submit</button>
                </form>
                <p><a href="{Encode((string)link["return_url"]!)}">Not now, go back</a></p>
                """, (string)link["return_url"]!);
        });

        app.MapPost("/setup/e/{id}", (HttpContext http, string id, Store store) =>
        {
            if (store.Find(Kind, id) is null)
                return Page.Write(http, 404, "Not found", "<h1>There is no such page</h1>");

            return Page.Redirect(http, store.Change(change =>
            {
                var link = change.Get(Kind, id);
                if (NoLongerGood(link, change.Now))
                    return (string)link["refresh_url"]!;
                link["used"] = true;
                change.Put(link);
                Accounts.Enable(change, change.Get("account", (string)link["account"]!));
                return (string)link["return_url"]!;
            }));
        });
    }

    private static bool NoLongerGood(JsonObject link, DateTimeOffset now) =>
        link["used"] is not null || (long)link["expires_at"]! <= now.ToUnixTimeSeconds();

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
