using NodaTime;
using Xunit;
using static Availability.Tests.TimetableSamples;

namespace Availability.Tests;

/// <summary>One rule of offering at a time, at its edges.</summary>
public sealed class OpeningRulesTests
{
    private const string Day = "2026-12-01";
    private static readonly Timetable Mornings = Daily("America/Denver", "09:00", "12:00");

    [Fact]
    public void Starts_step_from_the_beginning_and_the_visit_ends_within_the_hours() =>
        Assert.Equal(["09:00-07:00", "09:30-07:00", "10:00-07:00", "10:30-07:00"], On(Day, Mornings, 75));

    [Fact]
    public void Each_range_has_its_own_anchor() =>
        Assert.Equal(
            ["09:10-07:00", "14:25-07:00"],
            On(Day, Daily("America/Denver", "09:10", "10:15", 60) with
            {
                Workplaces = [new Workplace(Studio, Zone("America/Denver"),
                    [new(IsoDayOfWeek.Tuesday, Time("09:10"), Time("10:15")), new(IsoDayOfWeek.Tuesday, Time("14:25"), Time("15:25"))], [], [])],
            }, 60));

    [Fact]
    public void Touching_ranges_are_one_stretch_of_hours() =>
        Assert.Contains("11:30-07:00", On(Day, Mornings with
        {
            Workplaces = [Mornings.Workplaces[0] with { ExtraHours = [Range("2026-12-01 12:00", "2026-12-01 13:00")] }],
        }, 60));

    [Fact]
    public void Notice_is_elapsed_time_and_its_last_minute_counts()
    {
        var noticed = Mornings with { MinimumNoticeMinutes = 120 };
        Assert.Equal("09:30-07:00", On(Day, noticed, 60, now: "2026-12-01T07:30-07:00")[0]);
        Assert.Equal("10:00-07:00", On(Day, noticed, 60, now: "2026-12-01T07:31-07:00")[0]);
    }

    [Fact]
    public void What_has_begun_is_not_offered() =>
        Assert.Equal(["10:30-07:00", "11:00-07:00"], On(Day, Mornings, 60, now: "2026-12-01T10:01-07:00"));

    [Theory]
    [InlineData("2026-11-29T00:01-07:00", 2, true)]
    [InlineData("2026-11-29T23:59-07:00", 2, true)]
    [InlineData("2026-11-28T23:59-07:00", 2, false)]
    [InlineData("2026-12-01T00:00-07:00", 0, true)]
    [InlineData("2026-11-30T23:59-07:00", 0, false)]
    public void The_horizon_counts_local_dates(string now, int days, bool offered) =>
        Assert.Equal(offered, On(Day, Mornings with { HorizonDays = days }, 60, now).Length > 0);

    [Fact]
    public void Back_to_back_is_fine_without_buffers() =>
        Assert.Equal(
            ["09:00-07:00", "11:00-07:00"],
            On(Day, Mornings with { Claims = [Claim(Mornings, At("2026-12-01T10:00-07:00"), 60)] }, 60));

    [Fact]
    public void Between_visits_lie_the_firsts_after_and_the_seconds_before()
    {
        var buffered = Daily("America/Denver", "08:00", "14:00", 5) with { BufferBeforeMinutes = 10, BufferAfterMinutes = 15 };
        var starts = On(Day, buffered with { Claims = [Claim(buffered, At("2026-12-01T10:00-07:00"), 60)] }, 60);
        Assert.Contains("08:35-07:00", starts);
        Assert.DoesNotContain("08:40-07:00", starts);
        Assert.DoesNotContain("11:20-07:00", starts);
        Assert.Contains("11:25-07:00", starts);
        Assert.Equal("08:00-07:00", starts[0]);
        Assert.Equal("13:00-07:00", starts[^1]);
    }

    [Fact]
    public void A_claim_keeps_the_buffers_it_was_made_with()
    {
        var made = Mornings with { BufferAfterMinutes = 30 };
        Assert.DoesNotContain("11:00-07:00", On(Day, Mornings with { Claims = [Claim(made, At("2026-12-01T10:00-07:00"), 60)] }, 60));
    }

    [Fact]
    public void Time_off_is_subtracted_without_buffers()
    {
        var lunch = Mornings with
        {
            BufferAfterMinutes = 30,
            Workplaces = [Mornings.Workplaces[0] with { TimeOff = [Range("2026-12-01 10:00", "2026-12-01 11:00")] }],
        };
        Assert.Equal(["09:00-07:00", "11:00-07:00"], On(Day, lunch, 60));
    }

    [Fact]
    public void Outside_busy_time_may_lie_off_the_grid()
    {
        var busy = new OutsideTime(new Stretch(At("2026-12-01T10:07-07:00"), At("2026-12-01T10:31-07:00")));
        Assert.Equal(["09:00-07:00", "11:00-07:00"], On(Day, Mornings with { OutsideBusy = [busy] }, 60));
        Assert.Equal(["09:00-07:00", "09:30-07:00", "11:00-07:00"], On(Day, Mornings with { OutsideBusy = [busy] }, 37));
    }

    [Fact]
    public void Extra_hours_bring_their_own_anchor() =>
        Assert.Equal(
            ["19:15-07:00"],
            On("2026-12-06", Mornings with
            {
                Workplaces = [Mornings.Workplaces[0] with { Weekly = [], ExtraHours = [Range("2026-12-06 19:15", "2026-12-06 20:15")] }],
            }, 60));

