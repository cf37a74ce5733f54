using System.Globalization;
using System.Runtime.CompilerServices;
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
    public void Any_feed_is_read_or_refused_soon(string name)
    {
        var text = HostileFeeds.All[name]();
        Assert.InRange(text.Length, 1, 2 * 1024 * 1024);

        // Some tenths of a second when nothing else runs; without bounds these would take minutes or for ever.
        Assert.InRange(Time(text).Taken, TimeSpan.Zero, TimeSpan.FromSeconds(5));
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

    [Fact]
    public void Feeds_that_were_damaged_on_the_way_are_read_or_refused()
    {
        var samples = Directory.GetFiles(Path.Combine(Path.GetDirectoryName(Here())!, "Samples")).Order().Select(File.ReadAllText).ToArray();
        var pieces = samples.SelectMany(text => text.Split('\n', ';', ':', ',', '=')).Distinct().Order(StringComparer.Ordinal).ToArray();
        var random = new Random(5545);
        var refused = 0;
        for (var i = 0; i < 4_000; i++)
        {
            var text = samples[random.Next(samples.Length)];
            for (var damages = random.Next(1, 6); damages > 0; damages--)
            {
                var at = random.Next(text.Length);
                var until = Math.Min(at + random.Next(12), text.Length);
                var instead = random.Next(3) switch
                {
                    0 => pieces[random.Next(pieces.Length)],
                    1 => $"{(char)random.Next('0', 'Z')}",
                    _ => "",
                };
                text = text[..at] + instead + text[until..];
            }

            refused += Time(text).Refused ? 1 : 0;
        }

        Assert.InRange(refused, 1_000, 3_000);
    }

    private static (TimeSpan Taken, bool Refused) Time(string text)
    {
        var begin = OnProcessor();
        try
        {
            Busy(text, Window);
            return (OnProcessor() - begin, false);
        }
        catch (CalendarFormatException)
        {
            return (OnProcessor() - begin, true);
        }
    }

    /// <summary>For how long this thread has run, so that it does not matter what else the machine does.</summary>
    private static TimeSpan OnProcessor()
    {
        var nanoseconds = long.Parse(File.ReadAllText("/proc/thread-self/schedstat").Split(' ')[0], CultureInfo.InvariantCulture);
        return TimeSpan.FromMicroseconds(nanoseconds / 1000);
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
