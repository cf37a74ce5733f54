using System.Globalization;
using System.Text;
using Platform;

namespace Availability;

/// <summary>
/// Visits as iCalendar objects (RFC 5545). A visit has the same UID in the mailed invitation, in the booking's file and in its practitioner's feed, so
/// that they are one entry, and so that it is known when it comes back in an outside calendar.
/// </summary>
public static class VisitEntry
{
    private const int GuidLength = 36;

    /// <summary>How Outlook begins the UID of an entry that came from elsewhere, and what stands before the UID it came with, both in hexadecimal.</summary>
    private const string OutlookMark = "040000008200E00074C5B7101A82E008", WrappedMark = "7643616C2D55696401000000";

    /// <summary>A practitioner's appointments, with instants in UTC, and neither names nor what somebody comes for.</summary>
    public static string Calendar(IEnumerable<Claim> appointments, AvailabilityOptions options) => CalendarLines.Write(
    [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Stillpoint//Visits//EN",
        "CALSCALE:GREGORIAN",
        $"NAME:{CalendarLines.Text(options.SiteName)}",
        $"X-WR-CALNAME:{CalendarLines.Text(options.SiteName)}",
        // How often to ask: the standard's way, and the one that Outlook reads.
        "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
        "X-PUBLISHED-TTL:PT15M",
        .. appointments.SelectMany(a => Entry(a, options.PublicUrl.Host)),
        "END:VCALENDAR",
    ]);

    private static string[] Entry(Claim appointment, string host)
    {
        var changed = CalendarLines.Utc(appointment.MovedAt ?? appointment.CreatedAt);
        return
        [
            "BEGIN:VEVENT",
            $"UID:{appointment.BookingId}@{host}",
            $"DTSTAMP:{changed}",
            $"LAST-MODIFIED:{changed}",
            $"SEQUENCE:{appointment.Sequence.ToString(CultureInfo.InvariantCulture)}",
            "STATUS:CONFIRMED",
            $"DTSTART:{CalendarLines.Utc(appointment.StartsAt)}",
            $"DTEND:{CalendarLines.Utc(appointment.EndsAt)}",
            "SUMMARY:Visit",
            "CLASS:PRIVATE",
            "TRANSP:OPAQUE",
            "END:VEVENT",
        ];
    }

    /// <summary>The booking that a UID names; null when it names none of ours.</summary>
    public static Guid? BookingOf(string uid)
    {
        uid = Unwrapped(uid.Trim());
        return uid.Length > GuidLength && uid[GuidLength] == '@' && Guid.TryParseExact(uid[..GuidLength], "D", out var id) ? id : null;
    }

    private static string Unwrapped(string uid)
    {
        var mark = uid.StartsWith(OutlookMark, StringComparison.OrdinalIgnoreCase) ? uid.IndexOf(WrappedMark, StringComparison.OrdinalIgnoreCase) : -1;
        if (mark < 0)
            return uid;
        var inside = uid.AsSpan(mark + WrappedMark.Length);
        var bytes = new byte[inside.Length / 2];
        return Convert.FromHexString(inside, bytes, out _, out var written) is System.Buffers.OperationStatus.Done
            ? Encoding.ASCII.GetString(bytes, 0, written).TrimEnd('\0')
            : uid;
    }
}
