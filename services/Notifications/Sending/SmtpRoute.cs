using System.Net.Sockets;
using System.Security.Authentication;
using Platform;

namespace Notifications.Sending;

/// <summary>
/// Hands a mail to the relay at <c>SMTP_URL</c> (RFC 5321, RFC 4954). A few commands of our own rather than the framework's client, which
/// composes a mail anew each time: here the bytes that were kept are the bytes that leave.
/// </summary>
public sealed class SmtpRoute(MailOptions options, ILogger<SmtpRoute> log) : IMailRoute
{
    private readonly Uri relay = options.SmtpUrl ?? throw new InvalidOperationException("The setting SMTP_URL is missing.");

    public async Task Send(WrittenMail mail, CancellationToken ct)
    {
        try
        {
            await using var smtp = await Connect(ct);
            await smtp.Expect(250, $"MAIL FROM:<{mail.From}>", ct);
            // 251: the relay passes it on to where the recipient has moved (RFC 5321 §3.4).
            await smtp.Expect(250, $"RCPT TO:<{mail.To}>", ct, orCode: 251);
            await smtp.Expect(354, "DATA", ct);
            await smtp.Data(mail.Mime, ct);
            await Leave(smtp, ct);
        }
        catch (SmtpRefusal refusal) when (refusal.IsFinal && refusal.IsAboutThisMail)
        {
            throw new UndeliverableException($"the relay answers {refusal.Code}", refusal);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is SocketException or IOException or AuthenticationException or SmtpRefusal)
        {
            throw new UnavailableException("The mail relay", e);
        }
    }

    private async Task<SmtpConversation> Connect(CancellationToken ct)
    {
        var secure = relay.Scheme == "smtps";
        var port = relay.IsDefaultPort || relay.Port < 0 ? secure ? 465 : 587 : relay.Port;
        var smtp = await SmtpConversation.Open(relay.Host, port, secure, ct);
        try
        {
            await smtp.Expect(220, command: null, ct);
            var offers = await smtp.Expect(250, $"EHLO {options.PublicUrl.Host}", ct);
            if (!smtp.IsEncrypted && offers.Contains("STARTTLS"))
            {
                await smtp.Expect(220, "STARTTLS", ct);
                await smtp.Encrypt(ct);
                await smtp.Expect(250, $"EHLO {options.PublicUrl.Host}", ct);
            }

            if (relay.UserInfo.Length > 0)
                await SignIn(smtp, ct);
            return smtp;
        }
        catch
        {
            await smtp.DisposeAsync();
            throw;
        }
    }

    private async Task SignIn(SmtpConversation smtp, CancellationToken ct)
    {
        if (!smtp.IsEncrypted && !relay.IsLoopback)
            throw new AuthenticationException("The relay offers no encryption, so it gets no password.");
        var user = relay.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray();
        var plain = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"\0{user[0]}\0{(user.Length > 1 ? user[1] : "")}"));
        await smtp.Expect(235, $"AUTH PLAIN {plain}", ct);
    }

    private async Task Leave(SmtpConversation smtp, CancellationToken ct)
    {
        try
        {
            await smtp.Expect(221, "QUIT", ct);
        }
        catch (Exception e) when (e is IOException or SmtpRefusal)
        {
            // The relay has taken the mail; how it says goodbye changes nothing.
            log.LogDebug(e, "The relay left without a word");
        }
    }
}
