using Contracts;
using Notifications.Mime;
using TestKit;
using Xunit;

namespace Notifications.Tests;

/// <summary>Each test has a service of its own, since they take its surroundings away.</summary>
public sealed class SendMessagesTests : IAsyncLifetime
{
    private readonly NotificationsApp app = new();
    private readonly SmtpServer relay = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await relay.DisposeAsync();
    }

    [Fact]
    public async Task A_fact_that_comes_a_hundred_times_is_told_once()
    {
        await app.InitializeAsync();
        var visit = app.Book();
        var delivery = Guid.CreateVersion7();
        // The same delivery again and again, and the same fact in new deliveries.
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => app.Publish(app.Confirmed(visit), delivery)));
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => app.Publish(app.Confirmed(visit))));

        await app.Becomes("sent", visit.Id, "booked", "client");
        await app.Becomes("sent", visit.Id, "booked", "practitioner");
        await Eventually.True(async () => await app.Service.Db.Scalar<long>("SELECT count(*) FROM inbox") == 51, TimeSpan.FromSeconds(30));

        Assert.Equal(2L, await app.Service.Db.Scalar<long>("SELECT count(*) FROM messages"));
        Assert.Equal(2, Directory.GetFiles(app.MailDir).Length);
        Assert.Equal(0, await app.Service.Broker.Waiting("notifications-tell-of-booking_error"));
    }

    [Fact]
    public async Task While_a_peer_is_away_the_mail_waits()
    {
        await app.InitializeAsync();
        app.PeersAreAway = true;
        var visit = app.Book();
        await app.Publish(app.Confirmed(visit));
        await Attempts(visit, atLeast: 1);
        Assert.Equal("waiting", await app.State(visit.Id, "booked", "client"));

        app.PeersAreAway = false;
        app.Service.Clock.Advance(TimeSpan.FromMinutes(1));

        await app.Mail(visit.Id, "booked", "client");
    }

    [Fact]
    public async Task While_the_relay_is_away_the_mail_waits()
    {
        relay.Start();
        await relay.Stop();
        app.Settings["SMTP_URL"] = $"smtp://visits:word@127.0.0.1:{relay.Port}";
        await app.InitializeAsync();
        var visit = app.Book();
        await app.Publish(app.Confirmed(visit));
        await Attempts(visit, atLeast: 1);
        Assert.Empty(relay.Received);

        relay.Start();
        app.Service.Clock.Advance(TimeSpan.FromMinutes(1));

        await app.Becomes("sent", visit.Id, "booked", "client");
        await app.Becomes("sent", visit.Id, "booked", "practitioner");
        Assert.Equal(2, relay.Received.Count);
        Assert.Contains("RCPT TO:<kim@example.org>", relay.Commands);
        Assert.Contains("MAIL FROM:<visits@stillpoint.example>", relay.Commands);
        Assert.Contains($"AUTH PLAIN {Convert.ToBase64String("\0visits\0word"u8)}", relay.Commands);
        Assert.Contains(relay.Received, m => MailReader.Read(m).Subject == "Your visit with Ana Reyes is booked");
    }

    [Fact]
    public async Task A_mail_that_may_have_left_is_sent_again_to_the_last_octet()
    {
        relay.HangsUpAfterData = true;
        relay.Start();
        app.Settings["SMTP_URL"] = $"smtp://127.0.0.1:{relay.Port}";
        await app.InitializeAsync();
        var request = Guid.CreateVersion7();
        await app.Publish(new SignInCodeAsked(Guid.CreateVersion7(), request, "reset", app.Service.Clock.GetUtcNow()));
        await Eventually.True(() => Task.FromResult(relay.Received.Count == 1));
        await Eventually.True(async () => await app.Service.Db.Scalar<int>("SELECT attempts FROM messages WHERE request_id = $1", request) == 1);

        relay.HangsUpAfterData = false;
        app.Service.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Becomes("sent", request, "resetPassword", "account");

        var sent = relay.Received.ToArray();
        Assert.Equal(2, sent.Length);
        Assert.Equal(sent[0], sent[1]);
        Assert.Equal(1, app.CodesMade);
    }

    [Fact]
    public async Task A_sender_that_died_leaves_the_mail_to_the_next()
    {
        await app.InitializeAsync();
        app.PeersAreAway = true;
        var visit = app.Book();
        await app.Publish(app.Confirmed(visit));
        await Attempts(visit, atLeast: 1);
        // As a sender leaves it that was killed between taking and sending.
        await app.Service.Db.Scalar<int>("UPDATE messages SET due_at = $1 RETURNING attempts", app.Service.Clock.GetUtcNow().AddSeconds(45));
        app.PeersAreAway = false;
        Assert.Equal("waiting", await app.State(visit.Id, "booked", "client"));

        app.Service.Clock.Advance(TimeSpan.FromSeconds(46));

        await app.Becomes("sent", visit.Id, "booked", "client");
    }

    [Fact]
    public async Task Who_cannot_be_reached_is_not_tried_for_ever()
    {
        relay.AnswersRecipients = "550 no such mailbox";
        relay.Start();
        app.Settings["SMTP_URL"] = $"smtp://127.0.0.1:{relay.Port}";
        await app.InitializeAsync();
        var visit = app.Book();
        await app.Publish(app.Confirmed(visit));

        await app.Becomes("dead", visit.Id, "booked", "client");

        Assert.Empty(relay.Received);
        Assert.Equal("dead", await app.Service.Db.Scalar<string>(
            "SELECT state FROM audit_messages WHERE booking_id = $1 AND recipient = 'client' AND channel = 'email' AND sent_at IS NULL", visit.Id));
    }

    [Fact]
    public async Task Who_has_moved_gets_the_mail_where_the_relay_knows_them_to_be()
    {
        relay.AnswersRecipients = "251 not here, passed on";
        relay.Start();
        app.Settings["SMTP_URL"] = $"smtp://127.0.0.1:{relay.Port}";
        await app.InitializeAsync();
        var visit = app.Book();
        await app.Publish(app.Confirmed(visit));

        await app.Becomes("sent", visit.Id, "booked", "client");
    }

    [Fact]
    public async Task Who_leaves_before_a_mail_does_is_neither_written_to_nor_named()
    {
        relay.Start();
        await relay.Stop();
        app.Settings["SMTP_URL"] = $"smtp://127.0.0.1:{relay.Port}";
        await app.InitializeAsync();
        var (visit, entry) = (app.Book(), Guid.CreateVersion7());
        app.Letters[entry] = new { email = "kim@example.org", practitionerId = visit.PractitionerId, until = NotificationsApp.Start, manageUrl = "https://stillpoint.example/waitlist" };
        await app.Publish(app.Confirmed(visit));
        await app.Publish(new WaitlistJoined(entry, app.Service.Clock.GetUtcNow()));
        await Attempts(visit, atLeast: 1);
        await Eventually.True(async () => await app.Service.Db.Scalar<long>("SELECT count(*) FROM messages WHERE content IS NOT NULL") == 3);

        app.Letters[visit.Id] = (visit with { ClientName = "", ClientEmail = "" }).Letter();
        app.Letters.TryRemove(entry, out _);
        relay.Start();
        app.Service.Clock.Advance(TimeSpan.FromMinutes(1));

        await app.Becomes("dead", visit.Id, "booked", "client");
        await app.Becomes("dead", entry, "waitingBegun", "client");
        await app.Becomes("sent", visit.Id, "booked", "practitioner");
        Assert.DoesNotContain("Kim", MailReader.Read(Assert.Single(relay.Received)).Text);
        Assert.Equal(0L, await app.Service.Db.Scalar<long>("SELECT count(*) FROM messages WHERE content IS NOT NULL"));
    }

    [Fact]
    public async Task A_busy_relay_is_asked_again()
    {
        relay.AnswersRecipients = "451 try later";
        relay.Start();
        app.Settings["SMTP_URL"] = $"smtp://127.0.0.1:{relay.Port}";
        await app.InitializeAsync();
        var visit = app.Book();
        await app.Publish(app.Confirmed(visit));
        await Attempts(visit, atLeast: 1);

        relay.AnswersRecipients = null;
        app.Service.Clock.Advance(TimeSpan.FromMinutes(1));

        await app.Becomes("sent", visit.Id, "booked", "client");
    }

    [Fact]
    public async Task What_nobody_can_use_any_more_is_given_up()
    {
        await app.InitializeAsync();
        app.PeersAreAway = true;
        var request = Guid.CreateVersion7();
        await app.Publish(new SignInCodeAsked(Guid.CreateVersion7(), request, "reset", app.Service.Clock.GetUtcNow()));
        await Eventually.True(async () => await app.Service.Db.Scalar<int>("SELECT attempts FROM messages WHERE request_id = $1", request) > 0);

        app.Service.Clock.Advance(TimeSpan.FromHours(2));

        await app.Becomes("dead", request, "resetPassword", "account");
    }

    [Fact]
    public async Task A_booking_that_is_gone_is_not_written_about()
    {
        await app.InitializeAsync();
        var visit = new BookedVisit();
        await app.Publish(app.Confirmed(visit));

        await app.Becomes("dead", visit.Id, "booked", "client");
    }

    [Fact]
    public async Task What_was_sent_is_not_kept()
    {
        await app.InitializeAsync();
        var visit = app.Book();
        await app.Publish(app.Confirmed(visit));
        await app.Becomes("sent", visit.Id, "booked", "client");
        await app.Becomes("sent", visit.Id, "booked", "practitioner");

        Assert.Equal(0L, await app.Service.Db.Scalar<long>("SELECT count(*) FROM messages WHERE content IS NOT NULL"));
        Assert.Equal(0L, await app.Service.Db.Scalar<long>("SELECT count(*) FROM messages WHERE messages::text LIKE '%@%' OR messages::text LIKE '%Kim%'"));
    }

    private Task Attempts(BookedVisit visit, int atLeast) => Eventually.True(
        async () => await app.Service.Db.Scalar<long>("SELECT count(*) FROM messages WHERE booking_id = $1 AND attempts >= $2", visit.Id, atLeast) == 2,
        TimeSpan.FromSeconds(30));
}
