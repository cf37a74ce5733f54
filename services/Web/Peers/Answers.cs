using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Platform;

namespace Web.Peers;

/// <summary>Reads what the other services answer; they may say more than a page needs.</summary>
public static class Answers
{
    public static JsonSerializerOptions Format { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { KeepWhatIsLeftOut } },
    };

    /// <summary>An optional field may be left out or null, which is the same: the property keeps the value it was made with, such as an empty list.</summary>
    private static void KeepWhatIsLeftOut(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => !p.PropertyType.IsValueType && p.Set is not null && !p.IsRequired))
        {
            var set = property.Set!;
            property.Set = (owner, value) =>
            {
                if (value is not null)
                    set(owner, value);
            };
        }
    }

    /// <exception cref="RefusedException">The answer is a problem below 500.</exception>
    /// <exception cref="UnavailableException">The service does not answer, or answers 5xx.</exception>
    public static Task<T> Ask<T>(this HttpClient http, string path, CancellationToken ct, params (string Name, string? Value)[] headers) =>
        http.Send<T>(HttpMethod.Get, path, null, ct, headers);

    /// <summary>The same, but null where there is nothing.</summary>
    public static async Task<T?> AskMaybe<T>(this HttpClient http, string path, CancellationToken ct, params (string Name, string? Value)[] headers)
        where T : class
    {
        try
        {
            return await http.Ask<T>(path, ct, headers);
        }
        catch (RefusedException refusal) when (refusal.Status == 404)
        {
            return null;
        }
    }

    /// <inheritdoc cref="Ask{T}"/>
    public static async Task<T> Send<T>(
        this HttpClient http, HttpMethod method, string path, object? body, CancellationToken ct, params (string Name, string? Value)[] headers)
    {
        using var answer = await http.Send(method, path, body, ct, headers);
        return await Read<T>(answer, ct);
    }

    /// <inheritdoc cref="Ask{T}"/>
    public static async Task<HttpResponseMessage> Send(
        this HttpClient http, HttpMethod method, string path, object? body, CancellationToken ct, params (string Name, string? Value)[] headers)
    {
        using var question = new HttpRequestMessage(method, path);
        if (body is not null)
            question.Content = JsonContent.Create(body, body.GetType(), options: Format);
        foreach (var (name, value) in headers.Where(h => h.Value is not null))
            question.Headers.TryAddWithoutValidation(name, value);
        return await http.Answer(question, ct);
    }

    /// <summary>The same question with less patience than every question has.</summary>
    /// <exception cref="UnavailableException">There was no answer in time.</exception>
    public static async Task<T> Within<T>(TimeSpan time, Func<CancellationToken, Task<T>> ask, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(time);
        try
        {
            return await ask(patience.Token);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new UnavailableException("A service", e);
        }
    }

    public const string ManageTokenHeader = "X-Manage-Token";

    private static async Task<HttpResponseMessage> Answer(this HttpClient http, HttpRequestMessage question, CancellationToken ct)
    {
        var answer = await http.SendAsync(question, ct);
        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
            throw await RefusedException.Read(answer, ct);
    }

    private static async Task<T> Read<T>(HttpResponseMessage answer, CancellationToken ct) =>
        await answer.Content.ReadFromJsonAsync<T>(Format, ct) ?? throw new UnavailableException(answer.RequestMessage?.RequestUri?.Authority ?? "A service");
}
