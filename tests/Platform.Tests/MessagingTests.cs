using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using TestKit;
using Xunit;

namespace Platform.Tests;

public sealed class MessagingTests
{
    [Fact]
    public async Task A_message_leaves_after_its_commit_and_is_heard_once()
    {
        await using var notes = await Notes.Start(withBroker: true);
        using var guest = notes.Guest();

        for (var i = 0; i < 20; i++)
            (await guest.PostAsJsonAsync("/api/v1/notes", Notes.Request("word"))).EnsureSuccessStatusCode();

        await Eventually.True(async () => await notes.Db.Scalar<long>("SELECT count(*) FROM heard") == 20, TimeSpan.FromSeconds(30));
        await Eventually.True(async () => await notes.Db.Scalar<long>("SELECT count(*) FROM outbox") == 0);
    }

    [Fact]
    public async Task A_message_that_is_sent_twice_has_one_effect()
    {
        await using var notes = await Notes.Start(withBroker: true);
        var message = OutboxMessage.From(new NoteWritten(Guid.CreateVersion7(), "word"), notes.Clock.GetUtcNow());

        await notes.In(async db => { db.Add(message); return await db.SaveChangesAsync(); });
        await Eventually.True(async () => await notes.Db.Scalar<long>("SELECT count(*) FROM heard") == 1, TimeSpan.FromSeconds(30));
        // The relay died after publishing and before deleting: the same row is there again.
        await notes.In(db => db.Database.ExecuteSqlAsync($"""
            INSERT INTO outbox (id, type, body, created_at, due_at) VALUES ({message.Id}, {message.Type}, {message.Body.RootElement.GetRawText()}::jsonb, now(), '2020-01-01')
            """));
        await Eventually.True(async () => await notes.Db.Scalar<long>("SELECT count(*) FROM outbox") == 0);
        // A later message on the same queue shows that the repeat has been dealt with.
        await notes.In(async db => { db.Publish(new NoteWritten(Guid.CreateVersion7(), "later"), notes.Clock.GetUtcNow()); return await db.SaveChangesAsync(); });
        await Eventually.True(async () => await notes.Db.Scalar<long>("SELECT count(*) FROM inbox") == 2);

        Assert.Equal(2, await notes.Db.Scalar<long>("SELECT count(*) FROM heard"));
    }

    [Fact]
    public async Task A_message_that_fails_leaves_no_trace_but_its_copy_in_the_error_queue()
    {
        await using var notes = await Notes.Start(withBroker: true);

        await notes.In(async db => { db.Publish(new NoteWritten(Guid.CreateVersion7(), "poison"), notes.Clock.GetUtcNow()); return await db.SaveChangesAsync(); });

        await Eventually.True(async () => await notes.Broker.Waiting("notes-count-note_error") == 1, TimeSpan.FromSeconds(60));
        Assert.Equal(0, await notes.Db.Scalar<long>("SELECT count(*) FROM heard"));
    }

    [Fact]
    public async Task A_message_of_a_type_that_is_gone_is_put_aside()
    {
        await using var notes = await Notes.Start(new() { ["OUTBOX_ATTEMPTS"] = "1" }, withBroker: true);

        await notes.In(db => db.Database.ExecuteSqlAsync($"""
            INSERT INTO outbox (id, type, body, created_at, due_at) VALUES ({Guid.CreateVersion7()}, 'Gone.Message, Gone', {"{}"}::jsonb, now(), '2020-01-01')
            """));

        await Eventually.True(async () => await notes.Db.Scalar<string>("SELECT state FROM audit_outbox") == "dead");
    }

    [Fact]
    public async Task A_message_that_is_due_later_waits()
    {
        await using var notes = await Notes.Start(withBroker: true);
        var now = notes.Clock.GetUtcNow();

        await notes.In(async db =>
        {
            db.Publish(new NoteWritten(Guid.CreateVersion7(), "later"), now, dueAt: now.AddHours(1));
            db.Publish(new NoteWritten(Guid.CreateVersion7(), "now"), now);
            return await db.SaveChangesAsync();
        });
        await Eventually.True(async () => await notes.Db.Scalar<long>("SELECT count(*) FROM heard") == 1, TimeSpan.FromSeconds(30));
        // It may be heard before the relay has struck it off.
        await Eventually.True(async () => await notes.Db.Scalar<long>("SELECT count(*) FROM outbox") == 1);

        notes.Clock.Advance(TimeSpan.FromHours(1));
        await Eventually.True(async () => await notes.Db.Scalar<long>("SELECT count(*) FROM heard") == 2);
    }
}
