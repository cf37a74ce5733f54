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

    [Fact]
    public void Chatham_repeats_an_hour_at_a_quarter_to_three() =>
        Assert.Equal(
            ["02:30+13:45", "02:45+13:45", "03:00+13:45", "03:15+13:45", "02:45+12:45", "03:00+12:45", "03:15+12:45"],
            On("2026-04-05", Daily("Pacific/Chatham", "02:30", "03:30", 15), 15));

    [Fact]
    public void Kathmandu_is_a_quarter_of_an_hour_off_and_never_changes() =>
        Assert.Equal(["09:00+05:45", "09:30+05:45"], On("2026-03-29", Daily("Asia/Kathmandu", "09:00", "10:00"), 30));

    [Theory]
    [InlineData("Africa/Cairo", "2026-04-24", "01:00+03:00")]
    [InlineData("Asia/Beirut", "2026-03-29", "01:00+03:00")]
    [InlineData("America/Santiago", "2026-09-06", "01:00-03:00")]
    public void Days_that_begin_at_one_have_no_midnight(string zone, string date, string first) =>
        Assert.Equal([first, $"01:30{first[5..]}"], On(date, Daily(zone, "00:00", "02:00"), 30));

    [Fact]
    public void Nuuk_goes_from_eleven_at_night_to_midnight()
    {
        Assert.Equal(["22:00-02:00", "22:30-02:00"], On("2026-03-28", Daily("America/Nuuk", "22:00", "00:00"), 30));
        Assert.Equal(["00:00-01:00", "00:30-01:00"], On("2026-03-29", Daily("America/Nuuk", "00:00", "01:00"), 30));
    }

    [Fact]
    public void Nuuk_repeats_the_last_hour_of_a_day() =>
        Assert.Equal(
            ["22:30-01:00", "23:00-01:00", "23:30-01:00", "23:00-02:00", "23:30-02:00"],
            On("2026-10-24", Daily("America/Nuuk", "22:30", "00:00"), 30));

    [Fact]
    public void Casablanca_goes_back_for_Ramadan_and_on_after_it()
    {
        Assert.Equal(
            ["01:30+01:00", "02:00+01:00", "02:30+01:00", "02:00+00:00", "02:30+00:00", "03:00+00:00"],
            On("2026-02-15", Daily("Africa/Casablanca", "01:30", "03:30"), 30));
        Assert.Equal(["01:30+00:00", "03:00+01:00"], On("2026-03-22", Daily("Africa/Casablanca", "01:30", "03:30"), 30));
    }

    [Theory]
    [InlineData("America/Denver", "2026-03-08", "-06:00")]
    [InlineData("America/Denver", "2026-11-01", "-07:00")]
    [InlineData("Europe/London", "2026-03-29", "+01:00")]
    [InlineData("Australia/Lord_Howe", "2026-10-04", "+11:00")]
    [InlineData("Australia/Lord_Howe", "2026-04-05", "+10:30")]
    [InlineData("Pacific/Chatham", "2026-09-27", "+13:45")]
    [InlineData("America/Santiago", "2026-09-06", "-03:00")]
    [InlineData("Antarctica/Troll", "2026-03-29", "+02:00")]
    public void Afternoons_of_the_day_of_change_are_not_shifted(string zone, string date, string offset) =>
        Assert.Equal([$"13:00{offset}", $"14:00{offset}", $"15:00{offset}"], On(date, Daily(zone, "13:00", "16:00", 60), 60));

    [Theory]
    [InlineData("2026-03-08", "2026-03-07T09:59-07:00", "11:00-06:00")]
    [InlineData("2026-03-08", "2026-03-07T10:01-07:00", "12:00-06:00")]
    [InlineData("2026-11-01", "2026-10-31T10:00-06:00", "09:00-07:00")]
    [InlineData("2026-11-01", "2026-10-31T10:01-06:00", "10:00-07:00")]
    public void Notice_that_ends_on_the_day_of_change_is_elapsed_time(string date, string now, string first) =>
        Assert.Equal(first, On(date, Daily("America/Denver", "08:00", "16:00", 60) with { MinimumNoticeMinutes = 24 * 60 }, 60, now)[0]);

    [Fact]
    public void Apia_is_ahead_of_its_neighbours_by_a_day()
    {
        var timetable = Daily("Pacific/Apia", "09:00", "10:00", 60);
        Assert.Equal(["09:00+13:00"], On("2026-12-01", timetable, 60));
        Assert.Equal(At("2026-11-30T09:00-11:00"), OpeningRules.List(timetable, Minutes(60), Stretch.Of(At("2026-11-30T12:00+00:00"), 1440), At("2026-11-01T00:00+00:00")).Single().Start);
    }

    [Fact]
    public void The_horizon_counts_dates_of_the_place()
    {
        // Noon of the last of November in Greenwich is the first of December on Kiritimati already.
        var timetable = Daily("Pacific/Kiritimati", "09:00", "10:00", 60) with { HorizonDays = 1 };
        Assert.Equal(["09:00+14:00"], On("2026-12-02", timetable, 60, now: "2026-11-30T12:00+00:00"));
        Assert.Empty(On("2026-12-03", timetable, 60, now: "2026-11-30T12:00+00:00"));
        Assert.Empty(On("2026-12-02", timetable, 60, now: "2026-11-30T09:59+00:00"));
    }

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
    public void Troll_repeats_two_hours() =>
        Assert.Equal(
            ["00:00+02:00", "01:00+02:00", "02:00+02:00", "01:00+00:00", "02:00+00:00", "03:00+00:00"],
            On("2026-10-25", Daily("Antarctica/Troll", "00:00", "04:00", 60), 60));

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
