using NodaTime;
using Xunit;
using static Availability.Tests.Feed;

namespace Availability.Tests;

/// <summary>What of a feed takes time, and how its lines are written.</summary>
public sealed class CalendarEventTests
{
    private const string Nine = "DTSTART:20261201T090000Z";

    [Theory]
    [InlineData("DTSTART;VALUE=DATE:20261201", "", "2026-12-01 00:00+00:00 PT24H")]
    [InlineData("DTSTART:20261201", "", "2026-12-01 00:00+00:00 PT24H")]
    [InlineData("DTSTART;VALUE=DATE:20261201T000000", "", "2026-12-01 00:00+00:00 PT24H")]
    [InlineData("DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261203", "2026-12-01 00:00+00:00 PT48H")]
    [InlineData("DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261201", "2026-12-01 00:00+00:00 PT24H")]
    [InlineData("DTSTART;VALUE=DATE:20261201", "DURATION:P2D", "2026-12-01 00:00+00:00 PT48H")]
    [InlineData(Nine, "DTEND:20261201T103000Z", "2026-12-01 09:00+00:00 PT1H30M")]
    [InlineData(Nine, "DTEND;VALUE=DATE-TIME:20261201T103000Z", "2026-12-01 09:00+00:00 PT1H30M")]
    [InlineData(Nine, "DTEND:20261201T095960Z", "2026-12-01 09:00+00:00 PT59M59S")]
    [InlineData(Nine, "DURATION:PT1H30M", "2026-12-01 09:00+00:00 PT1H30M")]
    [InlineData(Nine, "DURATION:P1DT2H3M4S", "2026-12-01 09:00+00:00 PT26H3M4S")]
    [InlineData(Nine, "DURATION:+P1W", "2026-12-01 09:00+00:00 PT168H")]
    [InlineData(Nine, "dtend;value=date-time:20261201t100000z", "2026-12-01 09:00+00:00 PT1H")]
    [InlineData("DTSTART:20261201T080000Z", "DTEND:99991231T235959Z", "2026-12-01 08:00+00:00 PT27040H")]
    public void Starts_and_ends_come_in_many_forms(string start, string end, string expected) =>
        Assert.Equal([expected], Read(Calendar(Event(start, end)), "UTC"));

    [Theory]
    [InlineData("SUMMARY:No end")]
    [InlineData("DTEND:20261201T090000Z")]
    [InlineData("DURATION:PT0S")]
    [InlineData("DURATION:PT1H\r\nTRANSP:TRANSPARENT")]
    [InlineData("DURATION:PT1H\r\nSTATUS:CANCELLED")]
    [InlineData("DURATION:PT1H\r\nstatus: Cancelled")]
    [InlineData("DURATION:PT1H\r\nX-MICROSOFT-CDO-BUSYSTATUS:FREE\r\nTRANSP:OPAQUE")]
    public void Some_events_take_no_time(string properties) => Assert.Empty(Read(Calendar(Event(Nine, properties))));

    [Theory]
    [InlineData("STATUS:TENTATIVE")]
    [InlineData("STATUS:")]
    [InlineData("TRANSP:OPAQUE")]
    [InlineData("X-MICROSOFT-CDO-BUSYSTATUS:OOF")]
    [InlineData("ATTENDEE;PARTSTAT=DECLINED:mailto:somebody@example.org")]
    [InlineData("EXDATE:tomorrow")]
    [InlineData("EXDATE;TZID=Nowhere:20261201T090000")]
    [InlineData("RECURRENCE-ID:tomorrow")]
    [InlineData("SEQUENCE:many")]
    [InlineData("X-ANYTHING;X-EVEN=\"this: that\":1")]
    [InlineData("BEGIN:VALARM\r\nTRIGGER:-PT15M\r\nDURATION:PT5M\r\nEND:VALARM")]
    public void All_others_do(string properties) => Assert.Single(Read(Calendar(Event(Nine, "DURATION:PT1H", properties))));

