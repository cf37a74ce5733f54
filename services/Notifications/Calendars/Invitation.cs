using System.Globalization;
using System.Text;
using Notifications.Mime;

namespace Notifications.Calendars;

/// <summary>
/// One visit as an iCalendar object (RFC 5545, sent as RFC 5546 says). The same <see cref="Uid"/> with a higher
/// <see cref="Sequence"/> moves or removes the entry that an earlier mail made.
/// </summary>
public sealed record Invitation(
    string Uid, int Sequence, bool Cancelled, DateTimeOffset Stamp, DateTimeOffset Start, DateTimeOffset End,
    string Summary, string Location, string Description, Mailbox Organizer, Mailbox Attendee)
{
    private const int OctetsPerLine = 75;

    public MailCalendar ToCalendar()
    {
        var method = Cancelled ? "CANCEL" : "REQUEST";
        var lines = new List<string>
        {
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Stillpoint//Visits//EN",
            "CALSCALE:GREGORIAN",
            $"METHOD:{method}",
            "BEGIN:VEVENT",
            $"UID:{Escaped(Uid)}",
            $"DTSTAMP:{Utc(Stamp)}",
            $"SEQUENCE:{Sequence.ToString(CultureInfo.InvariantCulture)}",
            $"STATUS:{(Cancelled ? "CANCELLED" : "CONFIRMED")}",
            // Instants, not wall times: whoever reads this in another zone sees their own hour.
            $"DTSTART:{Utc(Start)}",
            $"DTEND:{Utc(End)}",
            $"SUMMARY:{Escaped(Summary)}",
            $"ORGANIZER{CommonName(Organizer)}:mailto:{Organizer.Address}",
            $"ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE{CommonName(Attendee)}:mailto:{Attendee.Address}",
            "TRANSP:OPAQUE",
            "CLASS:PRIVATE",
        };
        if (Location.Length > 0)
            lines.Add($"LOCATION:{Escaped(Location)}");
        if (Description.Length > 0)
            lines.Add($"DESCRIPTION:{Escaped(Description)}");
        lines.Add("END:VEVENT");
        lines.Add("END:VCALENDAR");
        return new MailCalendar(method, string.Concat(lines.Select(Folded)));
    }

    private static string Utc(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escaped(string text) => string.Concat(text.ReplaceLineEndings("\n").Select(c => c switch
    {
        '\\' => "\\\\",
        ';' => "\\;",
        ',' => "\\,",
        '\n' => "\\n",
        _ when char.IsControl(c) => " ",
        _ => c.ToString(),
    }));

    // A quoted parameter cannot hold a quotation mark; RFC 6868 writes it ^'.
    private static string CommonName(Mailbox mailbox) => mailbox.Name.Length == 0
        ? ""
        : $";CN=\"{mailbox.Name.Replace("^", "^^", StringComparison.Ordinal).Replace("\"", "^'", StringComparison.Ordinal)}\"";

    private static string Folded(string line)
    {
        var folded = new StringBuilder();
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > OctetsPerLine)
            {
                folded.Append("\r\n ");
                octets = 1;
            }

            folded.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        return folded.Append("\r\n").ToString();
    }
}
