using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Stripe;
using Stripe.Checkout;
using StripeSandbox;
using TestKit;
using Xunit;

namespace StripeTests;

/// <summary>The client library and the sandbox, speaking to each other; neither knows the other's code.</summary>
public abstract class SandboxAccount : IAsyncLifetime
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"stripe-{Guid.CreateVersion7():N}");
    private WebApplication sandbox = null!;

    protected FakeClock Clock { get; } = new();

    protected HttpClient Browser { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    protected string Url { get; private set; } = "http://127.0.0.1:0";

    protected StripeClient Client { get; private set; } = null!;

    /// <summary>A practitioner's account that can be paid.</summary>
    protected string Destination { get; private set; } = "";

    public async Task InitializeAsync()
    {
        await Start();
        Url = sandbox.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Client = Speaking(maxNetworkRetries: 2);
        var account = await new AccountService(Client).CreateAsync(new()
        {
            Type = "custom",
            TosAcceptance = new() { Date = Clock.GetUtcNow().UtcDateTime },
            Capabilities = new() { Transfers = new() { Requested = true } },
        });
        Assert.True(account.ChargesEnabled);
        Destination = account.Id;
    }

    public async Task DisposeAsync()
    {
        await sandbox.StopAsync();
        await sandbox.DisposeAsync();
        Browser.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    protected StripeClient Speaking(int maxNetworkRetries) => new(new StripeClientOptions
    {
        ApiKey = "sk_test_1",
        ApiBase = Url,
        HttpClient = new SystemNetHttpClient(new HttpClient(new SocketsHttpHandler { UseProxy = false }), maxNetworkRetries),
    });

    /// <summary>The process dies and another takes its place.</summary>
    protected async Task Restart()
    {
        await sandbox.StopAsync();
        await sandbox.DisposeAsync();
        await Start();
    }

    /// <summary>An unfinished line, as a process leaves it that is killed while it writes.</summary>
    protected Task Tear() => File.AppendAllTextAsync(Path.Combine(folder, "journal.jsonl"), "[{\"id\":\"pi_torn\",\"obj");

    protected SessionCreateOptions Options(long amount = 10000, long? fee = 250, DateTimeOffset? expiresAt = null) => new()
    {
        Mode = "payment",
        SuccessUrl = "http://shop.example/done?session={CHECKOUT_SESSION_ID}",
        CancelUrl = "http://shop.example/back",
        ExpiresAt = expiresAt?.UtcDateTime,
        ClientReferenceId = "b1",
        Metadata = new() { ["booking_id"] = "b1" },
        LineItems = [new() { Quantity = 1, PriceData = new() { Currency = "usd", UnitAmount = amount, ProductData = new() { Name = "Visit" } } }],
        PaymentIntentData = new() { ApplicationFeeAmount = fee, TransferData = new() { Destination = Destination } },
    };

    protected async Task<Session> Session(SessionCreateOptions? options = null, string? key = null) =>
        await new SessionService(Client).CreateAsync(options ?? Options(), new RequestOptions { IdempotencyKey = key });

    protected Task<HttpResponseMessage> Pay(Session session, string card) =>
        Browser.PostAsync(session.Url, new FormUrlEncodedContent([new("card", card)]));

    protected async Task Switch(string path)
    {
        using var answer = await Browser.PostAsync($"{Url}/_sandbox/{path}", null);
        answer.EnsureSuccessStatusCode();
    }

    private async Task Start()
    {
        sandbox = Sandbox.Create(new SandboxOptions(Url, folder, null, "whsec_test") { Clock = Clock });
        await sandbox.StartAsync();
    }
}
