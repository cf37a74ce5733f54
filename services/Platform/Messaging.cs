using System.Net.Sockets;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Platform;

/// <summary>Facts between services: MassTransit on RabbitMQ at <c>AMQP_URL</c>, out through the outbox, in through the inbox.</summary>
public static class Messaging
{
    private const int DeliveryLimit = 100;

    /// <summary>At ten seconds each, more than a day: longer than any server stays away unseen.</summary>
    private const int PatientRetries = 10_000;

    /// <summary>
    /// Each consumer has a quorum queue of its own, named <c>{service}-{consumer}</c>. A consumer's effects and the note that it has seen the
    /// message commit together. What fails because a server is away is tried until it is back; anything else five times, then it waits in
    /// <c>{queue}_error</c>. A message that keeps killing its consumer ends in <c>{queue}_undeliverable</c>.
    /// </summary>
    public static void AddMessaging(this WebApplicationBuilder builder, Action<IBusRegistrationConfigurator> consumers)
    {
        var name = builder.Configuration[Service.NameKey]!;
        var broker = new Uri(builder.Configuration["AMQP_URL"] ?? throw new InvalidOperationException("The setting AMQP_URL is missing."));

        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.SetEndpointNameFormatter(new KebabCaseEndpointNameFormatter($"{name}-", false));
            consumers(bus);
            bus.AddConfigureEndpointsCallback((_, queue, endpoint) =>
            {
                if (endpoint is not IRabbitMqReceiveEndpointConfigurator rabbit)
                    return;
                rabbit.SetQuorumQueue();
                rabbit.SetQueueArgument("x-delivery-limit", DeliveryLimit);
                rabbit.BindDeadLetterQueue($"{queue}_undeliverable", $"{queue}_undeliverable", dead => dead.SetQuorumQueue());
                rabbit.PrefetchCount = 16;
                rabbit.ConcurrentMessageLimit = 8;
            });
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(broker);
                rabbit.UseMessageRetry(retry =>
                {
                    retry.Handle<Exception>(Problem.IsUnavailable);
                    retry.Exponential(PatientRetries, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(300));
                });
                rabbit.UseMessageRetry(retry =>
                {
                    retry.Ignore<Exception>(Problem.IsUnavailable);
                    retry.Exponential(5, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(200));
                });
                rabbit.UseConsumeFilter(typeof(InboxFilter<>), context);
                rabbit.ConfigureEndpoints(context);
            });
        });
        // The pages and the API answer before the broker is up.
        builder.Services.Configure<MassTransitHostOptions>(o => o.WaitUntilStarted = false);
        builder.AddWorker<OutboxRelay>();
        builder.AddWorker<BrokerWatch>();
    }

    /// <summary>Waits up to two minutes for the broker.</summary>
    internal static async Task DeclareQueues(IServiceProvider services, CancellationToken ct)
    {
        var bus = services.GetRequiredService<IBusControl>();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        // Stopped at once: a started endpoint has declared its queue and bindings, which is all that is wanted.
        await bus.StartAsync(patience.Token);
        await bus.StopAsync(patience.Token);
    }
}

/// <summary>
/// A connection that was made while the broker was still coming up can hang for good, and its library does not give it up (MassTransit's issue
/// 5942). A service that has been cut off for half a minute from a broker that takes connections ends itself; what started it starts it again, and nothing is lost by that.
/// </summary>
internal sealed class BrokerWatch(IBusControl bus, IConfiguration configuration, IHostApplicationLifetime life, TimeProvider clock, ILogger<BrokerWatch> log) : Worker
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(5);
    private readonly Uri broker = new(configuration["AMQP_URL"]!);
    private DateTimeOffset? cutOffSince;

    protected override TimeSpan Period => TimeSpan.FromSeconds(5);

    protected override async Task<bool> RunOnce(IServiceProvider services, CancellationToken ct)
    {
        if (bus.CheckHealth().Status == BusHealthStatus.Healthy || !await TakesConnections(ct))
        {
            cutOffSince = null;
            return false;
        }

        cutOffSince ??= clock.GetUtcNow();
        if (clock.GetUtcNow() - cutOffSince < Patience)
            return false;
        log.LogCritical("The broker is there, and this service does not reach it: ending, to be started again");
        life.StopApplication();
        _ = InsistOnEnding();
        return false;
    }

    /// <summary>What hangs may also keep the service from stopping in good order.</summary>
    private static async Task InsistOnEnding()
    {
        await Task.Delay(TimeToEnd);
        Environment.Exit(1);
    }

    private async Task<bool> TakesConnections(CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromSeconds(2));
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync(broker.Host, broker.Port, patience.Token);
            // The kernel takes connections for a broker that is frozen too; one that lives answers the greeting.
            await socket.GetStream().WriteAsync("AMQP\0\0\u0009\u0001"u8.ToArray(), patience.Token);
            return await socket.GetStream().ReadAsync(new byte[1], patience.Token) == 1;
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            return false;
        }
    }
}

/// <summary>Lets a message through once per consumer, in the transaction that its effects commit in.</summary>
internal sealed class InboxFilter<TMessage>(DbContext db, TimeProvider clock, ILogger<InboxFilter<TMessage>> log) : IFilter<ConsumeContext<TMessage>>
    where TMessage : class
{
    public async Task Send(ConsumeContext<TMessage> context, IPipe<ConsumeContext<TMessage>> next)
    {
        Correlation.Current = context.Headers.Get<string>(Correlation.Header);
        using var scope = log.BeginScope(new Dictionary<string, object?> { ["correlationId"] = Correlation.Current });

        var consumer = context.ReceiveContext.InputAddress.AbsolutePath.Split('/')[^1];
        await using var transaction = await db.Database.BeginTransactionAsync(context.CancellationToken);
        var isNew = await db.Database.ExecuteSqlAsync(
            $"INSERT INTO inbox (message_id, consumer, at) VALUES ({context.MessageId!.Value}, {consumer}, {clock.GetUtcNow()}) ON CONFLICT DO NOTHING",
            context.CancellationToken) == 1;
        if (isNew)
        {
            await next.Send(context);
            await db.SaveChangesAsync(context.CancellationToken);
            await transaction.CommitAsync(context.CancellationToken);
        }
        else
        {
            // Without this MassTransit takes a message that reached no consumer for a skipped one.
            await context.NotifyConsumed(TimeSpan.Zero, consumer);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("inbox");
}
