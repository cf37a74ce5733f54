namespace Platform;

/// <summary>
/// Coalesces requests: callers that ask the same question at the same time share one look, so that a crowd costs little more than one caller. Unlike
/// with an ordinary single flight, a look begins only after everybody it answers has asked, so the answer is as fresh as one of their own would be.
/// Nothing is cached.
/// </summary>
public sealed class Together<TQuestion, TAnswer>
    where TQuestion : notnull
{
    private readonly Lock gate = new();
    private readonly Dictionary<TQuestion, Turn> turns = [];

    /// <summary>The answer to <paramref name="question"/>, or what its look threw.</summary>
    /// <param name="look">Runs on behalf of others too, so it needs services and a time limit of its own, not those of one caller's request.</param>
    /// <param name="ct">Ends this caller's waiting; the look goes on for the others.</param>
    public Task<TAnswer> Ask(TQuestion question, Func<Task<TAnswer>> look, CancellationToken ct)
    {
        Task<TAnswer> answer;
        lock (gate)
        {
            if (!turns.TryGetValue(question, out var turn))
                turns[question] = turn = new();
            answer = turn.Waiting ??= Look(question, turn, look);
        }
        return answer.WaitAsync(ct);
    }

    private async Task<TAnswer> Look(TQuestion question, Turn turn, Func<Task<TAnswer>> look)
    {
        // What is under way may have passed over a change of a moment ago, so who comes during it is answered by the next look.
        await turn.UnderWay.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        lock (gate)
            (turn.UnderWay, turn.Waiting) = (turn.Waiting!, null);
        try
        {
            return await look();
        }
        finally
        {
            lock (gate)
            {
                if (turn.Waiting is null)
                    turns.Remove(question);
            }
        }
    }

    private sealed class Turn
    {
        public Task UnderWay { get; set; } = Task.CompletedTask;

        public Task<TAnswer>? Waiting { get; set; }
    }
}

/// <summary>
/// Batches work: items that arrive while a batch is running make up the next one, so that a crowd costs a few statements rather than hundreds. Nothing
/// is delayed in order to fill a batch; an item that arrives alone is a batch of one.
/// </summary>
/// <param name="go">Does one batch. It works on behalf of many, so it needs services of its own, not those of one caller's request.</param>
public sealed class Gathered<TItem, TAnswer>(Func<IReadOnlyList<TItem>, Task<TAnswer>> go)
{
    private readonly Lock gate = new();
    private List<TItem> waiting = [];
    private Task<TAnswer>? next;
    private Task underWay = Task.CompletedTask;

    /// <summary>What the batch with <paramref name="item"/> in it answered or threw; it is the same for every item of the batch.</summary>
    public Task<TAnswer> Do(TItem item)
    {
        lock (gate)
        {
            waiting.Add(item);
            return next ??= Go();
        }
    }

    private async Task<TAnswer> Go()
    {
        await underWay.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        List<TItem> items;
        lock (gate)
        {
            (items, waiting) = (waiting, []);
            (underWay, next) = (next!, null);
        }
        return await go(items);
    }
}
