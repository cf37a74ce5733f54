using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TestKit;
using Xunit;

namespace Platform.Tests;

public sealed class OperationsTests
{
    [Fact]
    public async Task Operators_see_what_waits_and_nobody_else_does()
    {
        await using var notes = await Notes.Start();
        await notes.In(async db => { db.Publish(new NoteWritten(Guid.CreateVersion7(), "word"), notes.Clock.GetUtcNow()); return await db.SaveChangesAsync(); });

        var state = await notes.As("operator").GetFromJsonAsync<JsonElement>("/operations");
        Assert.NotEmpty(state.GetProperty("version").GetString()!);
        Assert.Equal(notes.Clock.GetUtcNow(), state.GetProperty("outbox").GetProperty("oldestAt").GetDateTimeOffset());
        Assert.Equal((1, 0), (state.GetProperty("outbox").GetProperty("waiting").GetInt32(), state.GetProperty("outbox").GetProperty("dead").GetInt32()));

        foreach (var deed in (string[])["/operations", $"/operations/outbox/{Guid.CreateVersion7()}/send", "/operations/queues/notes-count-note_error/deliver"])
        {
            var method = deed == "/operations" ? HttpMethod.Get : HttpMethod.Post;
            await Refusal.Is(await notes.Guest().SendAsync(new(method, deed)), 401, "unauthenticated");
            foreach (var role in (string[])["client", "practitioner", "moderator"])
                await Refusal.Is(await notes.As(role).SendAsync(new(method, deed)), 403, "forbidden");
            await Refusal.Is(await notes.AsService().SendAsync(new(method, deed)), 403, "forbidden");
        }
    }

    [Fact]
    public async Task A_message_that_was_put_aside_is_sent_once_somebody_says_so()
    {
        await using var notes = await Notes.Start(withBroker: true);
        var message = OutboxMessage.From(new NoteWritten(Guid.CreateVersion7(), "word"), notes.Clock.GetUtcNow());
        await notes.In(db => db.Database.ExecuteSqlAsync($"""
            INSERT INTO outbox (id, type, body, attempts, created_at, due_at, state)
            VALUES ({message.Id}, {message.Type}, {message.Body.RootElement.GetRawText()}::jsonb, 10, now(), '2020-01-01', 'dead')
            """));
        var operators = notes.As("operator");
        var dead = (await operators.GetFromJsonAsync<JsonElement>("/operations")).GetProperty("outbox").GetProperty("firstDead").EnumerateArray().Single();
        Assert.Equal((message.Id, 10), (dead.GetProperty("id").GetGuid(), dead.GetProperty("attempts").GetInt32()));

        using var sent = await operators.PostAsync($"/operations/outbox/{message.Id}/send", null);
        Assert.Equal(HttpStatusCode.NoContent, sent.StatusCode);
        await Eventually.True(async () => await notes.Db.Scalar<long>("SELECT count(*) FROM heard") == 1, TimeSpan.FromSeconds(30));
        await Refusal.Is(await operators.PostAsync($"/operations/outbox/{message.Id}/send", null), 404, "not-found");
    }

    [Fact]
    public async Task Dead_letters_go_back_to_their_queue_and_have_their_effect_once()
    {
        await using var notes = await Notes.Start(withBroker: true);
        await notes.Db.Scalar<int>("ALTER TABLE heard RENAME TO deaf");
        await notes.In(async db => { db.Publish(new NoteWritten(Guid.CreateVersion7(), "word"), notes.Clock.GetUtcNow()); return await db.SaveChangesAsync(); });
        await Eventually.True(async () => await notes.Broker.Waiting("notes-count-note_error") == 1, TimeSpan.FromSeconds(60));
        var operators = notes.As("operator");

        // As long as its cause is there, it comes back and can be delivered again.
        Assert.Equal(1, await Deliver());
        await Eventually.True(async () => await Deliver() == 1, TimeSpan.FromSeconds(60));

        await notes.Db.Scalar<int>("ALTER TABLE deaf RENAME TO heard");
        await Eventually.True(async () => await Deliver() >= 0 && await notes.Db.Scalar<long>("SELECT count(*) FROM heard") == 1, TimeSpan.FromSeconds(60));
        Assert.Equal(0, await Deliver());

        foreach (var queue in (string[])["notes-count-note", "bookings-note-refund_error", "notes-nothing_error"])
            await Refusal.Is(await operators.PostAsync($"/operations/queues/{queue}/deliver", null), 404, "not-found");

        async Task<int> Deliver() =>
            (await (await operators.PostAsync("/operations/queues/notes-count-note_error/deliver", null)).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("messages").GetInt32();
    }
}
