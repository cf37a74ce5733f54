using Xunit;
using static Availability.Tests.Feed;

namespace Availability.Tests;

/// <summary>Events keep their wall times over clock changes; times that do not exist or exist twice are read as RFC 5545 section 3.3.5 says.</summary>
public sealed class ReadingOverClockChangesTests
{
    [Theory]
    [InlineData("Europe/Berlin", "20261024", "2026-10-24 09:00+02:00", "2026-10-25 09:00+01:00", "2026-10-26 09:00+01:00")]
    [InlineData("America/New_York", "20260307", "2026-03-07 09:00-05:00", "2026-03-08 09:00-04:00", "2026-03-09 09:00-04:00")]
    [InlineData("Australia/Lord_Howe", "20261003", "2026-10-03 09:00+10:30", "2026-10-04 09:00+11:00", "2026-10-05 09:00+11:00")]
    [InlineData("America/Santiago", "20260905", "2026-09-05 09:00-04:00", "2026-09-06 09:00-03:00", "2026-09-07 09:00-03:00")]
    [InlineData("Antarctica/Troll", "20260328", "2026-03-28 09:00+00:00", "2026-03-29 09:00+02:00", "2026-03-30 09:00+02:00")]
    [InlineData("Europe/Dublin", "20261024", "2026-10-24 09:00+01:00", "2026-10-25 09:00+00:00", "2026-10-26 09:00+00:00")]
    public void Nine_stays_nine(string zone, string date, params string[] expected) =>
        Assert.Equal(expected.Select(start => start + " PT1H"), Daily(zone, date + "T090000", "PT1H"));

    [Theory]
    [InlineData("Europe/Berlin", "20260329T023000", "2026-03-29 03:30+02:00 PT1H")]
    [InlineData("Australia/Lord_Howe", "20261004T021500", "2026-10-04 02:45+11:00 PT1H")]
    [InlineData("America/Santiago", "20260906T003000", "2026-09-06 01:30-03:00 PT1H")]
    [InlineData("Antarctica/Troll", "20260329T013000", "2026-03-29 03:30+02:00 PT1H")]
    [InlineData("Europe/Dublin", "20260329T013000", "2026-03-29 02:30+01:00 PT1H")]
    public void A_time_that_the_clock_jumps_over_has_the_offset_from_before(string zone, string time, string expected) =>
        Assert.Equal([expected], Read(Calendar(Event($"DTSTART;TZID={zone}:{time}", "DURATION:PT1H")), zone));

    [Theory]
    [InlineData("Europe/Berlin", "20261025T023000", "2026-10-25 02:30+02:00 PT1H")]
    [InlineData("Australia/Lord_Howe", "20260405T014500", "2026-04-05 01:45+11:00 PT1H")]
    [InlineData("America/Santiago", "20260404T233000", "2026-04-04 23:30-03:00 PT1H")]
    [InlineData("Antarctica/Troll", "20261025T013000", "2026-10-25 01:30+02:00 PT1H")]
    [InlineData("Europe/Dublin", "20261025T013000", "2026-10-25 01:30+01:00 PT1H")]
    public void Of_a_time_that_is_repeated_the_first_counts(string zone, string time, string expected) =>
        Assert.Equal([expected], Read(Calendar(Event($"DTSTART;TZID={zone}:{time}", "DURATION:PT1H")), zone));

    [Theory]
    [InlineData("America/Santiago", "20260905", "2026-09-05 00:00-04:00 PT24H", "2026-09-06 01:00-03:00 PT23H")]
    [InlineData("Antarctica/Troll", "20261025", "2026-10-25 00:00+02:00 PT26H", "2026-10-26 00:00+00:00 PT24H")]
    [InlineData("Australia/Lord_Howe", "20260405", "2026-04-05 00:00+11:00 PT24H30M", "2026-04-06 00:00+10:30 PT24H")]
    [InlineData("Europe/Dublin", "20260329", "2026-03-29 00:00+00:00 PT23H", "2026-03-30 00:00+01:00 PT24H")]
    public void Whole_days_last_as_long_as_the_day_does(string zone, string date, string first, string second)
    {
        Assert.Equal([first], Read(Calendar(Event($"DTSTART;VALUE=DATE:{date}")), zone));
        var both = Read(Calendar(Event($"DTSTART;VALUE=DATE:{date}", "DURATION:P2D")), zone);
        var daily = Read(Calendar(Event($"DTSTART;VALUE=DATE:{date}", "RRULE:FREQ=DAILY;COUNT=2")), zone);
        Assert.Equal(both, daily);
        Assert.Equal(Minutes(first) + Minutes(second), Minutes(Assert.Single(both)));
    }

    [Fact]
    public void A_day_that_a_zone_has_left_out_takes_no_time() =>
        Assert.Equal(
            ["2011-12-29 00:00-10:00 PT24H", "2011-12-31 00:00+14:00 PT24H"],
            [.. Read(Calendar(Event("DTSTART;VALUE=DATE:20111229"), Event("DTSTART;VALUE=DATE:20111230")), "Pacific/Apia"), .. Read(Calendar(Event("DTSTART;VALUE=DATE:20111231")), "Pacific/Apia")]);

    [Fact]
    public void Days_of_a_duration_are_days_on_the_wall_and_its_hours_are_elapsed() =>
        Assert.Equal(
            ["2026-10-24 12:00+02:00 PT25H", "2026-11-24 12:00+01:00 PT24H"],
            Read(Calendar(
                Event("DTSTART;TZID=Europe/Berlin:20261024T120000", "DURATION:P1D"),
                Event("DTSTART;TZID=Europe/Berlin:20261124T120000", "DURATION:PT24H"))));

    [Fact]
    public void An_end_is_kept_as_elapsed_time_by_all_repetitions() =>
        Assert.Equal(
            ["2026-10-23 22:00+02:00 PT8H", "2026-10-24 22:00+02:00 PT8H", "2026-10-25 22:00+01:00 PT8H"],
            Read(Calendar(Event("DTSTART;TZID=Europe/Berlin:20261023T220000", "DTEND;TZID=Europe/Berlin:20261024T060000", "RRULE:FREQ=DAILY;COUNT=3"))));

    [Fact]
    public void What_begins_in_a_gap_and_ends_at_its_end_takes_no_time() =>
        Assert.Empty(Read(Calendar(Event("DTSTART;TZID=Europe/Berlin:20260329T023000", "DTEND;TZID=Europe/Berlin:20260329T030000"))));

    [Fact]
    public void Until_is_an_instant_and_belongs_to_the_series() =>
        Assert.Equal(
            ["2026-10-24 09:00+02:00 PT1H", "2026-10-25 09:00+01:00 PT1H"],
            Daily("Europe/Berlin", "20261024T090000", "PT1H", "FREQ=DAILY;UNTIL=20261025T080000Z"));

    [Fact]
    public void Flights_start_and_land_on_different_walls() =>
        Assert.Equal(
            ["2026-12-01 09:00+01:00 PT8H30M"],
            Read(Calendar(Event("DTSTART;TZID=Europe/Berlin:20261201T090000", "DTEND;TZID=America/New_York:20261201T113000"))));

    private static string[] Daily(string zone, string start, string duration, string rule = "FREQ=DAILY;COUNT=3") =>
        Read(Calendar(Event($"DTSTART;TZID={zone}:{start}", "DURATION:" + duration, "RRULE:" + rule)), zone);

    private static double Minutes(string told) => NodaTime.Text.PeriodPattern.NormalizingIso.Parse(told.Split(' ')[2]).Value.ToDuration().TotalMinutes;
}
