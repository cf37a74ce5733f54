using System.Globalization;
using System.Text;

namespace Notifications.Mime;

/// <summary>The two ways RFC 2045 knows to carry any octets in short lines of ASCII.</summary>
public static class TransferEncoding
{
    private const int LineLength = 76;

    /// <summary>Quoted-printable UTF-8; line ends, whatever they were, become CRLF.</summary>
    public static string QuotedPrintable(string text)
    {
        var encoded = new StringBuilder(text.Length * 2);
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0)
                encoded.Append("\r\n");
            AppendLine(encoded, Encoding.UTF8.GetBytes(lines[i]));
        }

        return encoded.ToString();
    }

    /// <summary>Base64 in lines of 76.</summary>
    public static string Base64(ReadOnlySpan<byte> octets) =>
        Convert.ToBase64String(octets, Base64FormattingOptions.InsertLineBreaks).ReplaceLineEndings("\r\n");

    private static void AppendLine(StringBuilder encoded, byte[] octets)
    {
        var length = 0;
        for (var i = 0; i < octets.Length; i++)
        {
            var last = i == octets.Length - 1;
            var octet = octets[i];
            var literal = octet is > 32 and < 127 and not (byte)'=' || (octet is (byte)' ' or (byte)'\t' && !last);
            var token = literal ? ((char)octet).ToString() : "=" + octet.ToString("X2", CultureInfo.InvariantCulture);
            if (length + token.Length > (last ? LineLength : LineLength - 1))
            {
                encoded.Append("=\r\n");
                length = 0;
            }

            encoded.Append(token);
            length += token.Length;
        }
    }
}
