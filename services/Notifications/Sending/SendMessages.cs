using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Notifications.Sending;

/// <summary>
/// Every message that is due gets composed, once, and sent. A message is taken by moving its due time ahead, since no transaction stays open
/// over a call to somebody else; a sender that dies leaves it to the next one, which sends the very same mail unless its client has left.
/// </summary>
public sealed class SendMessages(MailOptions options) : Worker
{
    private const string Purpose = "mail";
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    protected override TimeSpan Period => TimeSpan.FromSeconds(options.MailPollSeconds);

    protected override async Task<bool> RunOnce(IServiceProvider services, CancellationToken ct)
    {
        var db = services.GetRequiredService<NotificationsDb>();
        var clock = services.GetRequiredService<TimeProvider>();
        if (await Take(db, clock.GetUtcNow(), ct) is not { } message)
            return false;

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        var log = services.GetRequiredService<ILogger<SendMessages>>();
        try
        {
            var mail = await Written(services, db, message, patience.Token);
            await services.GetRequiredService<IMailRoute>().Send(mail, patience.Token);
            var sentAt = clock.GetUtcNow();
            message.Sent(sentAt);
            db.Publish(new Contracts.MessageSent(message.Id, message.BookingId, message.Kind.ToString(), sentAt), sentAt);
        }
        catch (UndeliverableException e)
        {
            message.Die();
            log.LogWarning("Message {MessageId} will not be sent: {Reason}", message.Id, e.Message);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            var outage = Problem.IsUnavailable(e) || patience.IsCancellationRequested;
            message.Failed(clock.GetUtcNow(), outage, options.MailAttempts);
            if (outage)
                log.LogWarning("Message {MessageId} waits: {Reason}", message.Id, e.Message);
            else
                log.LogError(e, "Message {MessageId} could not be sent", message.Id);
        }

        await db.SaveChangesAsync(ct);
        return true;
    }

    private static async Task<Message?> Take(NotificationsDb db, DateTimeOffset now, CancellationToken ct) =>
        (await db.Messages.FromSql($"""
            UPDATE messages SET due_at = {now + Lease}
            WHERE id = (
                SELECT id FROM messages WHERE state = 'waiting' AND due_at <= {now}
                ORDER BY due_at, sequence LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING *
            """).ToListAsync(ct)).SingleOrDefault();

    private static async Task<WrittenMail> Written(IServiceProvider services, NotificationsDb db, Message message, CancellationToken ct)
    {
        var box = services.GetRequiredService<SecretBox>();
        var compose = services.GetRequiredService<ComposeMail>();
        // Whoever has left meanwhile is neither written to nor named.
        if (message.Content is not null && !await compose.KnowsItsClient(message, ct))
            message.ForgetContent();
        if (message.Content is null)
        {
            var mail = await compose.For(message, ct);
            var written = new WrittenMail(message.Key, mail.From.Address, mail.To.Address, mail.ToMime());
            message.Compose(box.Seal(JsonSerializer.SerializeToUtf8Bytes(written, Json.Strict), Purpose));
            // Before it leaves for the first time: whatever happens then, the next try has these octets.
            await db.SaveChangesAsync(ct);
        }

        return JsonSerializer.Deserialize<WrittenMail>(box.OpenBytes(message.Content!, Purpose), Json.Strict)!;
    }
}
