using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Notifications.Mime;

/// <summary>A mail before it is written: who, what, and the same words twice, with a calendar entry where a visit changes.</summary>
/// <param name="Id">Without angle brackets: <c>key@host</c>.</param>
/// <param name="Date">The instant it was composed.</param>
public sealed record Mail(
    string Id, DateTimeOffset Date, Mailbox From, Mailbox To, string Subject, string Text, string Html, MailCalendar? Calendar = null)
{
    /// <summary>
    /// The octets that leave, the same for a folder and for SMTP: CRLF line ends, ASCII only, lines under 78 characters but for the Message-ID.
    /// The same mail always gives the same octets.
    /// </summary>
    public byte[] ToMime()
    {
        var mime = new StringBuilder()
            .Append(HeaderText.Structured("Date", Date.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture)))
            .Append(HeaderText.Structured("From", From.ToString()))
            .Append(HeaderText.Structured("To", To.ToString()))
            // Never folded, though longer than other lines: some mail programs then see no id at all.
            .Append($"Message-ID: <{Id}>\r\n")
            .Append(HeaderText.Unstructured("Subject", Subject))
            .Append("MIME-Version: 1.0\r\n")
            // Keeps holiday replies away (RFC 3834).
            .Append("Auto-Submitted: auto-generated\r\n");

        var inner = Multipart("alternative", Boundary("a"), Alternatives());
        mime.Append(Calendar is null ? inner : Multipart("mixed", Boundary("m"), [inner, Attachment(Calendar)]));
        return Encoding.ASCII.GetBytes(mime.ToString());
    }

    private IEnumerable<string> Alternatives()
    {
        yield return Part("text/plain; charset=utf-8", "quoted-printable", TransferEncoding.QuotedPrintable(Text));
        yield return Part("text/html; charset=utf-8", "quoted-printable", TransferEncoding.QuotedPrintable(Html));
        if (Calendar is not null)
        {
            yield return Part(
                $"text/calendar; charset=utf-8; method={Calendar.Method}", "base64",
                TransferEncoding.Base64(Encoding.UTF8.GetBytes(Calendar.Content)));
        }
    }

    // As a file too, for mailboxes that do not look into the alternatives; another type, so that no reader sees two invitations.
    private static string Attachment(MailCalendar calendar) => Part(
        "application/ics; name=visit.ics", "base64", TransferEncoding.Base64(Encoding.UTF8.GetBytes(calendar.Content)),
        "Content-Disposition: attachment; filename=visit.ics\r\n");

    private static string Part(string type, string encoding, string body, string headers = "") =>
        $"Content-Type: {type}\r\nContent-Transfer-Encoding: {encoding}\r\n{headers}\r\n{body}\r\n";

    private static string Multipart(string kind, string boundary, IEnumerable<string> parts)
    {
        var mime = new StringBuilder($"Content-Type: multipart/{kind};\r\n boundary=\"{boundary}\"\r\n\r\n");
        foreach (var part in parts)
            mime.Append("--").Append(boundary).Append("\r\n").Append(part);
        return mime.Append("--").Append(boundary).Append("--\r\n").ToString();
    }

    // "=_" occurs neither in quoted-printable nor in base64, so no part can contain its own end.
    private string Boundary(string level) =>
        $"=_{level}_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Id)).AsSpan(0, 12))}";
}

/// <summary>An iCalendar object on its way to a mailbox (RFC 6047).</summary>
/// <param name="Method"><c>REQUEST</c> or <c>CANCEL</c>.</param>
public sealed record MailCalendar(string Method, string Content);
