using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using TestKit;

namespace Availability.Tests;

/// <summary>A service with a broker, and an ear on what it says.</summary>
public sealed class WorldOfMessages : World
{
    private readonly ConcurrentQueue<object> heard = new();

    protected override bool WithBroker => true;

    public IBusControl Bus => Service.Services.GetRequiredService<IBusControl>();

    public IEnumerable<T> Heard<T>() => heard.OfType<T>();

    public Task Say<T>(T message)
        where T : class => Bus.Publish(message);

    /// <summary>The next message of its kind that fits, once it has come.</summary>
    public Task<T> Hears<T>(Func<T, bool> fits)
        where T : class => Eventually.Some(() => Task.FromResult(Heard<T>().FirstOrDefault(fits)), what: typeof(T).Name);

    protected override async Task Ready()
    {
        await Eventually.True(() => Task.FromResult(Bus.CheckHealth().Status == BusHealthStatus.Healthy), TimeSpan.FromSeconds(30), "the bus");
        var ear = Bus.ConnectReceiveEndpoint("ear", endpoint =>
        {
            Listen<Contracts.HoldKept>(endpoint);
            Listen<Contracts.HoldLost>(endpoint);
            Listen<Contracts.HoldEnded>(endpoint);
            Listen<Contracts.OpeningsChanged>(endpoint);
        });
        await ear.Ready;
    }

    private void Listen<T>(IReceiveEndpointConfigurator endpoint)
        where T : class => endpoint.Handler<T>(context =>
    {
        heard.Enqueue(context.Message);
        return Task.CompletedTask;
    });
}
