using Xunit;
using static Availability.Tests.Feed;

namespace Availability.Tests;

/// <summary>Repetitions that are left out, added and changed.</summary>
public sealed class EventSeriesTests
{
    private const string Daily = "UID:1\r\nDTSTART;TZID=Europe/Berlin:20261201T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=5";
    private const string WholeDays = "UID:1\r\nDTSTART;VALUE=DATE:20261201\r\nRRULE:FREQ=DAILY;INTERVAL=2;COUNT=3";

    [Theory]
    [InlineData("EXDATE;TZID=Europe/Berlin:20261202T090000,20261204T090000")]
    [InlineData("EXDATE;TZID=Europe/Berlin:20261202T090000\r\nEXDATE;TZID=Europe/Berlin:20261204T090000")]
    [InlineData("EXDATE:20261202T080000Z,20261204T080000Z")]
    [InlineData("EXDATE;TZID=America/New_York:20261202T030000,20261204T030000")]
    [InlineData("EXDATE:20261202T090000,20261204T090000")]
    [InlineData("EXDATE;VALUE=DATE:20261202,20261204")]
    public void Exceptions_name_a_start_in_any_zone_or_a_day(string exceptions) =>
        Assert.Equal(["2026-12-01 09:00", "2026-12-03 09:00", "2026-12-05 09:00"], Starts(Calendar(Event(Daily, exceptions))));

    [Theory]
    [InlineData("EXDATE;VALUE=DATE:20261203")]
    [InlineData("EXDATE:20261203T000000")]
    [InlineData("EXDATE;TZID=Europe/Berlin:20261203T000000")]
    [InlineData("EXDATE:20261203T000000Z")]
    public void Exceptions_of_whole_days_name_their_date(string exception) =>
        Assert.Equal(["2026-12-01 00:00", "2026-12-05 00:00"], Starts(Calendar(Event(WholeDays, exception))));

    [Fact]
    public void Exceptions_that_name_nothing_leave_out_nothing() =>
        Assert.Equal(5, Starts(Calendar(Event(Daily, "EXDATE:20261202T090000Z", "EXDATE;VALUE=DATE:20261130"))).Length);

    [Fact]
    public void The_start_may_be_left_out_too() =>
        Assert.Equal(["2026-12-02 09:00"], Starts(Calendar(Event(Daily.Replace("=5", "=2", StringComparison.Ordinal), "EXDATE;TZID=Europe/Berlin:20261201T090000"))));

    [Theory]
    [InlineData("RDATE;TZID=Europe/Berlin:20261210T140000", "2026-12-10 14:00+01:00 PT1H")]
    [InlineData("RDATE:20261210T130000Z", "2026-12-10 14:00+01:00 PT1H")]
    [InlineData("RDATE;VALUE=DATE:20261210", "2026-12-10 09:00+01:00 PT1H")]
    [InlineData("RDATE;VALUE=PERIOD:20261210T130000Z/PT3H", "2026-12-10 14:00+01:00 PT3H")]
    [InlineData("RDATE;VALUE=PERIOD;TZID=Europe/Berlin:20261210T140000/20261210T143000", "2026-12-10 14:00+01:00 PT30M")]
    public void Dates_are_added(string date, string expected) =>
        Assert.Equal([.. Read(Calendar(Event(Daily))), expected], Read(Calendar(Event(Daily, date))));

    [Fact]
    public void Dates_may_be_all_there_is_and_exceptions_hold_for_them_too() =>
        Assert.Equal(
            ["2026-12-01 00:00", "2026-12-05 00:00"],
            Starts(Calendar(Event("DTSTART;VALUE=DATE:20261201", "RDATE;VALUE=DATE:20261203,20261205", "EXDATE;VALUE=DATE:20261203"))));

    [Fact]
    public void Several_rules_are_united() =>
        Assert.Equal(
            ["2026-12-01 09:00", "2026-12-08 09:00", "2026-12-24 09:00"],
            Starts(Calendar(Event("DTSTART:20261201T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2", "RRULE:FREQ=MONTHLY;BYMONTHDAY=24;COUNT=2"))));

