using System.Net;
using System.Net.Http.Json;
using TestKit;
using Xunit;

namespace Platform.Tests;

public sealed class IdempotencyTests : IAsyncLifetime
{
    private ServiceFactory<Program, NotesDb> notes = null!;

    public async Task InitializeAsync() => notes = await Notes.Start();

    public async Task DisposeAsync() => await notes.DisposeAsync();

    [Fact]
    public async Task A_repeat_gets_the_same_bytes_and_does_nothing()
    {
        var first = await Post("key-1", Notes.Request("word"));
        var again = await Post("key-1", Notes.Request("word"));

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await again.Content.ReadAsByteArrayAsync());
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal("true", again.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.Equal(1, await notes.Db.Scalar<long>("SELECT count(*) FROM notes"));
    }

    [Fact]
    public async Task Who_hung_up_before_the_answer_came_gets_all_of_it_by_asking_again()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => Post("key-1", Notes.Request("word", "hungUp")));
        HttpResponseMessage again;
        while ((again = await Post("key-1", Notes.Request("word", "hungUp"))).StatusCode == HttpStatusCode.Conflict)
            await Task.Yield();

        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Contains("\"id\"", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await notes.Db.Scalar<long>("SELECT count(*) FROM notes"));
    }

    [Fact]
    public async Task A_crowd_under_one_key_does_the_work_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Post("key-1", Notes.Request("word"))));

        Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict, $"{a.StatusCode}"));
        Assert.Equal(1, await notes.Db.Scalar<long>("SELECT count(*) FROM notes"));
    }

    [Fact]
    public async Task A_crowd_under_many_keys_is_told_apart()
    {
        var first = await Task.WhenAll(Enumerable.Range(0, 60).Select(Ask));
        var again = await Task.WhenAll(Enumerable.Range(0, 60).Select(Ask));

        Assert.All(first, a => Assert.Equal(HttpStatusCode.Created, a.Status));
        Assert.Equal(first, again);
        Assert.Equal(60, await notes.Db.Scalar<long>("SELECT count(*) FROM notes"));

        async Task<(HttpStatusCode Status, Uri? Location, string Body)> Ask(int i)
        {
            using var answer = await Post($"key-{i}", Notes.Request($"word {i}"));
            return (answer.StatusCode, answer.Headers.Location, await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Another_request_under_the_same_key_is_refused()
    {
        await Post("key-1", Notes.Request("word"));

        await Refusal.Is(await Post("key-1", Notes.Request("another")), 422, "idempotency-key-reused");
    }

    [Fact]
    public async Task A_refusal_that_is_final_is_repeated()
    {
        await Refusal.Is(await Post("key-1", Notes.Request("word", "conflict")), 409, "slot-taken");
        var again = await Post("key-1", Notes.Request("word", "conflict"));

        await Refusal.Is(again, 409, "slot-taken");
        Assert.Equal("true", again.Headers.GetValues("Idempotent-Replayed").Single());
    }

    [Fact]
    public async Task What_could_not_be_done_may_be_tried_again_at_once()
    {
        await Refusal.Is(await Post("key-1", Notes.Request("word", "down")), 503, "unavailable");
        await Refusal.Is(await Post("key-1", Notes.Request("word", "down")), 503, "unavailable");
    }

    [Fact]
    public async Task What_could_not_be_read_does_not_use_up_the_key()
    {
        await Refusal.Is(await Post("key-1", new { word = "word" }), 400, "validation");

        Assert.Equal(HttpStatusCode.Created, (await Post("key-1", Notes.Request("word"))).StatusCode);
    }

    [Fact]
    public async Task A_key_whose_worker_died_goes_on_with_the_same_resource_once_the_lease_is_over()
    {
        await Post("key-1", Notes.Request("word", "down"));
        var resource = await notes.Db.Scalar<Guid>("SELECT resource_id FROM idempotency_keys");
        await notes.Db.Scalar<object>("UPDATE idempotency_keys SET lease_until = $1", notes.Clock.GetUtcNow().AddSeconds(30));

        await Refusal.Is(await Post("key-1", Notes.Request("word", "down")), 409, "request-in-progress");
        notes.Clock.Advance(TimeSpan.FromSeconds(31));
        await Refusal.Is(await Post("key-1", Notes.Request("word", "down")), 503, "unavailable");

        Assert.Equal(resource, await notes.Db.Scalar<Guid>("SELECT resource_id FROM idempotency_keys"));
    }

    [Theory]
    [InlineData("slow")]
    [InlineData("slowAndDown")]
    public async Task Who_has_outlived_the_lease_changes_nothing_of_the_answer_that_is_kept(string kind)
    {
        var first = WriteNote.First = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var late = Post("key-1", Notes.Request("word", kind));
        await Eventually.True(async () => await notes.Db.Scalar<long>("SELECT count(*) FROM idempotency_keys") == 1);
        notes.Clock.Advance(TimeSpan.FromSeconds(31));
        var answer = await (await Post("key-1", Notes.Request("word", kind))).Content.ReadAsStringAsync();
        var kept = await notes.Db.Scalar<string>("SELECT md5(k::text) FROM idempotency_keys k");

        first.SetResult();
        await late;
        Assert.Equal(kept, await notes.Db.Scalar<string>("SELECT md5(k::text) FROM idempotency_keys k"));
        var again = await Post("key-1", Notes.Request("word", kind));
        Assert.Equal(answer, await again.Content.ReadAsStringAsync());
        Assert.Equal("true", again.Headers.GetValues("Idempotent-Replayed").Single());
    }

    [Fact]
    public async Task After_a_day_the_key_is_free()
    {
        await Post("key-1", Notes.Request("word"));
        notes.Clock.Advance(TimeSpan.FromHours(25));

        Assert.Equal(HttpStatusCode.Created, (await Post("key-1", Notes.Request("another"))).StatusCode);
    }

    [Fact]
    public async Task A_key_that_is_too_long_is_refused() =>
        await Refusal.Is(await Post(new string('x', 256), Notes.Request("word")), 400, "validation");

    private async Task<HttpResponseMessage> Post(string key, object body)
    {
        using var guest = notes.Guest();
        guest.DefaultRequestHeaders.Add("Idempotency-Key", key);
        return await guest.PostAsJsonAsync("/api/v1/notes", body);
    }
}
