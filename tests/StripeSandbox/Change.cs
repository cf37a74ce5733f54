using System.Text.Json.Nodes;

namespace StripeSandbox;

/// <summary>What one request does to the state, kept in one piece.</summary>
public sealed class Change(Store store, DateTimeOffset now, string? deliveries)
{
    private readonly List<JsonObject> puts = [];

    public DateTimeOffset Now { get; } = now;

    public long UnixNow => Now.ToUnixTimeSeconds();

    internal IReadOnlyList<JsonObject> Puts => puts;

    public static string NewId(string prefix) => $"{prefix}_{Guid.CreateVersion7():N}";

    /// <exception cref="Refusal">There is no such thing.</exception>
    public JsonObject Get(string kind, string id) =>
        Find(kind, id) ?? throw Refusal.Missing(kind, id);

    /// <summary>The thing as this change would leave it, as a copy.</summary>
    public JsonObject? Find(string kind, string id)
    {
        var put = puts.LastOrDefault(thing => (string)thing["object"]! == kind && (string)thing["id"]! == id);
        return put is not null ? Store.Copy(put) : store.Find(kind, id);
    }

    public List<JsonObject> Where(string kind, Func<JsonObject, bool> wanted) => store.Where(kind, wanted);

    /// <summary>Keeps a thing as it reads back from the journal, where a number is a number of any width.</summary>
    public void Put(JsonObject thing) => puts.Add(JsonNode.Parse(thing.ToJsonString())!.AsObject());

    /// <summary>Keeps that something happened to <paramref name="thing"/>, and that it is to be told.</summary>
    public void Emit(string type, JsonObject thing, string? account = null)
    {
        var happened = new JsonObject
        {
            ["id"] = NewId("evt"),
            ["object"] = "event",
            ["api_version"] = Api.Version,
            ["created"] = UnixNow,
            ["data"] = new JsonObject { ["object"] = Store.Copy(thing) },
            ["livemode"] = false,
            ["pending_webhooks"] = deliveries is null ? 0 : 1,
            ["type"] = type,
        };
        if (account is not null)
            happened["account"] = account;
        Put(happened);

        if (deliveries is null or Switches.Drop)
            return;

        Put(new JsonObject
        {
            ["id"] = (string)happened["id"]!,
            ["object"] = Webhooks.Delivery,
            ["type"] = type,
            ["attempts"] = 0,
            ["due"] = 0,
            ["held"] = deliveries == Switches.Hold,
        });
    }
}
