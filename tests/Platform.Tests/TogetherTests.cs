using Xunit;

namespace Platform.Tests;

public sealed class TogetherTests
{
    private readonly Together<string, int> together = new();
    private int looks;

    [Fact]
    public async Task A_crowd_is_answered_by_two_looks()
    {
        var answer = new TaskCompletionSource<int>();
        var crowd = Enumerable.Range(0, 100).Select(_ => Ask(() => answer.Task)).ToList();
        answer.SetResult(7);

        Assert.All(await Task.WhenAll(crowd), found => Assert.Equal(7, found));
        Assert.InRange(looks, 1, 2);
    }

    [Fact]
    public async Task Who_comes_during_a_look_is_answered_by_one_that_begins_afterwards()
    {
        var (seen, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var price = 100;
        var early = Ask(async () =>
        {
            var found = price;
            seen.SetResult();
            await go.Task;
            return found;
        });
        await seen.Task;
        price = 200;
        var late = Ask(() => Task.FromResult(price));
        go.SetResult();

        Assert.Equal((100, 200), (await early, await late));
    }

    [Fact]
    public async Task Nothing_is_kept()
    {
        Assert.Equal(1, await Ask(() => Task.FromResult(1)));
        Assert.Equal(2, await Ask(() => Task.FromResult(2)));
        Assert.Equal(2, looks);
    }

    [Fact]
    public async Task What_a_look_throws_all_of_its_callers_hear_and_nobody_after_them()
    {
        var failure = new TaskCompletionSource<int>();
        var first = Ask(() => failure.Task);
        var second = Ask(() => failure.Task);
        failure.SetException(new UnavailableException("Listings"));

        await Assert.ThrowsAsync<UnavailableException>(() => first);
        await Assert.ThrowsAsync<UnavailableException>(() => second);
        Assert.Equal(3, await Ask(() => Task.FromResult(3)));
    }

    [Fact]
    public async Task A_caller_who_gives_up_leaves_the_look_to_the_others()
    {
        var answer = new TaskCompletionSource<int>();
        using var patience = new CancellationTokenSource();
        var impatient = together.Ask("what", () => answer.Task, patience.Token);
        var patient = Ask(() => answer.Task);
        await patience.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => impatient);
        answer.SetResult(7);

        Assert.Equal(7, await patient);
    }

    [Fact]
    public async Task Different_questions_do_not_wait_for_each_other()
    {
        var never = new TaskCompletionSource<int>();
        _ = together.Ask("one", () => never.Task, CancellationToken.None);

        Assert.Equal(2, await together.Ask("other", () => Task.FromResult(2), CancellationToken.None));
    }

    private Task<int> Ask(Func<Task<int>> look) => together.Ask("what", () =>
    {
        Interlocked.Increment(ref looks);
        return look();
    }, CancellationToken.None);
}