    [Fact]
    public void The_start_is_the_first_of_its_rule_even_if_it_does_not_fit() =>
        Assert.Equal(
            ["2026-12-01 09:00", "2026-12-04 09:00", "2026-12-11 09:00"],
            Starts(Calendar(Event("DTSTART:20261201T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=FR;COUNT=3"))));

    [Theory]
    [InlineData("DTSTART:20261201T090000", "UNTIL=20261203", 3)]
    [InlineData("DTSTART:20261201T090000", "UNTIL=20261203T090000", 3)]
    [InlineData("DTSTART:20261201T090000", "UNTIL=20261203T085959", 2)]
    [InlineData("DTSTART:20261201T090000", "UNTIL=20261203T080000Z", 3)]
    [InlineData("DTSTART:20261201T090000", "UNTIL=20261203T075959Z", 2)]
    [InlineData("DTSTART;TZID=America/New_York:20261201T200000", "UNTIL=20261204T010000Z", 3)]
    [InlineData("DTSTART;TZID=America/New_York:20261201T200000", "UNTIL=20261203T235959Z", 2)]
    [InlineData("DTSTART;VALUE=DATE:20261201", "UNTIL=20261203", 3)]
    [InlineData("DTSTART;VALUE=DATE:20261201", "UNTIL=20261203T000000Z", 3)]
    [InlineData("DTSTART;VALUE=DATE:20261201", "UNTIL=20261202T230000Z", 3)]
    [InlineData("DTSTART;VALUE=DATE:20261201", "UNTIL=20261202T225959Z", 2)]
    public void Until_belongs_to_the_series_in_all_its_forms(string start, string until, int count) =>
        Assert.Equal(count, Read(Calendar(Event(start, "DURATION:P1D", "RRULE:FREQ=DAILY;" + until))) is [var whole] ? int.Parse(whole.Split("PT")[1][..^1], null) / 24 : 0);

    [Theory]
    [InlineData("RECURRENCE-ID;TZID=Europe/Berlin:20261203T090000")]
    [InlineData("RECURRENCE-ID:20261203T080000Z")]
    [InlineData("RECURRENCE-ID;VALUE=DATE:20261203")]
    public void A_change_stands_for_the_occurrence_that_it_names(string names) =>
        Assert.Equal(
            ["2026-12-01 09:00+01:00 PT1H", "2026-12-02 09:00+01:00 PT1H", "2026-12-04 09:00+01:00 PT1H", "2026-12-05 09:00+01:00 PT1H", "2026-12-20 15:00+01:00 PT2H"],
            Read(Calendar(Event("UID:1", names, "DTSTART;TZID=Europe/Berlin:20261220T150000", "DURATION:PT2H"), Event(Daily))));

    [Theory]
    [InlineData("STATUS:CANCELLED")]
    [InlineData("TRANSP:TRANSPARENT")]
    [InlineData("STATUS:CANCELLED\r\nDTSTART:sometime")]
    public void A_change_may_free_the_time(string change) =>
        Assert.Equal(
            ["2026-12-01 09:00", "2026-12-02 09:00", "2026-12-04 09:00", "2026-12-05 09:00"],
            Starts(Calendar(Event(Daily), Event("UID:1", "RECURRENCE-ID;TZID=Europe/Berlin:20261203T090000", change))));

    [Fact]
    public void A_change_without_its_series_is_an_event() =>
        Assert.Equal(["2026-12-20 15:00"], Starts(Calendar(Event("UID:1", "RECURRENCE-ID:20261203T080000Z", "DTSTART;TZID=Europe/Berlin:20261220T150000", "DURATION:PT2H"))));

    [Fact]
    public void A_change_that_names_nothing_takes_time_nevertheless() =>
        Assert.Equal(6, Starts(Calendar(Event(Daily), Event("UID:1", "RECURRENCE-ID:20261203T093000Z", "DTSTART:20261220T150000Z", "DURATION:PT2H"))).Length);

