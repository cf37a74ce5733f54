using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Caching.Memory;
using Platform;

namespace Web.Door;

/// <summary>The other services as the door shows them: whether all are ready, and what they answer together.</summary>
public sealed class PeersAtTheDoor(HttpClient http, IMemoryCache cache, IConfiguration settings, WebOptions options)
{
    private static readonly string[] Names = ["Listings", "Availability", "Bookings", "Payments", "Notifications", "Accounts"];
    // A service whose database is silent says so after three seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3.5);
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    /// <summary>What the services are called among themselves.</summary>
    public static IEnumerable<string> Services => Names.Select(name => name.ToLowerInvariant());

    /// <summary>Each service's own readiness; the broker counts, since without it nothing moves on.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Readiness(CancellationToken ct)
    {
        var answers = await Task.WhenAll(Names.Select(async name =>
        {
            var answer = await Ask(name, "/health/ready", ct);
            var state = answer is null ? "unreachable"
                : answer["status"]?.ToString() != "ready" ? "unready"
                : answer["broker"]?.ToString() == "false" ? "without broker"
                : "ready";
            return KeyValuePair.Create(name.ToLowerInvariant(), state);
        }));
        return new Dictionary<string, string>(answers);
    }

    /// <summary>One description of the whole public surface, as JSON; what the door does not lead to is left out. It changes with a release.</summary>
    /// <exception cref="UnavailableException">A service does not answer: a description without its part would be taken for the whole.</exception>
    public async Task<string> OpenApi(CancellationToken ct)
    {
        if (cache.TryGetValue(nameof(OpenApi), out string? known) && known is not null)
            return known;
        var answers = await Task.WhenAll(Names.Select(async name => await Ask(name, "/openapi/v1.json", ct) ?? throw new UnavailableException(name)));
        return cache.Set(nameof(OpenApi), Whole(answers).ToJsonString(), Fresh);
    }

    private JsonObject Whole(JsonNode[] answers)
    {
        var paths = new JsonObject();
        var schemas = new JsonObject();
        foreach (var (name, answer) in Names.Zip(answers))
        {
            if (answer is not JsonObject document)
                continue;
            var renamed = Renames(document, schemas, name);
            foreach (var (path, routes) in (document["paths"] as JsonObject ?? []).Where(p => IsPublic(p.Key)))
                paths.TryAdd(path.Length > 1 ? path.TrimEnd('/') : path, Repoint(routes, renamed));
            foreach (var (schema, shape) in document["components"]?["schemas"] as JsonObject ?? [])
                schemas.TryAdd(renamed.GetValueOrDefault(schema, schema), Repoint(shape, renamed));
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject { ["title"] = options.SiteName, ["version"] = "v1" },
            ["paths"] = new JsonObject(paths.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone()))),
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas,
                ["securitySchemes"] = new JsonObject
                {
                    ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT" },
                    ["manageToken"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "X-Manage-Token" },
                },
            },
        };
    }

    private static bool IsPublic(string path) => path.StartsWith("/api/", StringComparison.Ordinal) || path.StartsWith("/webhooks/", StringComparison.Ordinal);

    /// <summary>Two services may give different shapes the same name; the later one's is told apart by its service.</summary>
    private static Dictionary<string, string> Renames(JsonObject document, JsonObject taken, string service) =>
        (document["components"]?["schemas"] as JsonObject ?? [])
            .Where(s => taken[s.Key] is { } other && !JsonNode.DeepEquals(other, s.Value))
            .ToDictionary(s => s.Key, s => service + s.Key);

    private static JsonNode? Repoint(JsonNode? node, Dictionary<string, string> renamed)
    {
        const string prefix = "#/components/schemas/";
        switch (node)
        {
            case JsonObject original:
                var copy = new JsonObject();
                foreach (var (name, value) in original)
                    copy[name] = name == "$ref" && value?.GetValue<string>() is { } target && target.StartsWith(prefix, StringComparison.Ordinal)
                        ? prefix + renamed.GetValueOrDefault(target[prefix.Length..], target[prefix.Length..])
                        : Repoint(value, renamed);
                return copy;
            case JsonArray list:
                return new JsonArray([.. list.Select(item => Repoint(item, renamed))]);
            default:
                return node?.DeepClone();
        }
    }

    /// <summary>Null when the service does not answer; 503 with a body is an answer too.</summary>
    private async Task<JsonNode?> Ask(string name, string path, CancellationToken ct)
    {
        if (settings[$"{name.ToUpperInvariant()}_URL"] is not { } address)
            return null;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            using var answer = await http.GetAsync(new Uri(new Uri(address), path), patience.Token);
            return await JsonNode.ParseAsync(await answer.Content.ReadAsStreamAsync(patience.Token), cancellationToken: patience.Token);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            return null;
        }
    }
}
