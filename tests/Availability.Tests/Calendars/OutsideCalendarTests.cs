using Contracts;
using Xunit;

namespace Availability.Tests;

public sealed class OutsideCalendarTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private readonly OutsideCalendar calendar = OutsideCalendar.Add(Guid.CreateVersion7(), "Work", "calendar.example", [1], Noon);

    [Fact]
    public void A_failure_is_retried_ever_later_up_to_a_quarter_of_an_hour()
    {
        var pauses = new List<double>();
        for (var now = Noon; pauses.Count < 7; now = calendar.DueAt)
        {
            calendar.Failed(CalendarProblem.TooSlow, now);
            pauses.Add((calendar.DueAt - now).TotalMinutes);
        }

        Assert.Equal([1, 2, 4, 8, 15, 15, 15], pauses);
        Assert.Equal((CalendarState.Failing, Noon), (calendar.State, calendar.FailingSince));
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(1)]
    [InlineData(1.1)]
    public void The_owner_is_told_within_a_quarter_of_an_hour_and_once(double jitter)
    {
        var told = new List<(CalendarFailed Fact, DateTimeOffset At)>();
        for (var now = Noon; now < Noon.AddHours(12); now = calendar.DueAt)
        {
            if (calendar.Failed(CalendarProblem.NotFound, now, jitter: jitter) is { } fact)
                told.Add((fact, now));
        }

        var (failed, at) = Assert.Single(told);
        Assert.Equal(new CalendarFailed(calendar.PractitionerId, calendar.Id, Noon, false, at, NeverRead: true), failed);
        Assert.InRange(at - Noon, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(14));
    }

    [Fact]
    public void One_that_has_answered_before_is_told_of_as_such()
    {
        Answered(Noon);
        Assert.False(calendar.Failed(CalendarProblem.ServerTrouble, Noon.AddHours(1), TimeSpan.FromMinutes(40))!.NeverRead);
    }

    [Fact]
    public void A_hiccup_is_nobodys_business()
    {
        Assert.Null(calendar.Failed(CalendarProblem.ServerTrouble, Noon));
        Assert.Null(calendar.Failed(CalendarProblem.ServerTrouble, calendar.DueAt));
        Assert.Null(Answered(calendar.DueAt));
        Assert.Equal((CalendarState.Current, 0, null, null), (calendar.State, calendar.Failures, calendar.FailingSince, calendar.Problem));
    }

    [Fact]
    public void A_server_that_asks_for_time_gets_it_and_the_owner_hears_at_once()
    {
        Assert.NotNull(calendar.Failed(CalendarProblem.ServerTrouble, Noon, TimeSpan.FromMinutes(40)));
        Assert.Equal(Noon.AddMinutes(40), calendar.DueAt);
        Assert.Null(calendar.Failed(CalendarProblem.ServerTrouble, calendar.DueAt, TimeSpan.FromDays(40)));
        Assert.Equal(Noon.AddMinutes(100), calendar.DueAt);
        Assert.Null(calendar.Failed(CalendarProblem.ServerTrouble, calendar.DueAt, TimeSpan.FromSeconds(-1)));
        Assert.Equal(Noon.AddMinutes(104), calendar.DueAt);
    }

    [Fact]
    public void After_a_day_to_the_minute_all_is_withdrawn_until_it_is_back()
    {
        var told = new List<CalendarFailed>();
        var now = Noon;
        for (; calendar.State != CalendarState.Withdrawn; now = calendar.DueAt)
        {
            Assert.False(calendar.Takes.All);
            if (calendar.Failed(CalendarProblem.Unreachable, now) is { } fact)
                told.Add(fact);
        }

        Assert.Equal(Noon.AddHours(24), calendar.LastTriedAt);
        Assert.True(calendar.Takes.All);
        Assert.Equal([false, true], told.Select(t => t.OpeningsWithdrawn));
        Assert.Null(calendar.Failed(CalendarProblem.Unreachable, now));

        var back = Answered(now.AddHours(1));
        Assert.Equal(new CalendarRecovered(calendar.PractitionerId, calendar.Id, Noon, now.AddHours(1)), back);
        Assert.False(calendar.Takes.All);
        Assert.Null(Answered(now.AddHours(2)));
    }

    [Fact]
    public void Who_goes_on_without_it_hears_no_more_until_it_is_back()
    {
        Assert.False(calendar.Ignore());
        Assert.NotNull(calendar.Failed(CalendarProblem.NotFound, Noon, TimeSpan.FromMinutes(30)));
        Assert.True(calendar.Ignore());
        Assert.True(calendar.Ignore());
        for (var now = calendar.DueAt; now < Noon.AddDays(2); now = calendar.DueAt)
            Assert.Null(calendar.Failed(CalendarProblem.NotFound, now));
        Assert.Equal((CalendarState.Ignored, false), (calendar.State, calendar.Takes.All));
        Assert.NotNull(Answered(Noon.AddDays(2)));
        Assert.Equal(CalendarState.Current, calendar.State);
        Assert.False(calendar.Ignore());
    }

    [Fact]
    public void Asking_by_hand_has_its_limit()
    {
        calendar.Failed(CalendarProblem.TooSlow, Noon);
        calendar.AskNow(Noon.AddSeconds(20));
        Assert.Equal(Noon.AddMinutes(1), calendar.DueAt);
        calendar.AskNow(Noon.AddSeconds(40));
        Assert.Equal(Noon.AddSeconds(40), calendar.DueAt);
    }

    private CalendarRecovered? Answered(DateTimeOffset at) => calendar.Answered(at, quick: true, TimeSpan.FromMinutes(4), null, null);
}
