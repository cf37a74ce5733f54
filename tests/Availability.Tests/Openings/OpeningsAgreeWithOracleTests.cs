using NodaTime;
using Xunit;

namespace Availability.Tests;

/// <summary>Random timetables around clock changes: the engine against the minute-by-minute oracle, and what is offered against what is accepted.</summary>
public sealed class OpeningsAgreeWithOracleTests
{
    private const int Cases = 100_000;

    private static readonly Instant First = Instant.FromUtc(2024, 1, 1, 0, 0);
    private static readonly Instant Last = Instant.FromUtc(2031, 1, 1, 0, 0);

    /// <summary>Every zone whose clock changes between 2024 and 2030, and three that keep theirs.</summary>
    private static readonly DateTimeZone[] Zones =
    [
        .. DateTimeZoneProviders.Tzdb.Ids.Select(TimetableSamples.Zone).Where(z => z.GetZoneInterval(First) is { HasEnd: true } now && now.End < Last),
        .. new[] { "Asia/Kolkata", "Asia/Kathmandu", "Pacific/Kiritimati" }.Select(TimetableSamples.Zone),
    ];

    [Fact]
    public void Random_timetables_have_the_same_openings() =>
        Parallel.For(0, Cases, i =>
        {
            // Each case by its own number, so that one that fails can be looked at alone.
            var (timetable, visit, window, now) = Case(new Random(i), Zones[i % Zones.Length]);

            var listed = OpeningRules.List(timetable, visit, window, now);

            var expected = SlowOracle.Starts(timetable, visit, window, now).Order().ToArray();
            Assert.True(expected.SequenceEqual(listed.Select(o => (o.Start, o.LocationId)).Order()), $"case {i}");
            Assert.True(listed.Zip(listed.Skip(1)).All(pair => pair.First.Start <= pair.Second.Start), $"order of case {i}");
            Assert.All(listed, o => Assert.Equal(Duration.FromMinutes(visit.Minutes), o.End - o.Start));
        });

    [Fact]
    public void Exactly_what_is_offered_is_accepted()
    {
        var random = new Random(77);
        for (var i = 0; i < 300; i++)
        {
            var (timetable, visit, window, now) = Case(random, Zones[random.Next(Zones.Length)]);
            foreach (var place in timetable.Workplaces)
            {
                var here = visit with { LocationIds = [place.LocationId] };
                var offered = OpeningRules.List(timetable, here, window, now).Select(o => o.Start).ToHashSet();
                for (var at = window.From; at < window.Until; at += Duration.FromMinutes(5))
                {
                    var verdict = OpeningRules.Judge(timetable, here, at, now);
                    Assert.Equal(offered.Contains(at), verdict == Verdict.Free);
                }

                Assert.All(offered, at => Assert.NotEqual(Verdict.Free, OpeningRules.Judge(timetable, here, at + Duration.FromSeconds(1), now)));
            }
        }
    }

    /// <summary>One or two locations, up to three ranges a day, all rules varied, seen over the hours around a clock change if the zone has one.</summary>
    private static (Timetable, Visit, Stretch Window, Instant Now) Case(Random random, DateTimeZone zone)
    {
        var middle = Middle(random, zone);
        var places = new List<Workplace> { Place(random, TimetableSamples.Studio, zone, middle) };
        if (random.Next(4) == 0)
            places.Add(Place(random, TimetableSamples.Annex, Zones[random.Next(Zones.Length)], middle));

        var rules = new Timetable(
            places, Pick(random, 5, 10, 15, 20, 30, 45, 60, 75, 90), Pick(random, 0, 0, 60, 1440), Pick(random, 0, 1, 2, 30, 90),
            Pick(random, 0, 0, 5, 15, 30), Pick(random, 0, 0, 5, 10, 15), random.Next(3) == 0 ? random.Next(1, 4) : null, [], []);

        var window = new Stretch(middle - Duration.FromHours(random.Next(2, 14)), middle + Duration.FromHours(random.Next(2, 14)));
        var claims = Some(random, 4, () => TimetableSamples.Claim(rules, Near(random, middle), Pick(random, 30, 45, 60, 90)));
        var busy = Some(random, 2, () => Stretch.Of(Near(random, middle) + Duration.FromMinutes(random.Next(5)), random.Next(1, 200)));
        var now = window.From - Duration.FromMinutes(random.Next(0, 3 * 1440));
        return (rules with { Claims = claims, OutsideBusy = busy },
            new Visit(Pick(random, 15, 30, 37, 45, 50, 60, 75, 90, 180), random.Next(5) == 0 ? [TimetableSamples.Studio] : [TimetableSamples.Studio, TimetableSamples.Annex]),
            window, now);
    }

    private static Instant Middle(Random random, DateTimeZone zone)
    {
        var any = First + Duration.FromMinutes(5 * random.Next(7 * 365 * 288));
        var next = zone.GetZoneInterval(any);
        return random.Next(4) > 0 && next.HasEnd && next.End < Last ? next.End : any;
    }

    private static Workplace Place(Random random, Guid id, DateTimeZone zone, Instant middle)
    {
        var weekly = new List<WeeklyRange>();
        foreach (var day in TimetableSamples.EveryDay)
            weekly.AddRange(Some(random, 2, () => new WeeklyRange(day, Clock(random), Clock(random))));
        return new Workplace(id, zone, weekly, Some(random, 1, () => LocalAround(random, zone, middle)), Some(random, 1, () => LocalAround(random, zone, middle)));
    }

    private static LocalRange LocalAround(Random random, DateTimeZone zone, Instant middle)
    {
        var from = Near(random, middle).InZone(zone).LocalDateTime;
        return new LocalRange(from, from.PlusMinutes(5 * random.Next(1, 200)));
    }

    // Half of all edges fall into the small hours, where clocks change.
    private static LocalTime Clock(Random random) => LocalTime.Midnight.PlusMinutes(5 * random.Next(random.Next(2) == 0 ? 48 : 288));

    private static Instant Near(Random random, Instant middle) => middle + Duration.FromMinutes(5 * random.Next(-200, 200));

    private static int Pick(Random random, params int[] values) => values[random.Next(values.Length)];

    private static List<T> Some<T>(Random random, int most, Func<T> make) => [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => make())];
}