    [Theory]
    [InlineData("DTSTART:20261301T090000Z")]
    [InlineData("DTSTART:20260229T090000Z")]
    [InlineData("DTSTART:20261201T240000Z")]
    [InlineData("DTSTART:20261201T0900")]
    [InlineData("DTSTART:2026-12-01T09:00:00Z")]
    [InlineData("DTSTART:tomorrow")]
    [InlineData("SUMMARY:Sometime")]
    [InlineData("DTSTART;TZID=\"Europe/Berlin:20261201T090000")]
    [InlineData(Nine, "DTEND:later")]
    [InlineData(Nine, "DTEND:20261130T090000Z")]
    [InlineData(Nine, "DURATION:an hour")]
    [InlineData(Nine, "DURATION:P")]
    [InlineData(Nine, "DURATION:-PT1H")]
    [InlineData(Nine, "DURATION:P999999999D")]
    [InlineData(Nine, "RRULE:WEEKLY")]
    [InlineData(Nine, "RRULE:FREQ=FORTNIGHTLY")]
    [InlineData(Nine, "RRULE:FREQ=1")]
    [InlineData(Nine, "RRULE:FREQ=DAILY;INTERVAL=0")]
    [InlineData(Nine, "RRULE:FREQ=DAILY;COUNT=-1")]
    [InlineData(Nine, "RRULE:FREQ=DAILY;UNTIL=soon")]
    [InlineData(Nine, "RRULE:FREQ=DAILY;BYHOUR=24")]
    [InlineData(Nine, "RRULE:FREQ=MONTHLY;BYMONTHDAY=0")]
    [InlineData(Nine, "RRULE:FREQ=MONTHLY;BYDAY=1XX")]
    [InlineData(Nine, "RRULE:FREQ=MONTHLY;BYDAY=0MO")]
    [InlineData(Nine, "RRULE:FREQ=MONTHLY;BYMONTHDAY=31;SKIP=FORWARD")]
    [InlineData(Nine, "RRULE:FREQ=YEARLY;BYEASTER=1")]
    [InlineData(Nine, "RDATE:20261301T090000Z")]
    [InlineData(Nine, "RDATE;VALUE=PERIOD:20261202T090000Z/PT-1H")]
    public void A_feed_is_refused_for_a_busy_time_that_cannot_be_read_and_for_no_other(params string[] properties)
    {
        var refusal = Assert.Throws<CalendarFormatException>(() => Read(Calendar(Event(["SUMMARY:Ann's surgery", .. properties]))));
        Assert.DoesNotContain("Ann", refusal.Message, StringComparison.Ordinal);
        if (!properties[0].Contains('"', StringComparison.Ordinal))
            Assert.Empty(Read(Calendar(Event([.. properties, "TRANSP:TRANSPARENT"]))));
    }

    [Fact]
    public void Lines_are_folded_and_ended_in_many_ways()
    {
        string[] expected = ["2026-12-01 09:00+00:00 PT1H"];
        var text = Calendar(Event("DT\r\n START:2026120\r\n\t1T090000Z", "SUMMARY:Straße \ud83d\r\n \ude00", "DURATION:PT1H"));

        Assert.Equal(expected, Read(text, "UTC"));
        Assert.Equal(expected, Read(text.Replace("\r\n", "\n", StringComparison.Ordinal), "UTC"));
        Assert.Equal(expected, Read(text.Replace("\r\n", "\r", StringComparison.Ordinal), "UTC"));
        Assert.Equal(expected, Read(text.Replace("\r\n", "\r\r\n", StringComparison.Ordinal), "UTC"));
        Assert.Equal(expected, Read("\uFEFF" + text.TrimEnd(), "UTC"));
        Assert.Equal(expected, Read(text.Replace("VEVENT", "vevent", StringComparison.Ordinal).Replace("END:", "end:", StringComparison.Ordinal), "UTC"));
    }

