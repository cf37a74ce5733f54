using System.Globalization;
using System.Text;

namespace Bookings.Reading;

/// <summary>A visit as an iCalendar object (RFC 5545): instants in UTC, one UID for the booking's whole life, and no word about health.</summary>
public static class CalendarFile
{
    public const string MediaType = "text/calendar; charset=utf-8";
    private const int OctetsPerLine = 75;

    public static string Of(Booking booking, Party reader, string host)
    {
        // The practitioner's entry names the client, the client's names the practitioner.
        var with = reader is Party.Practitioner ? booking.ClientName : booking.PractitionerName;
        string[] place = booking.Place.Format is "online" or "homeVisit" ? [] : [booking.Place.Name, booking.Place.AddressLine ?? "", booking.Place.Locality, booking.Place.Region ?? ""];
        string?[] lines =
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Stillpoint//Visits//EN",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
            "BEGIN:VEVENT",
            $"UID:{booking.Id}@{host}",
            $"DTSTAMP:{Utc(booking.UpdatedAt)}",
            $"SEQUENCE:{booking.Sequence.ToString(CultureInfo.InvariantCulture)}",
            $"STATUS:{(booking.IsCancelled ? "CANCELLED" : "CONFIRMED")}",
            $"DTSTART:{Utc(booking.StartsAt)}",
            $"DTEND:{Utc(booking.EndsAt)}",
            $"SUMMARY:{Escaped($"Visit with {with}")}",
            place.Length == 0 ? null : $"LOCATION:{Escaped(string.Join(", ", place.Where(part => part.Length > 0)))}",
            "CLASS:PRIVATE",
            "TRANSP:OPAQUE",
            "END:VEVENT",
            "END:VCALENDAR",
        ];
        return string.Concat(lines.OfType<string>().Select(Folded));
    }

    private static string Utc(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace(";", "\\;", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal)
        .ReplaceLineEndings("\\n");

    /// <summary>Lines of at most 75 octets; a longer one goes on after CRLF and a space, never inside a character.</summary>
    private static string Folded(string line)
    {
        var folded = new StringBuilder(line.Length + 8);
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
