using System.Text.Json.Nodes;

namespace StripeSandbox;

/// <summary>The table of Stripe's calls that the sandbox answers.</summary>
internal static class Api
{
    public const string Version = "2026-05-27.dahlia";

    private static readonly (string Path, string Kind, string[] Filters)[] Collections =
    [
        ("checkout/sessions", "checkout.session", ["payment_intent", "status"]),
        ("payment_intents", "payment_intent", []),
        ("charges", "charge", ["payment_intent"]),
        ("refunds", "refund", ["payment_intent", "charge"]),
        ("application_fees", "application_fee", ["charge"]),
        ("transfers", "transfer", ["destination"]),
        ("accounts", "account", []),
        ("events", "event", ["type"]),
    ];

    public static void Map(WebApplication app)
    {
        Post(app, "/v1/checkout/sessions", CheckoutSessions.Create);
        Post(app, "/v1/checkout/sessions/{id}/expire", CheckoutSessions.Expire);
        Post(app, "/v1/refunds", Refunds.Create);
        Post(app, "/v1/accounts", Accounts.Create);
        Post(app, "/v1/account_links", Onboarding.CreateLink);

        foreach (var (path, kind, filters) in Collections)
        {
            app.MapGet($"/v1/{path}", (HttpContext http) => Answer(http, async () => List(http, await Parameters.Of(http.Request), path, kind, filters)));
            app.MapGet($"/v1/{path}/{{id}}", (HttpContext http, string id) => Answer(http, () => Task.FromResult(One(http, kind, id))));
        }

        app.Map("/v1/{**rest}", (HttpContext http) => Answer(http, () => throw Refusal.NoSuchCall(http.Request.Method, http.Request.Path)));
    }

    private static void Post(WebApplication app, string path, Func<Call, JsonObject> work) =>
        app.MapPost(path, (HttpContext http) => Answer(http, async () => await Idempotency.Once(http, await Parameters.Of(http.Request), work)));

    private static JsonObject One(HttpContext http, string kind, string id) =>
        http.RequestServices.GetRequiredService<Store>().Find(kind, id) ?? throw Refusal.Missing(kind, id);

    private static JsonObject List(HttpContext http, Parameters parameters, string path, string kind, string[] filters)
    {
        var wanted = filters.Select(name => (name, value: parameters.Text(name))).Where(filter => filter.value is not null).ToList();
        var limit = (int)(parameters.Number("limit") ?? 10);
        var startingAfter = parameters.Text("starting_after");
        var endingBefore = parameters.Text("ending_before");
        var types = parameters.Map("types").Select(type => (string)type.Value!).ToHashSet();
        parameters.NothingElse();
        if (limit is < 1 or > 100)
            throw Refusal.Parameter("limit", "A limit lies between 1 and 100.");

        var newestFirst = http.RequestServices.GetRequiredService<Store>()
            .Where(kind, thing => wanted.TrueForAll(filter => (string?)thing[filter.name] == filter.value)
                && (types.Count == 0 || types.Contains((string)thing["type"]!)));
        newestFirst.Reverse();
        if (startingAfter is not null)
            newestFirst.RemoveRange(0, newestFirst.FindIndex(thing => (string)thing["id"]! == startingAfter) + 1);
        if (endingBefore is not null && newestFirst.FindIndex(thing => (string)thing["id"]! == endingBefore) is >= 0 and var at)
            newestFirst = newestFirst[Math.Max(0, at - limit)..at];

        return new JsonObject
        {
            ["object"] = "list",
            ["url"] = "/v1/" + path,
            ["has_more"] = newestFirst.Count > limit,
            ["data"] = new JsonArray([.. newestFirst.Take(limit)]),
        };
    }

    private static async Task Answer(HttpContext http, Func<Task<JsonObject>> work)
    {
        var switches = http.RequestServices.GetRequiredService<Switches>();
        var status = StatusCodes.Status200OK;
        JsonObject body;
        try
        {
            if (!http.Request.Headers.Authorization.Any(key => key is { Length: > 6 }))
                throw Refusal.NoKey();
            if (switches.Answers == Switches.Refuse)
                throw Refusal.Unavailable();
            body = await work();
        }
        catch (Refusal refusal)
        {
            status = refusal.Status;
            body = refusal.Body();
        }

        if (switches.Answers == Switches.Cut)
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = status;
        http.Response.Headers["Request-Id"] = Change.NewId("req");
        http.Response.Headers["Stripe-Version"] = Version;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(body.ToJsonString());
    }
}

/// <summary>One call that changes something.</summary>
internal sealed record Call(HttpContext Http, Change Change, Parameters Parameters)
{
    /// <summary>An id out of the path.</summary>
    public string Id => (string)Http.Request.RouteValues["id"]!;

    /// <summary>How a browser reaches the sandbox.</summary>
    public string Pages =>
        (Http.RequestServices.GetRequiredService<SandboxOptions>().PublicUrl ?? $"{Http.Request.Scheme}://{Http.Request.Host}").TrimEnd('/');
}
