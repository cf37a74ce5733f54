using System.Globalization;
using Notifications.Mime;
using Platform;

namespace Notifications.Calendars;

/// <summary>
/// One visit as an iCalendar object (RFC 5545, sent as RFC 5546 says). The same <see cref="Uid"/> with a higher
/// <see cref="Sequence"/> moves or removes the entry that an earlier mail made.
/// </summary>
public sealed record Invitation(
    string Uid, int Sequence, bool Cancelled, DateTimeOffset Stamp, DateTimeOffset Start, DateTimeOffset End,
    string Summary, string Location, string Description, Mailbox Organizer, Mailbox Attendee)
{
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
            $"UID:{CalendarLines.Text(Uid)}",
            $"DTSTAMP:{CalendarLines.Utc(Stamp)}",
            $"SEQUENCE:{Sequence.ToString(CultureInfo.InvariantCulture)}",
            $"STATUS:{(Cancelled ? "CANCELLED" : "CONFIRMED")}",
            // Instants, not wall times: whoever reads this in another zone sees their own hour.
            $"DTSTART:{CalendarLines.Utc(Start)}",
            $"DTEND:{CalendarLines.Utc(End)}",
            $"SUMMARY:{CalendarLines.Text(Summary)}",
            $"ORGANIZER{CommonName(Organizer)}:mailto:{Organizer.Address}",
            $"ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE{CommonName(Attendee)}:mailto:{Attendee.Address}",
            "TRANSP:OPAQUE",
            "CLASS:PRIVATE",
        };
        if (Location.Length > 0)
            lines.Add($"LOCATION:{CalendarLines.Text(Location)}");
        if (Description.Length > 0)
            lines.Add($"DESCRIPTION:{CalendarLines.Text(Description)}");
        lines.Add("END:VEVENT");
        lines.Add("END:VCALENDAR");
        return new MailCalendar(method, CalendarLines.Write(lines));
    }

    // A quoted parameter cannot hold a quotation mark; RFC 6868 writes it ^'.
    private static string CommonName(Mailbox mailbox) => mailbox.Name.Length == 0
        ? ""
        : $";CN=\"{mailbox.Name.Replace("^", "^^", StringComparison.Ordinal).Replace("\"", "^'", StringComparison.Ordinal)}\"";
}
