using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;

namespace Availability;

/// <summary>A DATE or a DATE-TIME (RFC 5545 sections 3.3.4 and 3.3.5), as a wall shows it.</summary>
/// <param name="Local">Midnight for a date.</param>
/// <param name="Zone">Where the wall stands.</param>
internal readonly record struct CalendarTime(LocalDateTime Local, bool IsDate, DateTimeZone Zone)
{
    /// <summary>Later years, with which some programs say "for ever", are read as its last day: NodaTime ends with 9999, and durations are added.</summary>
    private const int LastYear = 3000;

    private static readonly ZoneLocalMappingResolver StartOfDay =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    /// <summary>
    /// A date begins when the wall first shows it, or a later one if the zone has left it out. A time that the clock jumps over is read with the offset
    /// from before the jump, a repeated one is the first of the two: section 3.3.5 says so, and NodaTime calls it lenient.
    /// </summary>
    public Instant Instant => (IsDate ? Zone.ResolveLocal(Local.Date.AtMidnight(), StartOfDay) : Zone.AtLeniently(Local)).ToInstant();

    /// <summary>Whether anybody knows the zone. If not, <see cref="Instant"/> is less than a day off.</summary>
    public bool IsCertain => Zone != DescribedZone.Unknown;

    /// <summary>Seconds since 1970 that the wall would have counted if it had never been set.</summary>
    public long WallSeconds => WallSecondsOf(Local);

    public static long WallSecondsOf(LocalDateTime local) => local.InUtc().ToInstant().ToUnixTimeSeconds();

    /// <summary>The same moment on a wall in <paramref name="zone"/>; a date stays the date it is.</summary>
    public CalendarTime In(DateTimeZone zone) => IsDate ? this with { Zone = zone } : new(Instant.InZone(zone).LocalDateTime, false, zone);

    /// <summary>What is written as 20261201, 20261201T090000 or 20261201T090000Z, or null if it is none of these.</summary>
    /// <param name="zone">Of a date, and of a time without Z.</param>
    /// <param name="asDate">Reads only the date.</param>
    public static CalendarTime? Parse(ReadOnlySpan<char> text, DateTimeZone zone, bool asDate = false)
    {
        text = text.Trim();
        if (text.Length < 8 || Digits(text[..4]) is not (>= 1 and var year) || Digits(text[4..6]) is not (>= 1 and <= 12 and var month)
            || Digits(text[6..8]) is not (>= 1 and var day) || day > CalendarSystem.Iso.GetDaysInMonth(year, month))
            return null;
        var date = year <= LastYear ? new LocalDate(year, month, day) : new LocalDate(LastYear, 12, 31);
        var time = text[8..];
        if (time.IsEmpty)
            return new CalendarTime(date.AtMidnight(), true, zone);

        if (time.Length is not (7 or 8) || time[0] is not ('T' or 't') || Digits(time[1..3]) is not (<= 23 and var hour)
            || Digits(time[3..5]) is not (<= 59 and var minute) || Digits(time[5..7]) is not (<= 60 and var second)
            || (time.Length == 8 && time[7] is not ('Z' or 'z')))
            return null;
        if (asDate)
            return new CalendarTime(date.AtMidnight(), true, zone);
        // Section 3.3.12 has the 60th second read as the 59th where leap seconds are not kept.
        return new CalendarTime(date.At(new LocalTime(hour, minute, Math.Min(second, 59))), false, time.Length == 8 ? DateTimeZone.Utc : zone);
    }

    private static int? Digits(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
