using System.Text;
using System.Text.Json.Nodes;

namespace StripeSandbox;

/// <summary>
/// Everything this Stripe knows, by kind and id, in memory and as a journal of JSON lines. One line is one change, whole or not at
/// all: a line that a dying process left unfinished is dropped when the next one reads it.
/// </summary>
public sealed class Store : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, OrderedDictionary<string, JsonObject>> things = [];
    private readonly TimeProvider clock;
    private readonly bool tellsSomebody;
    private readonly Switches switches;
    private readonly FileStream journal;

    public Store(SandboxOptions options, Switches switches)
    {
        clock = options.Clock;
        tellsSomebody = options.WebhookUrl is not null;
        this.switches = switches;
        Directory.CreateDirectory(options.StateFolder);
        var path = Path.Combine(options.StateFolder, "journal.jsonl");
        Replay(path);
        Compact(path);
        journal = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
    }

    /// <summary>Raised after a change that left something to deliver.</summary>
    public event Action? SomethingToTell;

    /// <summary>Does <paramref name="work"/> alone, and keeps what it put, all of it or, if it throws, nothing.</summary>
    public TAnswer Change<TAnswer>(Func<Change, TAnswer> work)
    {
        TAnswer answer;
        bool told;
        lock (gate)
        {
            var change = new Change(this, clock.GetUtcNow(), tellsSomebody ? switches.Deliveries : null);
            answer = work(change);
            Keep(change.Puts);
            told = change.Puts.Any(put => Kind(put) == Webhooks.Delivery);
        }

        if (told)
            SomethingToTell?.Invoke();
        return answer;
    }

    /// <summary>A copy of one thing as it is now.</summary>
    public JsonObject? Find(string kind, string id)
    {
        lock (gate)
            return Known(kind).TryGetValue(id, out var thing) ? Copy(thing) : null;
    }

    /// <summary>Copies, oldest first.</summary>
    public List<JsonObject> Where(string kind, Func<JsonObject, bool> wanted)
    {
        lock (gate)
            return [.. Known(kind).Values.Where(wanted).Select(Copy)];
    }

    public void Dispose() => journal.Dispose();

    internal static JsonObject Copy(JsonObject thing) => (JsonObject)thing.DeepClone();

    private static string Kind(JsonObject thing) => (string)thing["object"]!;

    private OrderedDictionary<string, JsonObject> Known(string kind)
    {
        if (!things.TryGetValue(kind, out var known))
            things[kind] = known = [];
        return known;
    }

    private void Keep(IReadOnlyList<JsonObject> puts)
    {
        if (puts.Count == 0)
            return;

        // Handed to the operating system before it is believed: a killed process loses nothing.
        journal.Write(Encoding.UTF8.GetBytes(new JsonArray([.. puts.Select(Copy)]).ToJsonString() + "\n"));
        journal.Flush();
        foreach (var thing in puts)
            Remember(thing);
    }

    private void Remember(JsonObject thing)
    {
        var known = Known(Kind(thing));
        if (thing["deleted"] is JsonValue gone && gone.GetValue<bool>())
            known.Remove((string)thing["id"]!);
        else
            known[(string)thing["id"]!] = thing;
    }

    private void Replay(string path)
    {
        if (!File.Exists(path))
            return;

        var lines = File.ReadAllText(path).Split('\n');

        // What follows the last line end is a change that was never finished.
        foreach (var line in lines.SkipLast(1).Where(line => line.Length > 0))
        {
            foreach (var thing in JsonNode.Parse(line)!.AsArray())
                Remember(Copy(thing!.AsObject()));
        }
    }

    private void Compact(string path)
    {
        var draft = path + ".new";
        using (var writer = new StreamWriter(draft))
        {
            writer.NewLine = "\n";
            var dayAgo = clock.GetUtcNow().AddDays(-1).ToUnixTimeSeconds();
            foreach (var thing in things.Values.SelectMany(kind => kind.Values))
            {
                // Stripe forgets idempotency keys after a day.
                if (Kind(thing) != Idempotency.Kind || (long)thing["created"]! > dayAgo)
                    writer.WriteLine(new JsonArray(Copy(thing)).ToJsonString());
            }
        }

        File.Move(draft, path, overwrite: true);
    }
}
