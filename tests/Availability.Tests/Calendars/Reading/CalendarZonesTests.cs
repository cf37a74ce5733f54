using NodaTime;
using Xunit;
using static Availability.Tests.Feed;

namespace Availability.Tests;

/// <summary>Zones by name and by description.</summary>
public sealed class CalendarZonesTests
{
    [Theory]
    [InlineData("TZID=America/New_York")]
    [InlineData("tzid=\"America/New_York\"")]
    [InlineData("TZID=america/new_york")]
    [InlineData("TZID=US/Eastern")]
    [InlineData("TZID=Eastern Standard Time")]
    [InlineData("X-NOTE=\"a;b:c\";TZID=America/New_York")]
    [InlineData("TZID=/mozilla.org/20050126_1/America/New_York")]
    [InlineData("TZID=/freeassociation.sourceforge.net/America/New_York")]
    [InlineData("TZID=/America/New_York")]
    public void Names_of_zones_come_in_many_forms(string parameter) =>
        Assert.Equal(["2026-12-01 09:00"], Starts(Calendar(Event($"DTSTART;{parameter}:20261201T090000", "DURATION:PT1H")), "America/New_York"));

    [Fact]
    public void Utc_needs_no_name_and_keeps_to_itself() =>
        Assert.Equal(
            ["2026-12-01 09:00", "2026-12-02 09:00"],
            Starts(
                Calendar(Event("DTSTART:20261201T090000Z", "DURATION:PT1H"), Event("DTSTART;TZID=America/New_York:20261202T090000Z", "DURATION:PT1H")), "UTC"));

    [Fact]
    public void Floating_times_and_dates_are_those_of_home() =>
        Assert.Equal(
            ["2026-12-01 09:00-05:00 PT1H", "2026-12-03 00:00-05:00 PT24H"],
            Read(Calendar(Event("DTSTART:20261201T090000", "DURATION:PT1H"), Event("DTSTART;VALUE=DATE:20261203")), "America/New_York"));

    [Fact]
    public void A_description_counts_for_a_name_that_nobody_else_knows() =>
        Assert.Equal(
            ["2026-03-28 17:00", "2026-03-29 16:00", "2026-10-24 16:00", "2026-10-25 17:00"],
            Starts(
                Calendar(
                    Described("Office\\; east", "+0500", "+0600"),
                    Event("DTSTART;TZID=\"Office; east\":20260328T220000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2"),
                    Event("DTSTART;TZID=\"Office; east\":20261024T220000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=2")), "UTC"));

    [Fact]
    public void A_description_does_not_change_a_zone_that_everybody_knows() =>
        Assert.Equal(
            ["2026-12-01 08:00"],
            Starts(Calendar(Described("Europe/Berlin", "+0500", "+0600"), Event("DTSTART;TZID=Europe/Berlin:20261201T090000", "DURATION:PT1H")), "UTC"));

    [Fact]
    public void Each_calendar_of_a_file_describes_its_own() =>
        Assert.Equal(
            ["2026-12-01 04:00", "2026-12-01 05:00"],
            Starts(
                Calendar(Described("Office", "+0500", "+0600"), Event("DTSTART;TZID=Office:20261201T090000", "DURATION:PT1M"))
                + Calendar(Described("Office", "+0400", "+0500"), Event("DTSTART;TZID=Office:20261201T090000", "DURATION:PT1M")), "UTC"));

    [Theory]
    [InlineData("20240601T120000", "2024-06-01 11:00")]
    [InlineData("20250601T120000", "2025-06-01 10:00")]
    [InlineData("20260115T120000", "2026-01-15 10:00")]
    [InlineData("20260601T120000", "2026-06-01 09:00")]
    [InlineData("20261201T120000", "2026-12-01 10:00")]
    public void Onsets_are_listed_too_and_end_with_their_rule(string time, string expected)
    {
        var zone = Part(
            "VTIMEZONE", "TZID:Office",
            Part("STANDARD", "DTSTART:20250101T000000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200"),
            Part("DAYLIGHT", "DTSTART:20260301T000000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0300", "RDATE:20270301T000000"),
            Part("STANDARD", "DTSTART:20261001T000000", "TZOFFSETFROM:+0300", "TZOFFSETTO:+0200", "RRULE:FREQ=YEARLY;UNTIL=20271001T000000Z"));

        Assert.Equal([expected], Starts(Calendar(zone, Event($"DTSTART;TZID=Office:{time}", "DURATION:PT1H")), "UTC"));
    }

    [Theory]
    [InlineData("TZOFFSETTO:+0200", "TZOFFSETTO:two hours")]
    [InlineData("TZOFFSETTO:+0200", "TZOFFSETTO:+2300")]
    [InlineData("RRULE:FREQ=YEARLY", "RRULE:FREQ=EARLY")]
    [InlineData("DTSTART:20200601T000000", "DTSTART:20200101T120000")]
    [InlineData("DTSTART:20200101T000000", "DTSTART:long ago")]
    [InlineData("TZID:Office", "TZID:Elsewhere")]
    public void An_event_in_a_zone_that_nobody_knows_is_refused_unless_it_is_days_away(string right, string wrong)
    {
        var zone = Part(
            "VTIMEZONE", "TZID:Office",
            Part("STANDARD", "DTSTART:20200101T000000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "RRULE:FREQ=YEARLY"),
            Part("STANDARD", "DTSTART:20200601T000000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "RRULE:FREQ=YEARLY"));
        var text = Calendar(zone, Event("DTSTART;TZID=Office:20261201T090000", "DURATION:PT1H")).Replace(right, wrong, StringComparison.Ordinal);
        static Stretch Day(int day) => new(Instant.FromUtc(2026, 12, day, 0, 0), Instant.FromUtc(2026, 12, day + 1, 0, 0));

        Assert.Empty(Busy(text, Day(4)));
        Assert.Contains("time zone", Assert.Throws<CalendarFormatException>(() => Busy(text, Day(1))).Message, StringComparison.Ordinal);
        Assert.Throws<CalendarFormatException>(() => Busy(text, Day(2)));
    }

    private static string Described(string name, string winter, string summer) => Part(
        "VTIMEZONE", "TZID:" + name,
        Part("STANDARD", "DTSTART:19961027T030000", $"TZOFFSETFROM:{summer}", $"TZOFFSETTO:{winter}", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"),
        Part("DAYLIGHT", "DTSTART:19960331T020000", $"TZOFFSETFROM:{winter}", $"TZOFFSETTO:{summer}", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"));
}
