using System.Text.Json;
using NodaTime;
using Xunit;

namespace Availability.Tests;

/// <summary>Feeds as other programs write them, and hundreds of random rules and events: what we find busy is what ical.js and rrule find.</summary>
public sealed class CalendarReaderAgreesWithOraclesTests
{
    /// <summary>What the oracles print, a line each; instants are milliseconds since 1970.</summary>
    private sealed record Case(string Name, string Home, long From, long Until, string Text, long[][]? Ical, long[][]? Rrule = null);

    [Fact]
    public async Task All_find_the_same_busy_time()
    {
        var (cases, comparisons) = (0, 0);
        await foreach (var line in Oracles.Ask("calendars.mjs"))
        {
            var found = JsonSerializer.Deserialize<Case>(line, JsonSerializerOptions.Web)!;
            var window = new Stretch(Instant.FromUnixTimeMilliseconds(found.From), Instant.FromUnixTimeMilliseconds(found.Until));
            var busy = Feed.Busy(found.Text, window, found.Home);
            cases++;
            foreach (var oracle in new[] { found.Ical, found.Rrule }.OfType<long[][]>())
            {
                Assert.True(Union(oracle, window).SequenceEqual(busy), found.Name);
                comparisons++;
            }
        }

        Assert.Equal(504, cases);
        Assert.InRange(comparisons, 650, 1008);
    }

    /// <summary>What of the window belongs to any of the stretches.</summary>
    private static List<Stretch> Union(long[][] stretches, Stretch window)
    {
        var union = new List<Stretch>();
        foreach (var edges in stretches.OrderBy(edges => edges[0]))
        {
            var from = Instant.Max(Instant.FromUnixTimeMilliseconds(edges[0]), window.From);
            var until = Instant.Min(Instant.FromUnixTimeMilliseconds(edges[1]), window.Until);
            if (union.Count > 0 && from <= union[^1].Until)
                union[^1] = new Stretch(union[^1].From, Instant.Max(until, union[^1].Until));
            else
                union.Add(new Stretch(from, until));
        }

        return union;
    }
}
