using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Platform;

/// <summary>
/// Keeps something true over time. Each run has a scope of its own; a run that fails is logged and tried again after the pause. Copies of a
/// service run the same worker, so rows are taken with <c>FOR UPDATE SKIP LOCKED</c>.
/// </summary>
public abstract class Worker : BackgroundService
{
    private IServiceScopeFactory scopes = null!;
    private ILogger log = null!;
    private bool isAway;

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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (!await TryRun(stoppingToken))
                await Pause(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> TryRun(CancellationToken stopping)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var hasMore = await RunOnce(scope.ServiceProvider, stopping);
            if (isAway)
                log.LogInformation("Dependencies answer again");
            isAway = false;
            return hasMore;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception e) when (Problem.IsUnavailable(e))
        {
            // Once, however often it is tried until it answers.
            if (!isAway)
                log.LogWarning("A dependency does not answer: {Reason}", e.GetBaseException().GetType().Name);
            isAway = true;
            return false;
        }
        catch (Exception e)
        {
            log.LogError(e, "A run failed and will be tried again");
            isAway = false;
            return false;
        }
    }
}

/// <summary>Registration of workers.</summary>
public static class Workers
{
    /// <param name="arguments">For the constructor's parameters that are not services.</param>
    public static void AddWorker<TWorker>(this IHostApplicationBuilder builder, params object[] arguments)
        where TWorker : Worker =>
        builder.Services.AddSingleton<IHostedService>(services =>
        {
            var worker = ActivatorUtilities.CreateInstance<TWorker>(services, arguments);
            worker.Attach(services);
            return worker;
        });
}
