using Xunit;

namespace Platform.Tests;

public sealed class GatheredTests
{
    private readonly List<IReadOnlyList<string>> goes = [];
    private readonly TaskCompletionSource firstIsUnderWay = new();
    private readonly TaskCompletionSource<int> firstAnswer = new();
    private readonly Gathered<string, int> gathered;

    public GatheredTests() => gathered = new(items =>
    {
        goes.Add(items);
        firstIsUnderWay.TrySetResult();
        return goes.Count == 1 ? firstAnswer.Task : Task.FromResult(goes.Count);
    });

    [Fact]
    public async Task Who_comes_during_a_go_is_part_of_the_next_one()
    {
        var first = gathered.Do("first");
        await firstIsUnderWay.Task;
        var crowd = Enumerable.Range(0, 100).Select(i => gathered.Do($"{i}")).ToList();
        firstAnswer.SetResult(1);

        Assert.Equal(1, await first);
        Assert.All(await Task.WhenAll(crowd), answer => Assert.Equal(2, answer));
        Assert.Equal([1, 100], goes.Select(items => items.Count));
    }

    [Fact]
    public async Task A_crowd_from_all_sides_is_done_once_each()
    {
        firstAnswer.SetResult(1);
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => Task.Run(() => gathered.Do($"{i}"))));

        Assert.Equal(1000, goes.SelectMany(items => items).Distinct().Count());
        Assert.Equal(1000, goes.Sum(items => items.Count));
    }

    [Fact]
    public async Task What_a_go_throws_only_those_hear_who_were_part_of_it()
    {
        var first = gathered.Do("first");
        await firstIsUnderWay.Task;
        var second = gathered.Do("second");
        firstAnswer.SetException(new UnavailableException("The database"));

        await Assert.ThrowsAsync<UnavailableException>(() => first);
        Assert.Equal(2, await second);
    }
}
