using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Web.Peers;

/// <summary>The broker's own account of its queues, at <c>RABBITMQ_MANAGEMENT_URL</c>.</summary>
public sealed class BrokerClient(HttpClient http, IConfiguration settings)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>By name; null when the broker's management is not set or does not answer.</summary>
    public async Task<IReadOnlyList<QueueState>?> Queues(CancellationToken ct)
    {
        if (settings["RABBITMQ_MANAGEMENT_URL"] is not { Length: > 0 } set || !Uri.TryCreate(set, UriKind.Absolute, out var management))
            return null;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        using var question = new HttpRequestMessage(HttpMethod.Get, new Uri(management, "/api/queues?columns=name,messages_ready,messages_unacknowledged,consumers"));
        question.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(management.UserInfo))));
        try
        {
            using var answer = await http.SendAsync(question, patience.Token);
            answer.EnsureSuccessStatusCode();
            var told = await answer.Content.ReadFromJsonAsync<List<Told>>(Names, patience.Token);
            return [.. (told ?? []).Select(q => new QueueState(q.Name, q.MessagesReady, q.MessagesUnacknowledged, q.Consumers)).OrderBy(q => q.Name, StringComparer.Ordinal)];
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is HttpRequestException or OperationCanceledException or JsonException)
        {
            return null;
        }
    }

    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private sealed record Told(string Name, long MessagesReady = 0, long MessagesUnacknowledged = 0, int Consumers = 0);
}

/// <param name="Waiting">Messages that nobody works on.</param>
/// <param name="InHand">Messages that a consumer works on, or tries again.</param>
public sealed record QueueState(string Name, long Waiting, long InHand, int Consumers)
{
    /// <summary>What could not be consumed lies here until somebody looks.</summary>
    public bool IsDeadLetters => Name.EndsWith("_error", StringComparison.Ordinal) || Name.EndsWith("_undeliverable", StringComparison.Ordinal);
}
