using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;
using Xunit;
using static Availability.Tests.RandomTimetables;

namespace Availability.Tests;

/// <summary>Random timetables once more, against the same rules written in another language and read off another library's clocks.</summary>
public sealed class OpeningsAgreeWithLuxonTests
{
    private const int Cases = 10_000;

    [Fact]
    public async Task Random_timetables_have_the_same_openings()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7():N}.jsonl");
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, Cases).Select(number => JsonSerializer.Serialize(AsTold(number), JsonSerializerOptions.Web)));
        var (asked, compared, starts) = (0, 0, 0);
        await foreach (var line in Oracles.Ask("openings.mjs", file))
        {
            var number = asked++;
            // The two have zone data of different days, and a clock shows something else.
            if (JsonSerializer.Deserialize<long[][]?>(line) is not { } expected)
                continue;
            var (timetable, visit, window, now, everyYear) = Numbered(number);
            var listed = OpeningRules.List(timetable.With(everyYear, range => AsRead(range, window)), visit, window, now);
            var found = listed.Select(o => (Millisecond(o.Start), Number(timetable, o.LocationId))).Order();
            Assert.True(expected.Select(s => (s[0], s[1])).Order().SequenceEqual(found), $"case {number}");
            compared++;
            starts += listed.Count;
        }

        File.Delete(file);
        Assert.Equal(Cases, asked);
        Assert.InRange(compared, Cases * 9 / 10, Cases);
        Assert.True(starts > 5 * Cases);
    }

    private static (Timetable Timetable, Visit Visit, Stretch Window, Instant Now, List<(Guid LocationId, LocalRange Range)> EveryYear) Numbered(int number)
    {
        var random = new Random(1_000_000 + number);
        var (timetable, visit, window, now) = Case(random, Zones[number % Zones.Length]);
        return (timetable, visit, window, now, EveryYear(random, timetable, window));
    }

    /// <summary>A case as the oracle reads it: instants as milliseconds since 1970, local times as text, locations by their place in the list.</summary>
    private static object AsTold(int number)
    {
        var (timetable, visit, window, now, everyYear) = Numbered(number);
        return new
        {
            Places = timetable.Workplaces.Select((place, id) => new
            {
                Id = id,
                Zone = place.Zone.Id,
                Clock = Clock(place.Zone, window),
                Weekly = place.Weekly.Select(w => new { Day = (int)w.Day, From = Text(w.From), To = Text(w.To), Services = w.OnlyFor, Since = w.Since?.ToDateOnly(), Before = w.Before?.ToDateOnly() }),
                ExtraHours = place.ExtraHours.Select(e => new[] { Text(e.From), Text(e.To) }),
                TimeOff = place.TimeOff.Select(t => new object[] { Text(t.From), Text(t.To), false })
                    .Concat(everyYear.Where(e => e.LocationId == place.LocationId).Select(e => new object[] { Text(e.Range.From), Text(e.Range.To), true })),
            }),
            Interval = timetable.StartIntervalMinutes,
            Notice = timetable.MinimumNoticeMinutes,
            Horizon = timetable.HorizonDays,
            BufferBefore = timetable.BufferBeforeMinutes,
            BufferAfter = timetable.BufferAfterMinutes,
            timetable.MaxPerDay,
            timetable.MaxPerWeek,
            TravelGap = timetable.TravelGapMinutes,
            Claims = timetable.Claims.Select(c => new { On = c.On.ToDateOnly(), From = Millisecond(c.Busy.From), Until = Millisecond(c.Busy.Until), At = Number(timetable, c.LocationId) }),
            Busy = timetable.OutsideBusy.Select(o => Edges(o.Busy)),
            Service = visit.ServiceId,
            visit.Minutes,
            At = visit.LocationIds.Select(id => Number(timetable, id)),
            Window = Edges(window),
            Now = Millisecond(now),
        };
    }

    /// <summary>What a clock shows as far as hours, claims and the day of asking can lie from a start: from, until, and minutes ahead of UTC.</summary>
    private static IEnumerable<long[]> Clock(DateTimeZone zone, Stretch window)
    {
        var around = new Interval(window.From - Duration.FromDays(10), window.Until + Duration.FromDays(10));
        foreach (var run in zone.GetZoneIntervals(around, ZoneEqualityComparer.Options.OnlyMatchWallOffset))
        {
            var from = run.HasStart ? Instant.Max(run.Start, around.Start) : around.Start;
            var until = run.HasEnd ? Instant.Min(run.End, around.End) : around.End;
            yield return [Millisecond(from), Millisecond(until), run.WallOffset.Seconds / 60];
        }
    }

    /// <summary>-1 for a location that the practitioner does not have.</summary>
    private static long Number(Timetable timetable, Guid locationId) => timetable.Workplaces.Select(p => p.LocationId).ToList().IndexOf(locationId);

    private static long Millisecond(Instant instant) => instant.ToUnixTimeMilliseconds();

    private static long[] Edges(Stretch stretch) => [Millisecond(stretch.From), Millisecond(stretch.Until)];

    private static string Text(LocalTime time) => LocalTimePattern.CreateWithInvariantCulture("HH:mm").Format(time);

    private static string Text(LocalDateTime time) => LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Format(time);
}
