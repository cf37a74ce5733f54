using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace StripeSandbox;

/// <summary>The page on which a client pays, and the one on which the bank asks whether it was really them.</summary>
internal static class HostedPages
{
    private static readonly HashSet<string> WithoutDigits =
        ["bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "ugx", "vnd", "vuv", "xaf", "xof", "xpf"];

    private static readonly HashSet<string> WithThreeDigits = ["bhd", "iqd", "jod", "kwd", "lyd", "omr", "tnd"];

    public static void Map(WebApplication app)
    {
        app.MapGet("/c/pay/{id}", (HttpContext http, string id, Store store) =>
            store.Find(CheckoutSessions.Kind, id) is not { } session ? NotFound(http)
            : (string)session["status"]! == "open" ? PayPage(http, session, 200, null)
            : Closed(http, session));

        app.MapPost("/c/pay/{id}", async (HttpContext http, string id, Store store) =>
        {
            if (store.Find(CheckoutSessions.Kind, id) is null)
            {
                await NotFound(http);
                return;
            }

            var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync() : FormCollection.Empty;
            var card = new string([.. form["card"].ToString().Where(char.IsAsciiDigit)]);
            var (session, result) = store.Change(change =>
            {
                var open = change.Get(CheckoutSessions.Kind, id);
                return ((string)open["status"]! == "open" && card.Length > 0)
                    ? (open, CardPayments.Try(change, open, card))
                    : (open, ((Outcome Outcome, string? Message)?)null);
            });

            await (result switch
            {
                null when (string)session["status"]! == "open" => PayPage(http, session, 402, "Enter a card number."),
                null when (string)session["status"]! == "complete" => Page.Redirect(http, SuccessUrl(session)),
                null => Closed(http, session),
                { Outcome: Outcome.Paid } => Page.Redirect(http, SuccessUrl(session)),
                { Outcome: Outcome.NeedsAuthentication } => Page.Redirect(http, $"{http.Request.Path}/authenticate"),
                { Message: var message } => PayPage(http, session, 402, message),
            });
        });

        app.MapGet("/c/pay/{id}/authenticate", (HttpContext http, string id, Store store) =>
            store.Find(CheckoutSessions.Kind, id) is not { } session ? NotFound(http)
            : !AwaitsTheBank(store.Find, session) ? Page.Redirect(http, $"/c/pay/{id}")
            : Page.Write(http, 200, "Your bank asks", $"""
                <h1>Is this you?</h1>
                <p>Your bank asks whether you are paying {Amount(session)}.</p>
                <form method="post" action="{Encode(http.Request.Path)}">
                <button type="submit" name="outcome" value="pass">Yes, it is me</button>
                <button type="submit" name="outcome" value="fail" class="quiet">No</button>
                </form>
                """, (string)session["success_url"]!));

        app.MapPost("/c/pay/{id}/authenticate", async (HttpContext http, string id, Store store) =>
        {
            if (store.Find(CheckoutSessions.Kind, id) is null)
            {
                await NotFound(http);
                return;
            }

            var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync() : FormCollection.Empty;
            var passed = form["outcome"] == "pass";
            var (session, message) = store.Change(change =>
            {
                var open = change.Get(CheckoutSessions.Kind, id);
                if ((string)open["status"]! != "open" || !AwaitsTheBank(change.Find, open))
                    return (open, (string?)null);
                if (!passed)
                    return (open, CardPayments.FailAuthentication(change, open));
                CardPayments.Try(change, open, CardPayments.NeedsAuthentication, authenticated: true);
                return (open, null);
            });

            await ((string)session["status"]! switch
            {
                "complete" => Page.Redirect(http, SuccessUrl(session)),
                "open" when message is not null => PayPage(http, session, 402, message),
                "open" => Page.Redirect(http, $"/c/pay/{id}"),
                _ => Closed(http, session),
            });
        });
    }

    private static bool AwaitsTheBank(Func<string, string, JsonObject?> find, JsonObject session) =>
        (string?)session["payment_intent"] is { } intent && (string?)find("payment_intent", intent)?["status"] == "requires_action";

    private static string SuccessUrl(JsonObject session) =>
        ((string)session["success_url"]!).Replace("{CHECKOUT_SESSION_ID}", (string)session["id"]!, StringComparison.Ordinal);

    private static Task NotFound(HttpContext http) => Page.Write(http, 404, "Not found", "<h1>There is no such page</h1>");

    private static Task Closed(HttpContext http, JsonObject session) => (string)session["status"]! == "complete"
        ? Page.Write(http, 200, "Paid", $"""
            <h1>This has been paid</h1>
            <p><a href="{Encode(SuccessUrl(session))}">Go on</a></p>
            """)
        : Page.Write(http, 410, "Closed", $"""
            <h1>This page has closed</h1>
            <p>Nothing was charged.</p>
            {Back(session, "Go back and start again")}
            """);

    private static Task PayPage(HttpContext http, JsonObject session, int status, string? problem)
    {
        var path = $"/c/pay/{(string)session["id"]!}";
        var items = string.Concat(session["sandbox"]!["line_items"]!.AsArray().Select(item => $"<li>{Encode((string)item!["name"]!)}</li>"));
        var summary = problem is null ? "" : $"""
            <div class="problem" role="alert"><p id="card-problem">{Encode(problem)} Nothing was charged. <a href="#card">Change the card number</a></p></div>
            """;
        var described = problem is null ? "card-hint" : "card-problem card-hint";
        var invalid = problem is null ? "" : " aria-invalid=\"true\"";
        return Page.Write(http, status, problem is null ? "Pay" : "Error: Pay", $"""
            <h1>Pay {Amount(session)}</h1>
            {summary}
            <ul>{items}</ul>
            <form method="post" action="{Encode(path)}">
            <label for="card">Card number</label>
            <p id="card-hint" class="hint">Only test cards work here. 4242 4242 4242 4242 pays; 4000 0025 0000 3155 asks the bank first;
            4000 0000 0000 0002 is declined.</p>
            <input id="card" name="card" inputmode="numeric" autocomplete="cc-number" required value="4242 4242 4242 4242" aria-describedby="{described}"{invalid}>
            <button type="submit">Pay {Amount(session)}</button>
            </form>
            {Back(session, "Cancel and go back")}
            """, (string)session["success_url"]!);
    }

    private static string Back(JsonObject session, string words) =>
        (string?)session["cancel_url"] is { } url ? $"""<p><a href="{Encode(url)}">{words}</a></p>""" : "";

    private static string Amount(JsonObject session)
    {
        var currency = (string)session["currency"]!;
        var digits = WithoutDigits.Contains(currency) ? 0 : WithThreeDigits.Contains(currency) ? 3 : 2;
        var amount = (long)session["amount_total"]! / (decimal)Math.Pow(10, digits);
        return $"{amount.ToString("N" + digits, CultureInfo.InvariantCulture)} {currency.ToUpperInvariant()}";
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
