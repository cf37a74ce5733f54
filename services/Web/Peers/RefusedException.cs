using System.Text.Json;

namespace Web.Peers;

/// <summary>What another service answered instead of what was asked for: an RFC 9457 problem. Its message holds nothing personal.</summary>
public sealed class RefusedException(int status, string name, string? title, string? detail, JsonElement body) : Exception($"Answered {status} {name}.")
{
    private const string Prefix = "urn:problem:";

    public int Status => status;

    /// <summary>The last part of <c>urn:problem:NAME</c>.</summary>
    public string Name => name;

    public string? Title => title;

    public string? Detail => detail;

    /// <summary>What is wrong, by the field's JSON path.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; } =
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Object
            ? errors.EnumerateObject().ToDictionary(e => e.Name, e => e.Value.Deserialize<string[]>() ?? [])
            : new Dictionary<string, string[]>();

    /// <summary>A further member of the problem, or the type's empty value.</summary>
    public T? Member<T>(string member) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(member, out var value) ? value.Deserialize<T>(Answers.Format) : default;

    /// <summary>What may have been meant instead; each a word, or a thing with a name.</summary>
    public IReadOnlyList<string> Suggestions() =>
        [.. (Member<JsonElement[]>("suggestions") ?? []).Select(s => s.ValueKind == JsonValueKind.String ? s.GetString() : s.Deserialize<Place>(Answers.Format)?.Written).OfType<string>()];

    public static async Task<RefusedException> Read(HttpResponseMessage answer, CancellationToken ct)
    {
        var body = default(JsonElement);
        if (answer.Content.Headers.ContentType?.MediaType == "application/problem+json")
            body = await JsonSerializer.DeserializeAsync<JsonElement>(await answer.Content.ReadAsStreamAsync(ct), Answers.Format, ct);
        var type = Text(body, "type") ?? "";
        return new((int)answer.StatusCode, type.StartsWith(Prefix, StringComparison.Ordinal) ? type[Prefix.Length..] : "", Text(body, "title"), Text(body, "detail"), body);
    }

    private static string? Text(JsonElement body, string member) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
