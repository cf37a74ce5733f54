using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using StripeSandbox;
using TestKit;

namespace Payments.Tests;

/// <summary>Our account at Stripe: the real sandbox on a free port, seen as its owner and as a client with a card sees it.</summary>
public sealed class StripeAccount : IAsyncDisposable
{
    public const string Secret = "whsec_test";
    public const string GoodCard = "4242424242424242";

    private readonly string folder = Path.Combine(Path.GetTempPath(), $"stripe-{Guid.CreateVersion7():N}");
    private readonly string? webhook;
    private readonly FakeClock clock;
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private WebApplication sandbox;

    private StripeAccount(string? webhook, FakeClock clock)
    {
        this.webhook = webhook;
        this.clock = clock;
        sandbox = Make("http://127.0.0.1:0");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "sk_test_1");
    }

    public string Url { get; private set; } = "";

    public static async Task<StripeAccount> Open(string? webhook, FakeClock clock)
    {
        var account = new StripeAccount(webhook, clock);
        await account.sandbox.StartAsync();
        account.Url = account.sandbox.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return account;
    }

    public async Task GoAway()
    {
        await sandbox.StopAsync();
        await sandbox.DisposeAsync();
    }

    public async Task ComeBack()
    {
        sandbox = Make(Url);
        await sandbox.StartAsync();
    }

    /// <summary>A client pays on the hosted page.</summary>
    public async Task<HttpStatusCode> Pay(string checkoutUrl, string card = GoodCard)
    {
        using var answer = await http.PostAsync(checkoutUrl, new FormUrlEncodedContent([new("card", card)]));
        return answer.StatusCode;
    }

    public async Task<JsonElement> Get(string path) => JsonDocument.Parse(await http.GetStringAsync(Url + path)).RootElement;

    public async Task<JsonElement> Post(string path, params (string Name, string Value)[] form)
    {
        using var answer = await http.PostAsync(Url + path, new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value))));
        var body = await answer.Content.ReadAsStringAsync();
        return body.Length == 0 ? default : JsonDocument.Parse(body).RootElement;
    }

    /// <summary>The one session of a booking.</summary>
    public async Task<JsonElement> Session(Guid bookingId) =>
        (await All("checkout/sessions")).Single(s => s.GetProperty("client_reference_id").GetString() == bookingId.ToString());

    /// <summary>Refunds of a booking's payment that are not failed.</summary>
    public async Task<List<JsonElement>> Refunds(Guid bookingId)
    {
        var intent = (await Session(bookingId)).GetProperty("payment_intent").GetString();
        return [.. (await All("refunds")).Where(r => r.GetProperty("payment_intent").GetString() == intent)];
    }

    /// <summary>The events of a booking's payment, as their bodies are sent, oldest first.</summary>
    public async Task<List<JsonElement>> Events(Guid bookingId)
    {
        var session = await Session(bookingId);
        var intent = session.GetProperty("payment_intent").GetString()!;
        var events = (await All("events")).Where(e => e.GetRawText().Contains(intent, StringComparison.Ordinal)
            || e.GetRawText().Contains(bookingId.ToString(), StringComparison.Ordinal)).ToList();
        events.Reverse();
        return events;
    }

    public async Task<List<JsonElement>> All(string collection)
    {
        var all = new List<JsonElement>();
        while (true)
        {
            var page = await Get($"/v1/{collection}?limit=100{(all.Count > 0 ? $"&starting_after={all[^1].GetProperty("id").GetString()}" : "")}");
            all.AddRange(page.GetProperty("data").EnumerateArray());
            if (!page.GetProperty("has_more").GetBoolean())
                return all;
        }
    }

    /// <summary>A header that Stripe would send with this body.</summary>
    public static string Sign(string body, DateTimeOffset at, string secret = Secret)
    {
        var instant = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"t={instant},v1={Stripe.EventUtility.ComputeSignature(secret, instant, body)}";
    }

    public async ValueTask DisposeAsync()
    {
        await GoAway();
        http.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private WebApplication Make(string url) => Sandbox.Create(new SandboxOptions(url, folder, webhook, Secret) { Clock = clock });
}
