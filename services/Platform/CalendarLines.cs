using System.Globalization;
using System.Text;

namespace Platform;

/// <summary>How iCalendar objects are written (RFC 5545 §3.1, §3.3).</summary>
public static class CalendarLines
{
    private const int OctetsPerLine = 75;

    /// <summary>Content lines of at most 75 octets, each ended by CRLF; a longer one goes on after a space, never inside a character. Null is no line.</summary>
    public static string Write(IEnumerable<string?> lines)
    {
        var written = new StringBuilder();
        foreach (var line in lines.OfType<string>())
        {
            var octets = 0;
            foreach (var rune in line.EnumerateRunes())
            {
                if (octets + rune.Utf8SequenceLength > OctetsPerLine)
                {
                    written.Append("\r\n ");
                    octets = 1;
                }

                written.Append(rune.ToString());
                octets += rune.Utf8SequenceLength;
            }

            written.Append("\r\n");
        }

        return written.ToString();
    }

    /// <summary>Words as a TEXT value: line breaks and what would end the value are escaped, other control characters become spaces.</summary>
    public static string Text(string words) => string.Concat(words.ReplaceLineEndings("\n").Select(c => c switch
    {
        '\\' => "\\\\",
        ';' => "\\;",
        ',' => "\\,",
        '\n' => "\\n",
        _ when char.IsControl(c) => " ",
        _ => c.ToString(),
    }));

    /// <summary>An instant as a DATE-TIME value in UTC, to the second.</summary>
    public static string Utc(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
}
