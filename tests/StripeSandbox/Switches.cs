using System.Globalization;
using System.Text.Json.Nodes;

namespace StripeSandbox;

/// <summary>
/// What a test can bring about that Stripe never offers, under <c>/_sandbox</c>: webhooks that are lost, late, doubled or reordered, and
/// an API that is away or whose answers are.
/// </summary>
public sealed class Switches
{
    public const string Deliver = "deliver";
    public const string Hold = "hold";
    public const string Drop = "drop";

    public const string Normal = "normal";
    public const string Refuse = "refuse";
    public const string Cut = "cut";

    /// <summary>What becomes of webhooks: <c>deliver</c>, <c>hold</c> (until released) or <c>drop</c> (never sent).</summary>
    public string Deliveries { get; private set; } = Deliver;

    /// <summary>What becomes of API calls: <c>normal</c>, <c>refuse</c> (503, nothing done) or <c>cut</c> (done, but nobody hears).</summary>
    public string Answers { get; private set; } = Normal;

    /// <summary>How long a call under an idempotency key is worked on.</summary>
    public TimeSpan Delay { get; private set; }

    public static void Map(WebApplication app)
    {
        var switches = app.MapGroup("/_sandbox");

        switches.MapPost("/webhooks/{mode}", (string mode, Switches it) => it.Set([Deliver, Hold, Drop], mode, m => it.Deliveries = m));

        switches.MapPost("/api/{mode}", (string mode, int? delayMs, Switches it) =>
        {
            it.Delay = TimeSpan.FromMilliseconds(delayMs ?? 0);
            return it.Set([Normal, Refuse, Cut], mode, m => it.Answers = m);
        });

        switches.MapGet("/held", (Store store) =>
            Results.Json(store.Where(Webhooks.Delivery, d => (bool)d["held"]!).Select(d => new { id = (string)d["id"]!, type = (string)d["type"]! })));

        // Delivers held events one after the other: those named first (ids or types), then the rest as they happened.
        switches.MapPost("/release", async (HttpRequest request, Switches it, Webhooks webhooks) =>
        {
            var form = request.HasFormContentType ? await request.ReadFormAsync() : FormCollection.Empty;
            it.Deliveries = Deliver;
            return Results.Json(await webhooks.Release(form["order"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
        });

        // Delivers an event again, `times` at once; answers with how often each status came back.
        switches.MapPost("/events/{id}/resend", async (string id, int? times, Webhooks webhooks) =>
        {
            var statuses = await Task.WhenAll(Enumerable.Range(0, times ?? 1).Select(_ => webhooks.Send(id)));
            return Results.Json(statuses.GroupBy(s => s).ToDictionary(s => s.Key.ToString(CultureInfo.InvariantCulture), s => s.Count()));
        });

        // Makes any event happen: form fields `type` and `object` (JSON).
        switches.MapPost("/events", async (HttpRequest request, Store store) =>
        {
            var form = await request.ReadFormAsync();
            return Results.Json(store.Change(change =>
            {
                change.Emit(form["type"].ToString(), JsonNode.Parse(form["object"].ToString())!.AsObject());
                return (string)change.Puts[0]["id"]!;
            }));
        });
    }

    private IResult Set(string[] known, string mode, Action<string> set)
    {
        if (!known.Contains(mode))
            return Results.BadRequest($"One of: {string.Join(", ", known)}");
        set(mode);
        return Results.Json(new { Deliveries, Answers });
    }
}
