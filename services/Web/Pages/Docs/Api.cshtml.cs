using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Web.Door;

namespace Web.Pages.Docs;

/// <summary>The routes that programs can use, as the services themselves describe them.</summary>
public sealed class ApiModel(PeersAtTheDoor peers) : PageModel
{
    private static readonly string[] Methods = ["get", "post", "put", "patch", "delete"];

    public IReadOnlyList<IGrouping<string, Route>> Parts { get; private set; } = [];

    public async Task OnGet(CancellationToken ct)
    {
        var paths = JsonNode.Parse(await peers.OpenApi(ct))!["paths"] as JsonObject ?? [];
        Parts = [.. paths
            .SelectMany(p => (p.Value as JsonObject ?? []).Where(m => Methods.Contains(m.Key)).Select(m => Read(p.Key, m.Key, m.Value as JsonObject ?? [])))
            .GroupBy(r => r.Part)];
    }

    private static Route Read(string path, string method, JsonObject said) => new(
        path.Split('/', StringSplitOptions.RemoveEmptyEntries) is ["api", _, var part, ..] ? part : path.Split('/', StringSplitOptions.RemoveEmptyEntries)[0],
        method.ToUpperInvariant(),
        path,
        said["summary"]?.GetValue<string>() ?? Spoken(said["operationId"]?.GetValue<string>()),
        [.. (said["parameters"] as JsonArray ?? []).Select(p => p?["name"]?.GetValue<string>()).OfType<string>()],
        [.. (said["responses"] as JsonObject ?? []).Select(r => r.Key)]);

    /// <summary><c>RequestBooking</c> is “Request booking”.</summary>
    private static string? Spoken(string? name) =>
        name is null ? null : string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));

    /// <summary>One thing a program can ask for.</summary>
    public sealed record Route(string Part, string Method, string Path, string? Summary, IReadOnlyList<string> Parameters, IReadOnlyList<string> Answers);
}
