using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Platform;

/// <summary>
/// What a service says about itself. To anybody: whether it is running, and whether it is ready, which means that its database answers; the broker's
/// state is only reported, since the outbox bridges its absence. To operators, at addresses that the door does not route: what is waiting and what is
/// stuck, and the two actions that set it going again.
/// </summary>
internal static class Operations
{
    /// <summary>Behind a queue's name: what could not be consumed, and what kept killing its consumer.</summary>
    private static readonly string[] DeadLetters = ["_error", "_undeliverable"];

    private const int Most = 100;

    public sealed record State(string Version, DateTimeOffset StartedAt, OutboxState Outbox);

    /// <param name="Waiting">Due and not sent yet.</param>
    public sealed record OutboxState(long Waiting, DateTimeOffset? OldestAt, long Dead, IReadOnlyList<DeadMessage> FirstDead);

    public sealed record DeadMessage(Guid Id, string Type, int Attempts, DateTimeOffset CreatedAt);

    public sealed record Delivered(int Messages);

    public static void MapOperations(this WebApplication app)
    {
        app.MapGet("/health/live", () => TypedResults.Ok(new { status = "live" })).ExcludeFromDescription();
        if (app.Configuration[Service.NameKey] == "Web")
            return;
        app.MapGet("/health/ready", Ready).ExcludeFromDescription();

        var startedAt = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var operators = app.MapGroup("/operations").RequireRole("operator").ExcludeFromDescription();
        operators.MapGet("/", (DbContext db, TimeProvider clock, CancellationToken ct) => Show(startedAt, db, clock, ct));
        operators.MapPost("/outbox/{id:guid}/send", SendAgain);
        operators.MapPost("/queues/{queue}/deliver", DeliverAgain);
    }

    private static async Task<IResult> Ready(IServiceProvider services, CancellationToken ct)
    {
        var broker = services.GetService<IBusControl>()?.CheckHealth().Status is null or BusHealthStatus.Healthy;
        var database = await DatabaseAnswers(services.GetService<DbContext>(), ct);
        return Results.Json(new { status = database ? "ready" : "unready", database, broker }, Json.Strict, statusCode: database ? 200 : 503);
    }

    private static async Task<bool> DatabaseAnswers(DbContext? db, CancellationToken ct)
    {
        if (db is null)
            return true;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromSeconds(3));
        try
        {
            await db.Database.ExecuteSqlAsync($"SELECT 1", patience.Token);
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException or OperationCanceledException or TimeoutException)
        {
            return false;
        }
    }

    private static async Task<Ok<State>> Show(DateTimeOffset startedAt, DbContext db, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var due = db.Set<OutboxMessage>().Where(m => m.State == "waiting" && m.DueAt <= now);
        var dead = db.Set<OutboxMessage>().Where(m => m.State == "dead");
        return TypedResults.Ok(new State(Service.Version, startedAt, new(
            await due.LongCountAsync(ct),
            await due.MinAsync(m => (DateTimeOffset?)m.CreatedAt, ct),
            await dead.LongCountAsync(ct),
            await dead.OrderBy(m => m.CreatedAt).Take(Most).Select(m => new DeadMessage(m.Id, m.Type, m.Attempts, m.CreatedAt)).ToListAsync(ct))));
    }

    /// <summary>A message that was put aside is tried anew, as often as a fresh one.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> SendAgain(Guid id, DbContext db, TimeProvider clock, CancellationToken ct)
    {
        var revived = await db.Database.ExecuteSqlAsync(
            $"UPDATE outbox SET state = 'waiting', attempts = 0, due_at = {clock.GetUtcNow()} WHERE id = {id} AND state = 'dead'", ct);
        return revived == 1 ? TypedResults.NoContent() : Problem.NotFound;
    }

    /// <summary>
    /// What lies in a dead-letter queue of this service goes back to the queue it came from, each message confirmed there before it is taken
    /// from here. Those that fail again come back and are not met twice.
    /// </summary>
    private static async Task<Results<Ok<Delivered>, ProblemHttpResult>> DeliverAgain(string queue, IConfiguration settings, CancellationToken ct)
    {
        var ending = DeadLetters.FirstOrDefault(e => queue.EndsWith(e, StringComparison.Ordinal));
        if (ending is null || !queue.StartsWith($"{settings[Service.NameKey]!.ToLowerInvariant()}-", StringComparison.Ordinal))
            return Problem.NotFound;
        try
        {
            await using var connection = await new ConnectionFactory { Uri = new Uri(settings["AMQP_URL"]!) }.CreateConnectionAsync(ct);
            await using var channel = await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), ct);
            var moved = 0;
            for (var left = await channel.MessageCountAsync(queue, ct); left > 0; left--)
            {
                if (await channel.BasicGetAsync(queue, autoAck: false, ct) is not { } dead)
                    break;
                await channel.BasicPublishAsync("", queue[..^ending.Length], mandatory: true, Fresh(dead.BasicProperties), dead.Body, ct);
                await channel.BasicAckAsync(dead.DeliveryTag, multiple: false, ct);
                moved++;
            }
            return TypedResults.Ok(new Delivered(moved));
        }
        catch (OperationInterruptedException gone) when (gone.ShutdownReason?.ReplyCode == 404)
        {
            return Problem.NotFound;
        }
        catch (Exception e) when (e is BrokerUnreachableException or AlreadyClosedException)
        {
            throw new UnavailableException("RabbitMQ", e);
        }
    }

    /// <summary>The message as it was sent, without what was noted about its failure.</summary>
    private static BasicProperties Fresh(IReadOnlyBasicProperties properties) => new(properties)
    {
        Headers = properties.Headers?
            .Where(h => !h.Key.StartsWith("MT-Fault-", StringComparison.Ordinal) && h.Key != "MT-Reason" && !h.Key.StartsWith("x-", StringComparison.Ordinal))
            .ToDictionary(h => h.Key, h => h.Value),
    };
}
