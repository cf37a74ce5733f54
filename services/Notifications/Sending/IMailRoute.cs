namespace Notifications.Sending;

/// <summary>How a written mail leaves: by SMTP, or as a file for development.</summary>
public interface IMailRoute
{
    /// <exception cref="Platform.UnavailableException">The other end is away or busy; try again.</exception>
    /// <exception cref="UndeliverableException">The other end refuses this mail for good.</exception>
    Task Send(WrittenMail mail, CancellationToken ct);
}

/// <summary>A mail as it leaves: envelope and bytes. Kept until it has left, so that a repeat is the same byte for byte.</summary>
/// <param name="Key">The message's key.</param>
public sealed record WrittenMail(string Key, string From, string To, byte[] Mime);