    [Fact]
    public void A_full_day_is_closed_and_the_next_is_not()
    {
        var two = Mornings with { MaxPerDay = 2, Claims = [Claim(Mornings, At("2026-12-01T09:00-07:00"), 30), Claim(Mornings, At("2026-12-01T11:30-07:00"), 30)] };
        Assert.Empty(On(Day, two, 30));
        Assert.Equal(6, On("2026-12-02", two, 30).Length);
    }

    [Fact]
    public void A_full_week_is_closed_from_Monday_to_Sunday_and_the_next_is_not()
    {
        // The first of December 2026 is a Tuesday.
        var two = Mornings with { MaxPerWeek = 2, Claims = [Claim(Mornings, At("2026-11-30T09:00-07:00"), 30), Claim(Mornings, At("2026-12-06T11:30-07:00"), 30)] };
        Assert.Equal([6, 0, 0, 0, 6], Counts(two, "2026-11-29", "2026-11-30", Day, "2026-12-06", "2026-12-07"));
    }

    [Fact]
    public void Between_visits_at_different_locations_lies_the_way_besides_the_buffers()
    {
        var rules = Daily("America/Denver", "08:00", "14:00", 5) with { BufferAfterMinutes = 15, TravelGapMinutes = 30 };
        var there = Claim(rules, At("2026-12-01T10:00-07:00"), 60) with { LocationId = Annex };
        var starts = On(Day, rules with { Claims = [there] }, 60);
        Assert.Equal("11:45-07:00", starts.First(s => string.CompareOrdinal(s, "10:00") > 0));
        Assert.Equal("08:15-07:00", starts.Last(s => string.CompareOrdinal(s, "10:00") < 0));
        Assert.Equal("11:15-07:00", On(Day, rules with { Claims = [there with { LocationId = Studio }] }, 60).First(s => string.CompareOrdinal(s, "10:00") > 0));
    }

    [Fact]
    public void Hours_for_one_service_are_closed_to_others()
    {
        var first = Guid.CreateVersion7();
        var rules = Mornings with
        {
            Workplaces = [Mornings.Workplaces[0] with { Weekly = [new(IsoDayOfWeek.Tuesday, Time("09:00"), Time("10:00")), new(IsoDayOfWeek.Tuesday, Time("10:00"), Time("11:00")) { OnlyFor = [first] }] }],
        };
        var window = Stretch.Of(At("2026-12-01T00:00-07:00"), 1440);
        Assert.Equal(3, OpeningRules.List(rules, Minutes(60) with { ServiceId = first }, window, window.From).Count);
        Assert.Equal(At("2026-12-01T09:00-07:00"), OpeningRules.List(rules, Minutes(60), window, window.From).Single().Start);
    }

    [Fact]
    public void Hours_hold_from_their_first_date_until_before_their_last()
    {
        var rules = Mornings with
        {
            Workplaces = [Mornings.Workplaces[0] with { Weekly = [.. Mornings.Workplaces[0].Weekly.Select(w => w with { Since = new(2026, 12, 1), Before = new(2026, 12, 3) })] }],
        };
        Assert.Equal([0, 6, 6, 0], Counts(rules, "2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03"));
    }

    [Fact]
    public void A_location_offers_only_the_visits_held_there() =>
        Assert.Empty(OpeningRules.List(Mornings, new Visit(60, [Annex]), Stretch.Of(At("2026-12-01T00:00-07:00"), 1440), At("2026-11-30T00:00-07:00")));

    [Theory]
    [InlineData("2026-12-01T10:00-07:00", Verdict.Taken)]
    [InlineData("2026-12-01T11:00-07:00", Verdict.Free)]
    [InlineData("2026-12-01T11:30-07:00", Verdict.NotAnOpening)]
    [InlineData("2026-12-01T10:07-07:00", Verdict.NotAnOpening)]
    [InlineData("2025-12-01T10:00-07:00", Verdict.NotAnOpening)]
    [InlineData("2037-12-01T10:00-07:00", Verdict.NotAnOpening)]
    public void A_start_is_judged_by_the_same_rules(string start, Verdict expected) =>
        Assert.Equal(expected, OpeningRules.Judge(
            Mornings with { Claims = [Claim(Mornings, At("2026-12-01T10:00-07:00"), 60)] }, Minutes(60), At(start), At("2026-11-30T00:00-07:00")));

    [Fact]
    public void The_nearest_openings_lie_on_both_sides()
    {
        var wanted = At("2026-12-01T10:30-07:00");
        var taken = Mornings with { Claims = [Claim(Mornings, wanted, 30)] };
        var near = OpeningRules.Nearest(taken, Minutes(30), wanted, Stretch.Of(wanted - Duration.FromDays(2), 5 * 1440), At("2026-11-28T00:00-07:00"), 4);
        Assert.Equal(["09:30-07:00", "10:00-07:00", "11:00-07:00", "11:30-07:00"], near.Select(o => Shown(o.Start, Zone("America/Denver"))));
    }

    private static IEnumerable<int> Counts(Timetable timetable, params string[] dates) => dates.Select(d => On(d, timetable, 30).Length);
}
