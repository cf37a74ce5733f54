using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Platform;

namespace Bookings;

/// <summary>Another service's refusal, handed on to the caller as it was said.</summary>
public static class PeerProblem
{
    private static readonly string[] Standard = ["type", "title", "status", "detail", "instance", "traceId"];

    /// <summary>Null when the answer is a success.</summary>
    /// <exception cref="HttpRequestException">The peer does not take us for a service, or answers with something that is no problem.</exception>
    public static async Task<ProblemHttpResult?> Read(HttpResponseMessage answer, CancellationToken ct)
    {
        if (answer.IsSuccessStatusCode)
            return null;
        if (answer.StatusCode is System.Net.HttpStatusCode.Unauthorized or System.Net.HttpStatusCode.Forbidden
            || answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            throw new HttpRequestException($"{answer.RequestMessage?.RequestUri?.AbsolutePath} answered {(int)answer.StatusCode}.", null, answer.StatusCode);
        }

        var problem = await answer.Content.ReadFromJsonAsync<Dictionary<string, JsonElement>>(Json.Tolerant, ct) ?? [];
        var name = Text(problem, "type")?.Split(':')[^1] ?? "refused";
        return Problem.Of(
            (int)answer.StatusCode, name, Text(problem, "title") ?? "This was refused", Text(problem, "detail"),
            problem.Where(member => !Standard.Contains(member.Key)).Select(member => KeyValuePair.Create(member.Key, (object?)member.Value)));
    }

    private static string? Text(Dictionary<string, JsonElement> problem, string name) =>
        problem.TryGetValue(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
