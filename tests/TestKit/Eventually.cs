namespace TestKit;

/// <summary>Waits for what other threads, processes or servers bring about, by looking at it.</summary>
public static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <exception cref="TimeoutException">It did not come true in time (10 s unless told).</exception>
    public static async Task True(Func<Task<bool>> condition, TimeSpan? within = null, string? what = null)
    {
        var limit = within ?? TimeSpan.FromSeconds(10);
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Interval);
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > limit)
                throw new TimeoutException($"Not within {limit.TotalSeconds:0.#} s: {what ?? "the condition"}");
            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>The first value that is not null.</summary>
    public static async Task<T> Some<T>(Func<Task<T?>> look, TimeSpan? within = null, string? what = null)
        where T : class
    {
        T? found = null;
        await True(async () => (found = await look()) is not null, within, what);
        return found!;
    }
}
