using System.Globalization;
using System.Text.Json.Nodes;

namespace StripeSandbox;

/// <summary>The parameters of a call, written with brackets: <c>line_items[0][quantity]</c>. As at Stripe, unknown ones are refused.</summary>
public sealed class Parameters(IReadOnlyDictionary<string, string> values)
{
    private readonly HashSet<string> read = [];

    /// <summary>The same for the same parameters in any order.</summary>
    public string Fingerprint => string.Join('&', values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}={v.Value}"));

    public static async Task<Parameters> Of(HttpRequest request)
    {
        var values = request.HasFormContentType
            ? (IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>>)await request.ReadFormAsync()
            : request.Query;
        return new Parameters(values.ToDictionary(v => v.Key, v => v.Value.ToString()));
    }

    public string? Text(string name)
    {
        read.Add(name);
        return values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
    }

    public string Required(string name) =>
        Text(name) ?? throw Refusal.Parameter(name, $"Missing required param: {name}.", "parameter_missing");

    public long? Number(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Refusal.Parameter(name, $"Invalid integer: {text}", "parameter_invalid_integer");
    }

    public bool Flag(string name) => Text(name) switch
    {
        null or "false" => false,
        "true" => true,
        var other => throw Refusal.Parameter(name, $"Invalid boolean: {other}"),
    };

    public JsonObject Map(string name)
    {
        var map = new JsonObject();
        foreach (var (key, value) in values.Where(v => v.Key.StartsWith(name + "[", StringComparison.Ordinal)))
        {
            read.Add(key);
            map[key[(name.Length + 1)..^1]] = value;
        }

        return map;
    }

    public bool Any(string prefix) => values.Keys.Any(key => key.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Takes what Stripe knows and the sandbox makes no use of.</summary>
    public void Accept(string prefix)
    {
        foreach (var key in values.Keys.Where(key => key == prefix || key.StartsWith(prefix + "[", StringComparison.Ordinal)))
            read.Add(key);
    }

    /// <exception cref="Refusal">Something was sent that nobody asked for.</exception>
    public void NothingElse()
    {
        if (values.Keys.FirstOrDefault(key => !read.Contains(key)) is { } unknown)
            throw Refusal.Parameter(unknown, $"Received unknown parameter: {unknown}", "parameter_unknown");
    }
}
