using Notifications.Mime;

namespace Notifications;

/// <summary>How mail leaves, from the environment.</summary>
public sealed class MailOptions
{
    /// <summary><c>smtp://user:password@host:587</c> or <c>smtps://…</c>; without it mails are files in <see cref="MailDir"/>, but not in Production.</summary>
    public Uri? SmtpUrl { get; set; }

    public string MailDir { get; set; } = ".local/mail";

    /// <summary>An address, or <c>Name &lt;address&gt;</c>. Left out: <c>visits@</c> the host of <see cref="PublicUrl"/>.</summary>
    public string MailFrom { get; set; } = "";

    public Uri PublicUrl { get; set; } = new("http://localhost:8080");

    public string SiteName { get; set; } = "Stillpoint";

    /// <summary>Seconds between looks for mail that is due.</summary>
    public double MailPollSeconds { get; set; } = 1;

    /// <summary>A mail that fails this often, other than because a server is away, is put aside as dead.</summary>
    public int MailAttempts { get; set; } = 10;

    /// <exception cref="FormatException"><see cref="MailFrom"/> is no address.</exception>
    internal Mailbox Sender => sender ??= Mailbox.Parse(MailFrom.Length > 0 ? MailFrom : $"{SiteName} <visits@{PublicUrl.Host}>");

    private Mailbox? sender;
}
