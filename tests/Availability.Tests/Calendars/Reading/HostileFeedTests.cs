using System.Globalization;
using NodaTime;
using Xunit;
using static Availability.Tests.Feed;

namespace Availability.Tests;

/// <summary>No feed keeps the reader busy.</summary>
public sealed class HostileFeedTests
{
    private static readonly Stretch Window = new(Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2027, 4, 1, 0, 0));

    public static TheoryData<string> Names => [.. HostileFeeds.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_feed_is_read_or_refused_within_a_fifth_of_a_second(string name)
    {
        var text = HostileFeeds.All[name]();
        Assert.InRange(text.Length, 1, 2 * 1024 * 1024);

        // More than one try, because the first compiles the code too.
        Assert.Contains(Enumerable.Range(0, 5).Select(_ => Time(text).TotalMilliseconds), time => time < 200);
    }

    [Fact]
    public void What_is_too_large_is_not_even_looked_at() =>
        Assert.Throws<CalendarFormatException>(() => Read(Calendar() + new string('\n', 2 * 1024 * 1024)));

    [Fact]
    public void Rules_without_count_begin_at_the_window_however_long_ago_they_started() =>
        Assert.Equal(
            455,
            Busy(
                Calendar([.. Enumerable.Range(0, 20).Select(i => Event("DTSTART:00010101T090000Z", "DURATION:PT1H", "RRULE:FREQ=HOURLY;BYHOUR=9"))]), Window, "UTC").Count);

    [Fact]
    public void A_very_busy_calendar_is_read() =>
        Assert.Equal(
            455,
            Busy(
                Calendar([.. Enumerable.Range(0, 500).Select(i => Event($"UID:{i}", $"DTSTART:20160{1 + (i % 9)}{1 + (i % 28):00}T090000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY"))]), Window, "UTC").Count);

    private static TimeSpan Time(string text)
    {
        var begin = OnProcessor();
        try
        {
            Assert.NotNull(Busy(text, Window));
        }
        catch (CalendarFormatException refusal)
        {
            Assert.NotEmpty(refusal.Message);
        }

        return OnProcessor() - begin;
    }

    /// <summary>For how long this thread has run, so that it does not matter what else the machine does.</summary>
    private static TimeSpan OnProcessor()
    {
        var nanoseconds = long.Parse(File.ReadAllText("/proc/thread-self/schedstat").Split(' ')[0], CultureInfo.InvariantCulture);
        return TimeSpan.FromMicroseconds(nanoseconds / 1000);
    }
}
