using System.Globalization;
using Platform;

namespace Bookings.Reading;

/// <summary>A visit as an iCalendar object (RFC 5545): instants in UTC, one UID for the booking's whole life, and no word about health.</summary>
public static class CalendarFile
{
    public const string MediaType = "text/calendar; charset=utf-8";

    public static string Of(Booking booking, Party reader, string host)
    {
        // The practitioner's entry names the client, the client's names the practitioner.
        var with = reader is Party.Practitioner ? booking.ClientName : booking.PractitionerName;
        string[] place = booking.Place.Format is "online" or "homeVisit" ? [] : [booking.Place.Name, booking.Place.AddressLine ?? "", booking.Place.Locality, booking.Place.Region ?? ""];
        return CalendarLines.Write(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Stillpoint//Visits//EN",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
            "BEGIN:VEVENT",
            $"UID:{booking.Id}@{host}",
            $"DTSTAMP:{CalendarLines.Utc(booking.UpdatedAt)}",
            $"SEQUENCE:{booking.Sequence.ToString(CultureInfo.InvariantCulture)}",
            $"STATUS:{(booking.IsCancelled ? "CANCELLED" : "CONFIRMED")}",
            $"DTSTART:{CalendarLines.Utc(booking.StartsAt)}",
            $"DTEND:{CalendarLines.Utc(booking.EndsAt)}",
            $"SUMMARY:{CalendarLines.Text($"Visit with {with}")}",
            place.Length == 0 ? null : $"LOCATION:{CalendarLines.Text(string.Join(", ", place.Where(part => part.Length > 0)))}",
            "CLASS:PRIVATE",
            "TRANSP:OPAQUE",
            "END:VEVENT",
            "END:VCALENDAR",
        ]);
    }
}
