using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace TestKit;

/// <summary>A virtual host of a test's own on the real broker; gone when the test is done.</summary>
public sealed class TestBroker : IAsyncDisposable
{
    private readonly string virtualHost = $"test-{Guid.CreateVersion7():N}";

    private TestBroker() { }

    /// <summary><c>amqp://…</c>, as <c>AMQP_URL</c> wants it.</summary>
    public string Url => new UriBuilder(TestServers.AmqpUrl) { Path = virtualHost }.Uri.ToString();

    public static async Task<TestBroker> Create()
    {
        var broker = new TestBroker();
        var user = new Uri(TestServers.AmqpUrl).UserInfo.Split(':')[0];
        await Management(HttpMethod.Put, $"api/vhosts/{broker.virtualHost}");
        await Management(HttpMethod.Put, $"api/permissions/{broker.virtualHost}/{user}", """{"configure":".*","write":".*","read":".*"}""");
        return broker;
    }

    /// <summary>Messages that lie ready in a queue; none when there is no such queue.</summary>
    public async Task<int> Waiting(string queue) =>
        await Management(HttpMethod.Get, $"api/queues/{virtualHost}/{queue}") is { } answer
        && JsonDocument.Parse(answer).RootElement.TryGetProperty("messages", out var messages)
            ? messages.GetInt32()
            : 0;

    public async ValueTask DisposeAsync() => await Management(HttpMethod.Delete, $"api/vhosts/{virtualHost}");

    private static async Task<string?> Management(HttpMethod method, string path, string? body = null)
    {
        var url = new Uri(TestServers.RabbitManagementUrl);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(method, new Uri(new Uri($"{url.Scheme}://{url.Authority}/"), path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(url.UserInfo))));
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync();
    }
}
