namespace Notifications.Sending;

/// <summary>Mail as <c>.eml</c> files, one per message and named by its key: a repeat replaces its own file.</summary>
public sealed class MailFolder(MailOptions options) : IMailRoute
{
    public async Task Send(WrittenMail mail, CancellationToken ct)
    {
        Directory.CreateDirectory(options.MailDir);
        // Whoever watches the folder sees a whole mail or none: it gets its name when it is complete.
        var draft = Path.Combine(options.MailDir, $".{mail.Key}.{Guid.CreateVersion7():N}");
        await File.WriteAllBytesAsync(draft, mail.Mime, ct);
        File.Move(draft, Path.Combine(options.MailDir, $"{mail.Key}.eml"), overwrite: true);
    }
}
