using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TestKit;

/// <summary>A small real web server on a free port that stands where another service would; it can be stopped and counts its calls.</summary>
public sealed class FakePeer : IAsyncDisposable
{
    private static readonly Lazy<Task<FakePeer>> SharedAccounts = new(() => Start(app => app.MapGet("/.well-known/jwks.json", () => Results.Text(TestKeys.Jwks, "application/json"))));

    private readonly WebApplication app;
    private int calls;

    private FakePeer(WebApplication app) => this.app = app;

    public Uri Url { get; private set; } = null!;

    public int Calls => calls;

    /// <summary>Knows nothing but the keys of <see cref="TestKeys"/>.</summary>
    public static Task<FakePeer> Accounts => SharedAccounts.Value;

    public static async Task<FakePeer> Start(Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(o => Platform.Json.MakeStrict(o.SerializerOptions));
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var peer = new FakePeer(app);
        app.Use(next => http =>
        {
            Interlocked.Increment(ref peer.calls);
            return next(http);
        });
        map(app);
        await app.StartAsync();
        peer.Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return peer;
    }

    public Task Stop() => app.StopAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
