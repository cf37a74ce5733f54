using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace StripeSandbox;

/// <summary>Posts signed events to the one endpoint, again and again until it answers 2xx, for three days. Order is not promised.</summary>
public sealed class Webhooks(Store store, SandboxOptions options) : BackgroundService
{
    public const string Delivery = "sandbox.delivery";

    private const int AtOnce = 16;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(3);

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly ConcurrentDictionary<string, Task> onTheWay = new();
    private readonly SemaphoreSlim woken = new(0);

    /// <summary>Sends an event once, now.</summary>
    /// <returns>The status answered; 0 when nobody did.</returns>
    public async Task<int> Send(string eventId, CancellationToken ct = default)
    {
        var happened = store.Find("event", eventId) ?? throw new InvalidOperationException($"There is no event {eventId}.");
        var body = happened.ToJsonString();
        var signedAt = options.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.WebhookSecret), Encoding.UTF8.GetBytes($"{signedAt}.{body}"));

        using var request = new HttpRequestMessage(HttpMethod.Post, options.WebhookUrl)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Stripe-Signature", $"t={signedAt},v1={Convert.ToHexStringLower(signature)}");
        try
        {
            using var response = await http.SendAsync(request, ct);
            return (int)response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested)
        {
            return 0;
        }
    }

    /// <summary>Delivers what is held, one after the other: what is named (by id or type) first, in that order.</summary>
    public async Task<IReadOnlyList<string>> Release(IReadOnlyList<string> order)
    {
        var held = store.Where(Delivery, d => (bool)d["held"]!);
        var named = order.SelectMany(name => held.Where(d => (string)d["id"]! == name || (string)d["type"]! == name)).Distinct().ToList();
        var sent = new List<string>();
        foreach (var delivery in named.Concat(held.Except(named)))
        {
            await Try(delivery, CancellationToken.None);
            sent.Add((string)delivery["type"]!);
        }

        return sent;
    }

    public override void Dispose()
    {
        http.Dispose();
        woken.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.WebhookUrl is null)
            return;

        store.SomethingToTell += Wake;
        while (!stoppingToken.IsCancellationRequested)
        {
            // The pauses between tries are the machine's time, even where a test has stopped the sandbox's clock.
            var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            foreach (var delivery in store.Where(Delivery, d => !(bool)d["held"]! && (long)d["due"]! <= now))
            {
                var id = (string)delivery["id"]!;
                if (onTheWay.Count < AtOnce && !onTheWay.ContainsKey(id))
                {
                    onTheWay[id] = Task.Run(
                        async () =>
                        {
                            await Try(delivery, stoppingToken);
                            onTheWay.TryRemove(id, out _);
                            Wake();
                        },
                        stoppingToken);
                }
            }

            await woken.WaitAsync(TimeSpan.FromMilliseconds(250), stoppingToken);
        }
    }

    private void Wake()
    {
        if (woken.CurrentCount == 0)
            woken.Release();
    }

    private async Task Try(JsonObject delivery, CancellationToken ct)
    {
        var status = await Send((string)delivery["id"]!, ct);
        if (status is >= (int)HttpStatusCode.OK and < (int)HttpStatusCode.MultipleChoices)
        {
            delivery["deleted"] = true;
        }
        else
        {
            var attempts = (int)delivery["attempts"]! + 1;
            var now = TimeProvider.System.GetUtcNow();
            var pause = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(attempts - 1, 10)), LongestPause.TotalSeconds));
            delivery["held"] = false;
            delivery["attempts"] = attempts;
            delivery["first"] ??= now.ToUnixTimeMilliseconds();
            delivery["due"] = (now + pause).ToUnixTimeMilliseconds();
            delivery["deleted"] = now - DateTimeOffset.FromUnixTimeMilliseconds((long)delivery["first"]!) > GivenUpAfter;
        }

        store.Change(change =>
        {
            change.Put(delivery);
            return true;
        });
    }
}
