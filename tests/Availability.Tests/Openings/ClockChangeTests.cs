using NodaTime;
using Xunit;
using static Availability.Tests.TimetableSamples;

namespace Availability.Tests;

/// <summary>Hours keep their wall time over clock changes; what the clock never shows is never sold.</summary>
public sealed class ClockChangeTests
{
    [Theory]
    [InlineData("America/Denver", "2026-03-07", "09:00-07:00")]
    [InlineData("America/Denver", "2026-03-08", "09:00-06:00")]
    [InlineData("America/Denver", "2026-10-31", "09:00-06:00")]
    [InlineData("America/Denver", "2026-11-01", "09:00-07:00")]
    [InlineData("Europe/London", "2026-03-28", "09:00+00:00")]
    [InlineData("Europe/London", "2026-03-29", "09:00+01:00")]
    [InlineData("Europe/London", "2026-10-24", "09:00+01:00")]
    [InlineData("Europe/London", "2026-10-25", "09:00+00:00")]
    public void Nine_stays_nine(string zone, string date, string first) =>
        Assert.Equal([first, first.Replace("09", "10", StringComparison.Ordinal)], On(date, Daily(zone, "09:00", "11:00", 60), 60));

    [Fact]
    public void Dublin_sells_no_hour_that_does_not_exist() =>
        Assert.Equal(
            ["00:00+00:00", "00:30+00:00", "02:00+01:00", "02:30+01:00"],
            On("2026-03-29", Daily("Europe/Dublin", "00:00", "03:00"), 30));

    [Fact]
    public void Dublin_sells_the_repeated_hour_twice() =>
        Assert.Equal(
            ["00:30+01:00", "01:00+01:00", "01:30+01:00", "01:00+00:00", "01:30+00:00", "02:00+00:00"],
            On("2026-10-25", Daily("Europe/Dublin", "00:30", "02:30"), 30));

    [Fact]
    public void Lord_Howe_jumps_half_an_hour() =>
        Assert.Equal(
            ["01:00+10:30", "01:30+10:30", "02:30+11:00", "03:00+11:00"],
            On("2026-10-04", Daily("Australia/Lord_Howe", "01:00", "03:30"), 30));

    [Fact]
    public void Lord_Howe_repeats_half_an_hour() =>
        Assert.Equal(
            ["01:00+11:00", "01:30+11:00", "01:30+10:30", "02:00+10:30"],
            On("2026-04-05", Daily("Australia/Lord_Howe", "01:00", "02:30"), 30));

    [Fact]
    public void Chatham_changes_at_a_quarter_to_three() =>
        Assert.Equal(
            ["02:15+12:45", "02:30+12:45", "03:45+13:45", "04:00+13:45"],
            On("2026-09-27", Daily("Pacific/Chatham", "02:15", "04:15", 15), 15));

    [Theory]
    [InlineData("Africa/Cairo", "2026-04-24", "01:00+03:00")]
    [InlineData("Asia/Beirut", "2026-03-29", "01:00+03:00")]
    public void Days_that_begin_at_one_have_no_midnight(string zone, string date, string first) =>
        Assert.Equal([first, first.Replace("01:00+", "01:30+", StringComparison.Ordinal)], On(date, Daily(zone, "00:00", "02:00"), 30));

    [Fact]
    public void Kiritimati_is_fourteen_hours_ahead()
    {
        var timetable = Daily("Pacific/Kiritimati", "09:00", "10:00", 60);
        Assert.Equal(["09:00+14:00"], On("2026-12-01", timetable, 60));
        Assert.Equal(At("2026-11-30T19:00+00:00"), OpeningRules.List(timetable, Minutes(60), Stretch.Of(At("2026-11-30T12:00+00:00"), 1440), At("2026-11-01T00:00+00:00")).Single().Start);
    }

    [Fact]
    public void Troll_jumps_two_hours() =>
        Assert.Equal(["00:00+00:00", "03:00+02:00"], On("2026-03-29", Daily("Antarctica/Troll", "00:00", "04:00", 60), 60));

    [Fact]
    public void A_visit_across_the_jump_is_as_long_as_any_other()
    {
        var opening = OpeningRules.List(
            Daily("America/Denver", "01:30", "04:00", 60), Minutes(60), Stretch.Of(At("2026-03-08T01:30-07:00"), 1), At("2026-03-01T00:00-07:00")).Single();
        Assert.Equal(At("2026-03-08T03:30-06:00"), opening.End);
    }

    [Fact]
    public void Hours_over_the_jump_have_less_room()
    {
        // 01:00 to 04:00 lasts two elapsed hours on that night, so a visit of 150 minutes fits on no start.
        Assert.Empty(On("2026-03-08", Daily("America/Denver", "01:00", "04:00"), 150));
        Assert.Equal(["01:00-06:00", "01:30-06:00"], On("2026-03-09", Daily("America/Denver", "01:00", "04:00"), 150));
    }

    [Fact]
    public void Hours_that_begin_in_the_jump_begin_after_it_and_keep_their_steps() =>
        Assert.Equal(["03:30-06:00"], On("2026-03-08", Daily("America/Denver", "02:30", "05:00", 60), 60));

    [Fact]
    public void Hours_past_midnight_follow_the_change()
    {
        var saturdayNight = Daily("America/Denver", "23:00", "02:00", 60) with
        {
            Workplaces = [new Workplace(Studio, Zone("America/Denver"), [new WeeklyRange(IsoDayOfWeek.Saturday, Time("23:00"), Time("02:00"))], [], [])],
        };
        Assert.Equal(["23:00-06:00"], On("2026-10-31", saturdayNight, 60));
        Assert.Equal(["00:00-06:00", "01:00-06:00", "01:00-07:00"], On("2026-11-01", saturdayNight, 60));
    }

    [Fact]
    public void The_shipped_zone_data_knows_this_years_changes()
    {
        // British Columbia stays on its summer time from 2026; data of machines that have not heard of it say -08:00.
        Assert.Equal(["09:00-07:00"], On("2026-12-01", Daily("America/Vancouver", "09:00", "10:00", 60), 60));
    }
}