    [Fact]
    public void One_file_may_hold_several_calendars() =>
        Assert.Equal(
            ["2026-12-01 09:00", "2026-12-02 09:00"],
            Starts(
                Calendar(Event("UID:1", Nine, "DURATION:PT1H")) + "\uFEFF" + Calendar(Event("UID:2", "DTSTART:20261202T090000Z", "DURATION:PT1H")), "UTC"));

    [Fact]
    public void Free_busy_tells_periods() =>
        Assert.Equal(
            ["2026-12-01 09:00+00:00 PT1H", "2026-12-02 09:00+00:00 PT2H", "2026-12-03 09:00+00:00 PT1H"],
            Read(
                Calendar(Part(
                    "VFREEBUSY", "DTSTART:20261201T000000Z", "DTEND:20270101T000000Z",
                    "FREEBUSY:20261201T090000Z/PT1H,20261202T090000Z/20261202T110000Z",
                    "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20261203T090000Z/PT1H",
                    "FREEBUSY;FBTYPE=FREE:20261204T090000Z/PT1H")), "UTC"));

    [Fact]
    public void What_is_no_event_takes_no_time() =>
        Assert.Empty(Read(Calendar(
            Part("VTODO", Nine, "DURATION:PT1H"), Part("VJOURNAL", Nine), Part("X-THING", Part("VEVENT", Nine, "DURATION:PT1H")))));

    [Fact]
    public void Our_own_events_are_left_out_with_all_their_repetitions() =>
        Assert.Equal(
            [Stretch.Of(Instant.FromUtc(2026, 12, 3, 9, 0), 60)],
            Busy(
                Calendar(
                    Event("UID:ours@example.org", Nine, "DURATION:PT1H", "RRULE:FREQ=DAILY"),
                    Event("UID:ours@example.org", "RECURRENCE-ID:20261202T090000Z", "DTSTART:20261202T120000Z", "DURATION:PT1H"),
                    Event("UID:theirs@example.org", "DTSTART:20261203T090000Z", "DURATION:PT1H")),
                new Stretch(Instant.FromUtc(2026, 12, 1, 0, 0), Instant.FromUtc(2027, 1, 1, 0, 0)), ours: "ours@example.org"));

    [Fact]
    public void Stretches_are_merged_and_cut_to_the_window() =>
        Assert.Equal(
            [new Stretch(Instant.FromUtc(2026, 12, 1, 9, 30), Instant.FromUtc(2026, 12, 1, 12, 0)), new Stretch(Instant.FromUtc(2026, 12, 1, 13, 0), Instant.FromUtc(2026, 12, 1, 14, 0))],
            Busy(
                Calendar(
                    Event("DTSTART:20261201T130000Z", "DURATION:P1W"),
                    Event("DTSTART:20261201T100000Z", "DURATION:PT2H"),
                    Event("DTSTART:20261201T100000Z", "DURATION:PT5M"),
                    Event(Nine, "DURATION:PT1H")),
                new Stretch(Instant.FromUtc(2026, 12, 1, 9, 30), Instant.FromUtc(2026, 12, 1, 14, 0))));

    [Theory]
    [InlineData("")]
    [InlineData("<!doctype html><title>Sign in</title>")]
    [InlineData("{\"error\": \"not found\"}")]
    [InlineData("BEGIN:VCARD\r\nEND:VCARD\r\n")]
    [InlineData("BEGIN:VEVENT\r\nDTSTART:20261201T090000Z\r\nEND:VEVENT\r\n")]
    [InlineData("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20261201T090000Z\r\nEND:VEVENT\r\n")]
    [InlineData("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20261201T090000Z\r\nEND:VCALENDAR\r\n")]
    [InlineData("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nEND:VCALENDAR\r\n")]
    public void What_is_no_calendar_or_broken_off_is_refused(string text) => Assert.Throws<CalendarFormatException>(() => Read(text));

    [Fact]
    public void An_empty_calendar_is_free() => Assert.Empty(Read(Calendar()));
}
