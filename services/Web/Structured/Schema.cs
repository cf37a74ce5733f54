using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Html;

namespace Web.Structured;

/// <summary>Facts of a page in the words of schema.org, for machines. What is not known is left out, never guessed.</summary>
public static class Schema
{
    /// <summary>Escapes what could end the element that the facts stand in.</summary>
    private static readonly JsonSerializerOptions Safe = new() { Encoder = JavaScriptEncoder.Default };

    /// <param name="type">As <c>Person</c>.</param>
    /// <param name="facts">Null and empty ones are left out.</param>
    public static JsonObject Thing(string type, params (string Name, JsonNode? Value)[] facts)
    {
        var thing = new JsonObject { ["@type"] = type };
        foreach (var (name, value) in facts)
        {
            if (value is not null and not JsonArray { Count: 0 } && !(value is JsonValue text && text.TryGetValue<string>(out var written) && written.Length == 0))
                thing[name] = value;
        }
        return thing;
    }

    public static JsonArray Several(IEnumerable<JsonNode> things) => new([.. things]);

    /// <summary>All things of a page, as its one script element; the page's own nonce lets browsers keep it.</summary>
    public static IHtmlContent Script(IReadOnlyList<JsonObject> things, string nonce)
    {
        var graph = new JsonObject { ["@context"] = "https://schema.org", ["@graph"] = Several(things) };
        return new HtmlString($"<script type=\"application/ld+json\" nonce=\"{nonce}\">{graph.ToJsonString(Safe)}</script>");
    }
}
