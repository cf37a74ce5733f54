using System.Data.Common;
using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Platform;

public sealed class OutboxOptions
{
    /// <summary>Seconds between looks for messages that were not sent right after their commit.</summary>
    public double OutboxPollSeconds { get; set; } = 1;

    /// <summary>After so many failures that are the message's own, it is put aside as dead.</summary>
    public int OutboxAttempts { get; set; } = 10;
}

/// <summary>A message that has been committed with the change it tells of, and has not reached the broker yet.</summary>
public sealed class OutboxMessage
{
    private OutboxMessage() { }

    public required Guid Id { get; init; }
    public required string Type { get; init; }
    public required JsonDocument Body { get; init; }
    public string? CorrelationId { get; init; }
    public string? TraceParent { get; init; }
    public int Attempts { get; private set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset DueAt { get; private set; }
    public string State { get; private set; } = "waiting";

    /// <param name="dueAt">Not before this; now when left out.</param>
    public static OutboxMessage From(object message, DateTimeOffset now, DateTimeOffset? dueAt = null) => new()
    {
        Id = Guid.CreateVersion7(now),
        Type = NameOf(message.GetType()),
        Body = JsonSerializer.SerializeToDocument(message, message.GetType(), Json.Strict),
        CorrelationId = Correlation.Current,
        TraceParent = Activity.Current?.Id,
        CreatedAt = now,
        DueAt = dueAt ?? now,
    };

    /// <exception cref="JsonException">The body is not of its type any more.</exception>
    /// <exception cref="TypeLoadException">The type is gone.</exception>
    internal object Message() => Body.Deserialize(System.Type.GetType(Type, throwOnError: true)!, Json.Tolerant)!;

    internal static string NameOf(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";

    internal void Failed(DateTimeOffset now, int limit)
    {
        Attempts++;
        DueAt = now.AddSeconds(Math.Min(300, Math.Pow(2, Attempts)));
        if (Attempts >= limit)
            State = "dead";
    }
}

/// <summary>Publishing with the transaction that the message tells of.</summary>
public static class Outbox
{
    /// <summary>Adds the message to the context; it leaves once the change is committed, at least once.</summary>
    /// <param name="dueAt">Not before this; now when left out.</param>
    public static void Publish(this DbContext db, object message, DateTimeOffset now, DateTimeOffset? dueAt = null) =>
        db.Add(OutboxMessage.From(message, now, dueAt));

    /// <summary>Messages of one kind, committed at <paramref name="since"/> or later, that have not been sent yet: the newest first, at the most so many.</summary>
    public static async Task<IReadOnlyList<T>> Waiting<T>(this DbContext db, DateTimeOffset since, int most, CancellationToken ct)
    {
        var type = OutboxMessage.NameOf(typeof(T));
        var waiting = await db.Set<OutboxMessage>().AsNoTracking()
            .Where(m => m.State == "waiting" && m.Type == type && m.CreatedAt >= since)
            .OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Id).Take(most).ToListAsync(ct);
        return [.. waiting.Select(m => (T)m.Message())];
    }
}

/// <summary>Wakes the relay of this process, so that a message leaves right after its commit.</summary>
public sealed class OutboxSignal : IDisposable
{
    private readonly SemaphoreSlim signal = new(0, 1);

    public void Raise()
    {
        if (signal.CurrentCount > 0)
            return;
        try
        {
            signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Another thread has raised it in between, which serves as well.
        }
    }

    internal Task Wait(TimeSpan atMost, CancellationToken ct) => signal.WaitAsync(atMost, ct);

    public void Dispose() => signal.Dispose();
}

/// <summary>Raises the signal after each commit, in a transaction or without.</summary>
internal sealed class OutboxSignalOnCommit(OutboxSignal signal) : DbTransactionInterceptor, ISaveChangesInterceptor
{
    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => signal.Raise();

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        signal.Raise();
        return Task.CompletedTask;
    }

    public ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context?.Database.CurrentTransaction is null)
            signal.Raise();
        return new(result);
    }
}

/// <summary>
/// Sends what waits in the outbox, oldest first, and deletes it once the broker has confirmed. Any number of copies share the work. While the
/// broker is away nothing counts as an attempt; a message that cannot be sent for its own fault is put aside as dead after ten.
/// </summary>
internal sealed class OutboxRelay(OutboxSignal signal, OutboxOptions options) : Worker
{
    private const int BatchSize = 100;

    protected override TimeSpan Period => TimeSpan.FromSeconds(options.OutboxPollSeconds);

    protected override Task Pause(CancellationToken ct) => signal.Wait(Period, ct);

    protected override async Task<bool> RunOnce(IServiceProvider services, CancellationToken ct)
    {
        var db = services.GetRequiredService<DbContext>();
        var clock = services.GetRequiredService<TimeProvider>();
        var bus = services.GetRequiredService<IBusControl>();
        var log = services.GetRequiredService<ILogger<OutboxRelay>>();

        if (bus.CheckHealth().Status == BusHealthStatus.Unhealthy)
            return false;

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var waiting = await db.Set<OutboxMessage>().FromSql($"""
            SELECT * FROM outbox WHERE state = 'waiting' AND due_at <= {clock.GetUtcNow()} ORDER BY due_at LIMIT {BatchSize} FOR UPDATE SKIP LOCKED
            """).ToListAsync(ct);
        if (waiting.Count == 0)
            return false;

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        var failures = await Task.WhenAll(waiting.Select(m => Send(bus, m, patience.Token)));
        for (var i = 0; i < waiting.Count; i++)
        {
            if (failures[i] is not { } failure)
                db.Remove(waiting[i]);
            else if (failure is JsonException or TypeLoadException or FileNotFoundException or NotSupportedException)
                waiting[i].Failed(clock.GetUtcNow(), options.OutboxAttempts);
        }
        if (failures.FirstOrDefault(f => f is not null) is { } first)
            log.LogWarning("{Failed} of {Count} messages could not be sent: {Reason}", failures.Count(f => f is not null), waiting.Count, first.GetType().Name);

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return waiting.Count == BatchSize && failures.All(f => f is null);
    }

    private static async Task<Exception?> Send(IBus bus, OutboxMessage waiting, CancellationToken ct)
    {
        using var activity = new Activity("outbox");
        if (waiting.TraceParent is not null)
            activity.SetParentId(waiting.TraceParent);
        activity.Start();
        try
        {
            var message = waiting.Message();
            await bus.Publish(message, message.GetType(), context =>
            {
                context.MessageId = waiting.Id;
                if (waiting.CorrelationId is not null)
                    context.Headers.Set(Correlation.Header, waiting.CorrelationId);
            }, ct);
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
