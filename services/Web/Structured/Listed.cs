using System.Text.Json.Nodes;

namespace Web.Structured;

/// <summary>How a page stands in search engines and in messengers. A page that says nothing of the kind asks not to be listed.</summary>
/// <param name="Path">The one address of what it shows, from the first slash on.</param>
public sealed record Listed(string Path)
{
    /// <summary>Too little on it to be worth finding.</summary>
    public bool IsThin { get; init; }

    public IReadOnlyList<JsonObject> Things { get; init; } = [];
}
