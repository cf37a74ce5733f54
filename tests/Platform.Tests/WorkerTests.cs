using System.Collections.Concurrent;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Platform.Tests;

public sealed class WorkerTests : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> said = [];

    [Fact]
    public async Task A_dependency_that_stays_away_is_told_of_once_and_again_when_it_answers()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddProvider(this).AddFilter("Microsoft", LogLevel.None);
        var runs = new Runs();
        builder.AddWorker<Asks>(runs);
        using var host = builder.Build();
        await host.StartAsync();
        await runs.Enough.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await host.StopAsync();

        Assert.Equal(["Warning: A dependency does not answer: SocketException", "Information: Dependencies answer again", "Warning: A dependency does not answer: TimeoutException"], said);
    }

    ILogger ILoggerProvider.CreateLogger(string categoryName) => this;

    void IDisposable.Dispose()
    {
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        said.Enqueue($"{logLevel}: {formatter(state, exception)}");

    internal sealed class Runs
    {
        public int Count;

        public TaskCompletionSource Enough { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>It is answered at the fourth and fifth time only.</summary>
    internal sealed class Asks(Runs runs) : Worker
    {
        protected override TimeSpan Period => TimeSpan.FromMilliseconds(1);

        protected override Task<bool> RunOnce(IServiceProvider services, CancellationToken ct)
        {
            if (++runs.Count > 8)
                runs.Enough.TrySetResult();
            return runs.Count switch
            {
                <= 3 => throw new SocketException(),
                <= 5 => Task.FromResult(false),
                _ => throw new TimeoutException(),
            };
        }
    }
}
