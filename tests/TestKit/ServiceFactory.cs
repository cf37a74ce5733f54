using System.Net.Http.Headers;
using MassTransit;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;

namespace TestKit;

/// <summary>
/// One service as it really runs, with a database of its own, a clock that stands still, and a virtual host of its own on the broker where
/// messages matter. Its peers are addresses in the settings.
/// </summary>
public sealed class ServiceFactory<TProgram, TDb> : WebApplicationFactory<TProgram>
    where TProgram : class
    where TDb : DbContext
{
    private static readonly Uri Nobody = new("http://127.0.0.1:9");

    private readonly Dictionary<string, string?> settings;
    private readonly TestDatabase database;
    private readonly TestBroker? broker;

    private ServiceFactory(TestDatabase database, Dictionary<string, string?> settings, TestBroker? broker, FakeClock clock)
    {
        this.database = database;
        this.settings = settings;
        this.broker = broker;
        Clock = clock;
    }

    public FakeClock Clock { get; }

    public TestDatabase Db => database;

    /// <exception cref="InvalidOperationException">It was started without a broker.</exception>
    public TestBroker Broker => broker ?? throw new InvalidOperationException("Start it with a broker.");

    /// <param name="settings">Environment names and values: peers' addresses, limits.</param>
    /// <param name="withBroker">Whether messages travel; without it they stay in the outbox, where a test can read them.</param>
    /// <param name="configureDatabase">What the service gives to <c>AddDatabase</c>, if anything.</param>
    public static async Task<ServiceFactory<TProgram, TDb>> Start(
        Dictionary<string, string?>? settings = null, bool withBroker = false, FakeClock? clock = null, Action<NpgsqlDbContextOptionsBuilder>? configureDatabase = null)
    {
        // The factory would look for a solution file above the build's output, which may be anywhere.
        var assembly = typeof(TProgram).Assembly.GetName().Name!;
        Environment.SetEnvironmentVariable($"ASPNETCORE_TEST_CONTENTROOT_{assembly.ToUpperInvariant().Replace('.', '_')}", AppContext.BaseDirectory);

        var database = await TestDatabase.Create<TDb>(configureDatabase);
        var broker = withBroker ? await TestBroker.Create() : null;
        var accounts = await FakePeer.Accounts;
        var name = typeof(TDb).Name[..^"Db".Length];
        var all = new Dictionary<string, string?>
        {
            [$"DATABASE_URL_{name.ToUpperInvariant()}"] = database.Url,
            ["AMQP_URL"] = broker?.Url ?? "amqp://nobody:nobody@127.0.0.1:9/none",
            ["SIGNING_KEY"] = TestKeys.SigningKey,
            ["SERVICE_KEY"] = TestKeys.ServiceKey,
            ["ENCRYPTION_KEY"] = TestKeys.EncryptionKey,
            ["LINK_KEY"] = TestKeys.LinkKey,
            ["PUBLIC_URL"] = "http://localhost:8080",
            ["RATE_LIMITS"] = "off",
            ["LOG_LEVEL"] = "Warning",
        };
        foreach (var peer in (string[])["LISTINGS", "AVAILABILITY", "BOOKINGS", "PAYMENTS", "NOTIFICATIONS"])
            all[$"{peer}_URL"] = Nobody.ToString();
        all["ACCOUNTS_URL"] = accounts.Url.ToString();
        foreach (var (key, value) in settings ?? [])
            all[key] = value;
        var factory = new ServiceFactory<TProgram, TDb>(database, all, broker, clock ?? new FakeClock());
        // What is published before a queue is bound is lost; the product declares its queues before it starts.
        if (broker is not null)
            await factory.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(60));
        return factory;
    }

    /// <summary>A guest, who follows no redirect and keeps no cookie. The factory does not keep a list of them: it would be no list for many threads.</summary>
    public HttpClient Guest() => new(Server.CreateHandler()) { BaseAddress = ClientOptions.BaseAddress };

    /// <summary>A signed-in person, by a token as Accounts makes them.</summary>
    public HttpClient As(string role, Guid? id = null, Guid? practitionerId = null, string email = "someone@example.org") =>
        Bearing(TestKeys.Person(Clock.GetUtcNow(), id ?? Guid.CreateVersion7(), email, [role], practitionerId));

    /// <summary>Another service.</summary>
    public HttpClient AsService() => Bearing(TestKeys.Service(Clock.GetUtcNow()));

    public HttpClient Bearing(string token)
    {
        var client = Guest();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Work with the service's own parts in a scope of their own.</summary>
    public async Task<T> In<T>(Func<TDb, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TDb>());
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        if (broker is not null)
            await broker.DisposeAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (key, value) in settings)
            builder.UseSetting(key, value);
        builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock)));
    }
}
