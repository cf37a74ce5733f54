using System.Text;

namespace Notifications.Mime;

/// <summary>Words in headers: plain where they are ASCII, RFC 2047 encoded words where not, folded as RFC 5322 asks.</summary>
public static class HeaderText
{
    private const int LineLength = 76;

    // "=?utf-8?B?" + base64 + "?=" may be 75 characters: 63 of base64, so 45 octets.
    private const int OctetsPerWord = 45;

    /// <summary>The same words on one line: every control character and run of space becomes one space.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsControl(c) || char.IsWhiteSpace(c) || c is '\u2028' or '\u2029')
            {
                if (clean.Length > 0 && clean[^1] != ' ')
                    clean.Append(' ');
            }
            else if (char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format)
            {
                clean.Append(c);
            }
        }

        return clean.ToString().TrimEnd();
    }

    /// <summary>A whole header with its line end, for text such as a subject.</summary>
    public static string Unstructured(string name, string text)
    {
        var clean = Clean(text);
        return Fold($"{name}: {(IsPlain(clean) ? clean : EncodedWords(clean))}");
    }

    /// <summary>A whole header with its line end, for a value that is already in the header's own grammar.</summary>
    public static string Structured(string name, string value) =>
        value.AsSpan().IndexOfAny('\r', '\n') < 0
            ? Fold($"{name}: {value}")
            : throw new ArgumentException("A header value holds a line end.", nameof(value));

    /// <summary>A display name: as it is, quoted, or as encoded words.</summary>
    public static string Phrase(string text)
    {
        if (!IsPlain(text))
            return EncodedWords(text);
        return text.All(c => char.IsAsciiLetterOrDigit(c) || c == ' ')
            ? text
            : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }

    private static bool IsPlain(string text) =>
        text.All(c => c is >= ' ' and <= '~') && !text.Contains("=?", StringComparison.Ordinal);

    private static string EncodedWords(string text)
    {
        var words = new List<string>();
        var octets = new List<byte>();
        Span<byte> buffer = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(buffer);
            if (octets.Count + length > OctetsPerWord)
                End();
            octets.AddRange(buffer[..length]);
        }

        End();
        return string.Join(' ', words);

        void End()
        {
            words.Add($"=?utf-8?B?{Convert.ToBase64String(octets.ToArray())}?=");
            octets.Clear();
        }
    }

    private static string Fold(string header)
    {
        var folded = new StringBuilder();
        var line = 0;
        foreach (var word in header.Split(' '))
        {
            // A single word longer than a line stays whole; only white space may be folded.
            if (line > 0 && line + 1 + word.Length > LineLength)
            {
                folded.Append("\r\n");
                line = 0;
            }

            if (folded.Length > 0)
            {
                folded.Append(' ');
                line++;
            }

            folded.Append(word);
            line += word.Length;
        }

        return folded.Append("\r\n").ToString();
    }
}
