using Notifications.Letters;
using Notifications.Mime;
using Platform;

namespace Notifications.Sending;

/// <summary>What composing and sending need.</summary>
public static class MailSetup
{
    public static void AddMail(this WebApplicationBuilder builder)
    {
        var options = builder.Options<MailOptions>();
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
