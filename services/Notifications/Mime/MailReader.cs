using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Notifications.Mime;

/// <summary>Reads back what <see cref="Mail"/> writes, for the development mail viewer; not for mail from elsewhere.</summary>
public static partial class MailReader
{
    /// <exception cref="FormatException">These bytes are not a mail of ours.</exception>
    public static ReadMail Read(byte[] mime)
    {
        var (headers, body) = Split(Encoding.ASCII.GetString(mime));
        var parts = Leaves(headers, body).ToList();
        string? Leaf(string type) => parts.FirstOrDefault(p => p.Type == type).Content;
        return new ReadMail(
            headers["To"],
            headers["Subject"],
            headers["Message-ID"],
            DateTimeOffset.ParseExact(headers["Date"], "ddd, dd MMM yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture),
            Leaf("text/plain") ?? "",
            Leaf("text/html") ?? "",
            Leaf("text/calendar"));
    }

    private static IEnumerable<(string Type, string Content)> Leaves(Dictionary<string, string> headers, string body)
    {
        var type = headers["Content-Type"];
        if (BoundaryPattern().Match(type) is { Success: true } boundary)
        {
            var sections = body.Split("--" + boundary.Groups[1].Value);
            return sections[1..^1].Select(section => Split(section[2..])).SelectMany(part => Leaves(part.Headers, part.Body));
        }

        var content = headers["Content-Transfer-Encoding"] == "base64"
            ? Encoding.UTF8.GetString(Convert.FromBase64String(body))
            : QuotedPrintable(body[..^2]);
        return [(type.Split(';')[0], content)];
    }

    private static (Dictionary<string, string> Headers, string Body) Split(string entity)
    {
        var end = entity.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            throw new FormatException("A mail part has no headers.");
        var headers = entity[..end].Replace("\r\n ", " ", StringComparison.Ordinal).Split("\r\n")
            .Select(line => line.Split(": ", 2))
            .ToDictionary(h => h[0], h => Words(h[1]), StringComparer.OrdinalIgnoreCase);
        return (headers, entity[(end + 4)..]);
    }

    private static string Words(string text) =>
        EncodedWordPattern().Replace(
            BetweenWordsPattern().Replace(text, "?="),
            word => Encoding.UTF8.GetString(Convert.FromBase64String(word.Groups[1].Value)));

    private static string QuotedPrintable(string body)
    {
        var octets = new List<byte>();
        var text = body.Replace("=\r\n", "", StringComparison.Ordinal);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=')
            {
                octets.Add(byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 2;
            }
            else
            {
                octets.Add((byte)text[i]);
            }
        }

        return Encoding.UTF8.GetString([.. octets]);
    }

    [GeneratedRegex("boundary=\"([^\"]+)\"")]
    private static partial Regex BoundaryPattern();

    [GeneratedRegex(@"=\?utf-8\?B\?([A-Za-z0-9+/=]*)\?=")]
    private static partial Regex EncodedWordPattern();

    // White space between two encoded words is not part of the text (RFC 2047 §6.2).
    [GeneratedRegex(@"\?= (?==\?)")]
    private static partial Regex BetweenWordsPattern();
}

/// <summary>A written mail, read again.</summary>
public sealed record ReadMail(string To, string Subject, string MessageId, DateTimeOffset SentAt, string Text, string Html, string? Calendar);
