using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Platform;

/// <summary>
/// Keeps something true over time. Each run has a scope of its own; a run that fails is logged and tried again after the pause. Copies of a
/// service run the same worker, so rows are taken with <c>FOR UPDATE SKIP LOCKED</c>.
/// </summary>
public abstract class Worker : IHostedService, IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private Task running = Task.CompletedTask;
    private IServiceScopeFactory scopes = null!;
    private ILogger log = null!;

    /// <summary>Time between runs that found nothing more to do.</summary>
    protected abstract TimeSpan Period { get; }

    /// <summary>Does one batch; true means that there is more, to be done at once.</summary>
    protected abstract Task<bool> RunOnce(IServiceProvider services, CancellationToken ct);

    protected virtual Task Pause(CancellationToken ct) => Task.Delay(Period, ct);

    internal void Attach(IServiceProvider services)
    {
        scopes = services.GetRequiredService<IServiceScopeFactory>();
        log = services.GetRequiredService<ILoggerFactory>().CreateLogger(GetType());
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        running = Task.Run(Run, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        stop.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task Run()
    {
        while (!stop.IsCancellationRequested)
        {
            var more = false;
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                more = await RunOnce(scope.ServiceProvider, stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (Problem.IsUnavailable(e))
            {
                log.LogWarning("A dependency does not answer: {Reason}", e.GetBaseException().GetType().Name);
            }
            catch (Exception e)
            {
                log.LogError(e, "A run failed and will be tried again");
            }

            if (!more)
                await Pause(stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

/// <summary>Registration of workers.</summary>
public static class Workers
{
    public static void AddWorker<TWorker>(this IHostApplicationBuilder builder)
        where TWorker : Worker =>
        builder.Services.AddSingleton<IHostedService>(services =>
        {
            var worker = ActivatorUtilities.CreateInstance<TWorker>(services);
            worker.Attach(services);
            return worker;
        });
}
