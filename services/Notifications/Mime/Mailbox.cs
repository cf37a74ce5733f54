using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Notifications.Mime;

/// <summary>Somebody's address and the name shown with it (RFC 5322 mailbox). One that exists can be written into a header as it is.</summary>
public sealed record Mailbox
{
    private const string AtomSymbols = "!#$%&'*+-/=?^_`{|}~";

    private Mailbox(string name, string address) => (Name, Address) = (name, address);

    /// <summary>Free of control characters; may be empty.</summary>
    public string Name { get; }

    /// <summary>ASCII; an international domain is in its punycode form.</summary>
    public string Address { get; }

    /// <summary>
    /// Refuses whatever could end a header or an SMTP command early: only dot-atoms before the @ and host names after it.
    /// Addresses that need SMTPUTF8 are refused too, because most relays would bounce them.
    /// </summary>
    public static bool TryCreate(string? name, string? address, [NotNullWhen(true)] out Mailbox? mailbox)
    {
        mailbox = null;
        if (string.IsNullOrEmpty(address) || address.Length > 254)
            return false;
        var at = address.LastIndexOf('@');
        if (at <= 0 || !IsDotAtom(address[..at]) || !TryHost(address[(at + 1)..], out var host))
            return false;
        mailbox = new Mailbox(HeaderText.Clean(name ?? ""), $"{address[..at]}@{host}");
        return true;
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

    private static bool IsDotAtom(string local) =>
        local.Length <= 64
        && local.Split('.').All(atom => atom.Length > 0 && atom.All(c => char.IsAsciiLetterOrDigit(c) || AtomSymbols.Contains(c)));

    private static bool TryHost(string domain, out string host)
    {
        host = "";
        try
        {
            host = Ascii.IsValid(domain) ? domain : new IdnMapping().GetAscii(domain);
        }
        catch (ArgumentException)
        {
            // Not a name that the domain system could hold: the answer below is the same as for any other bad host.
            return false;
        }

        return host.Length is > 0 and <= 253 && host.Split('.').All(label =>
            label.Length is > 0 and <= 63
            && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            && !label.StartsWith('-') && !label.EndsWith('-'));
    }
}
