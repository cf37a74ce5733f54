using System.Diagnostics.CodeAnalysis;
using Platform;

namespace Notifications.Mime;

/// <summary>Somebody's address and the name shown with it (RFC 5322 mailbox). One that exists can be written into a header as it is.</summary>
public sealed record Mailbox
{
    private Mailbox(string name, string address) => (Name, Address) = (name, address);

    /// <summary>Free of control characters; may be empty.</summary>
    public string Name { get; }

    /// <summary>ASCII; an international domain is in its punycode form.</summary>
    public string Address { get; }

    /// <summary>Refuses what <see cref="EmailAddress.ForSmtp"/> refuses.</summary>
    public static bool TryCreate(string? name, string? address, [NotNullWhen(true)] out Mailbox? mailbox)
    {
        mailbox = EmailAddress.ForSmtp(address) is { } written ? new Mailbox(HeaderText.Clean(name ?? ""), written) : null;
        return mailbox is not null;
    }

    /// <summary>Reads <c>Name &lt;address&gt;</c> or a bare address, as settings write them.</summary>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static Mailbox Parse(string text)
    {
        var open = text.LastIndexOf('<');
        var (name, address) = open >= 0 && text.EndsWith('>')
            ? (text[..open].Trim().Trim('"'), text[(open + 1)..^1])
            : ("", text.Trim());
        return TryCreate(name, address, out var mailbox) ? mailbox : throw new FormatException("Not a mail address.");
    }

    /// <summary>The header's form: <c>"Ana Reyes" &lt;ana@example.org&gt;</c>.</summary>
    public override string ToString() => Name.Length == 0
        ? Address
        : $"{HeaderText.Phrase(Name)} <{Address}>";
}
