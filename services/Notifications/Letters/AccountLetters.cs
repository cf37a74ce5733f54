namespace Notifications.Letters;

/// <summary>
/// Mails by which somebody proves that an address is theirs. They repeat nothing that was typed into a form: whoever filled it in may be a
/// stranger, and must not be able to write to others through us.
/// </summary>
public sealed class AccountLetters(MailOptions options)
{
    public Letter For(MessageKind kind, Uri url) => kind switch
    {
        MessageKind.ConfirmAddress => new Letter("Please confirm your email address",
        [
            new Words($"Someone, most likely you, asked for an account at {options.SiteName} with this address."),
            new Step("Confirm this address", url),
            new Words("The link works once, for one day, and asks for the password that was chosen with the account."),
            new Words("If you did not ask for this, do nothing: no account will be created."),
        ]),
        MessageKind.ResetPassword => new Letter("Choose a new password",
        [
            new Words($"Someone, most likely you, asked for a new password at {options.SiteName}."),
            new Step("Choose a new password", url),
            new Words("The link works once, for one hour. If it was not you, you can ignore this email: your password stays as it is."),
        ]),
        MessageKind.AlreadyRegistered => new Letter("You already have an account",
        [
            new Words($"Someone, most likely you, tried to create an account at {options.SiteName} with this address. You already have one, and nothing has changed."),
            new Step("Sign in", url),
            new Words("If you have forgotten your password, you can choose a new one there. If it was not you, there is nothing to do."),
        ]),
        _ => throw new NotSupportedException($"{kind} is not about an account."),
    };
}
