using Notifications.Letters;
using Notifications.Mime;
using Platform;

namespace Notifications.Sending;

/// <summary>What composing and sending need.</summary>
public static class MailSetup
{
    /// <exception cref="InvalidOperationException">Production has no relay: its mails, and the codes in them, would lie in a folder.</exception>
    public static void AddMail(this WebApplicationBuilder builder)
    {
        var options = builder.Options<MailOptions>();
        if (options.SmtpUrl is null && builder.Environment.IsProduction())
            throw new InvalidOperationException("The setting SMTP_URL is missing; Production needs one.");
        builder.Services.AddSingleton<VisitLetters>();
        builder.Services.AddSingleton<AccountLetters>();
        builder.Services.AddSingleton<CalendarLetters>();
        builder.Services.AddSingleton<ListingLetters>();
        builder.Services.AddSingleton<WaitingLetters>();
        builder.Services.AddScoped<ComposeMail>();
        if (options.SmtpUrl is null)
            builder.Services.AddSingleton<IMailRoute, MailFolder>();
        else
            builder.Services.AddSingleton<IMailRoute, SmtpRoute>();
        // Said at the start, not at the first mail.
        _ = options.Sender;
    }
}