    [Fact]
    public void A_series_may_be_moved_and_lengthened_from_an_occurrence_on() =>
        Assert.Equal(
            ["2026-12-01 09:00+01:00 PT1H", "2026-12-02 09:00+01:00 PT1H", "2026-12-04 11:00+01:00 PT2H", "2026-12-05 11:00+01:00 PT2H", "2026-12-06 11:00+01:00 PT2H"],
            Read(Calendar(
                Event(Daily),
                Event("UID:1", "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20261203T090000", "DTSTART;TZID=Europe/Berlin:20261204T110000", "DURATION:PT2H"))));

    [Fact]
    public void What_is_moved_for_good_keeps_its_time_over_a_clock_change_and_can_be_changed_again() =>
        Assert.Equal(
            ["2026-10-23 09:00+02:00 PT1H", "2026-10-24 10:00+02:00 PT1H", "2026-10-25 10:00+01:00 PT1H", "2026-10-26 20:00+01:00 PT1H"],
            Read(Calendar(
                Event("UID:1", "DTSTART;TZID=Europe/Berlin:20261023T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=6"),
                Event("UID:1", "RECURRENCE-ID;RANGE=THISANDFUTURE:20261024T070000Z", "DTSTART:20261024T080000Z", "DURATION:PT1H"),
                Event("UID:1", "RECURRENCE-ID:20261026T080000Z", "DTSTART;TZID=Europe/Berlin:20261026T200000", "DURATION:PT1H"),
                Event("UID:1", "RECURRENCE-ID;RANGE=THISANDFUTURE:20261027T080000Z", "STATUS:CANCELLED"))));

    [Fact]
    public void A_series_that_is_free_may_become_busy() =>
        Assert.Equal(
            ["2026-12-04 09:00", "2026-12-05 09:00"],
            Starts(Calendar(
                Event(Daily, "TRANSP:TRANSPARENT"),
                Event("UID:1", "RECURRENCE-ID;RANGE=THISANDFUTURE:20261204T080000Z", "DTSTART:20261204T080000Z", "DURATION:PT1H"))));

    [Fact]
    public void A_series_that_stays_free_may_be_broken() =>
        Assert.Empty(Starts(Calendar(
            Event("UID:1", "DTSTART:sometime", "RRULE:FREQ=DAILY", "STATUS:CANCELLED"),
            Event("UID:1", "RECURRENCE-ID;RANGE=THISANDFUTURE:20261204T080000Z", "STATUS:CANCELLED"))));

    [Fact]
    public void Of_several_revisions_the_highest_counts()
    {
        var old = Event("UID:1", "SEQUENCE:1", "DTSTART:20261201T090000", "DURATION:PT1H");
        var current = Event("UID:1", "SEQUENCE:2", "DTSTART:20261202T090000", "DURATION:PT1H");

        Assert.Equal(["2026-12-02 09:00"], Starts(Calendar(old, current)));
        Assert.Equal(["2026-12-02 09:00"], Starts(Calendar(current) + Calendar(old)));
        Assert.Empty(Starts(Calendar(old, Event("UID:1", "SEQUENCE:3", "STATUS:CANCELLED"), current)));
        Assert.Equal(2, Starts(Calendar(old, current.Replace("SEQUENCE:2", "SEQUENCE:1", StringComparison.Ordinal))).Length);
        Assert.Equal(2, Starts(Calendar(old.Replace("UID:1\r\n", "", StringComparison.Ordinal), current.Replace("UID:1\r\n", "", StringComparison.Ordinal))).Length);
    }

    [Fact]
    public void Revisions_of_a_change_are_told_apart_from_those_of_the_series() =>
        Assert.Equal(
            ["2026-12-01 09:00", "2026-12-02 20:00"],
            Starts(Calendar(
                Event(Daily.Replace("=5", "=2", StringComparison.Ordinal), "SEQUENCE:7"),
                Event("UID:1", "SEQUENCE:1", "RECURRENCE-ID:20261202T080000Z", "DTSTART:20261202T190000", "DURATION:PT1H"),
                Event("UID:1", "SEQUENCE:2", "RECURRENCE-ID:20261202T080000Z", "DTSTART:20261202T200000", "DURATION:PT1H"))));
}
