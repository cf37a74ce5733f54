using NodaTime;
using Xunit;

namespace Availability.Tests;

/// <summary>Random timetables around clock changes: the engine against the minute-by-minute oracle, and what is offered against what is accepted.</summary>
public sealed class OpeningsAgreeWithOracleTests
{
    private const int Cases = 100_000;

    private static readonly Guid[] Services = [Guid.Parse("01980000-0000-7000-8000-00000000000a"), Guid.Parse("01980000-0000-7000-8000-00000000000b")];

    private static readonly Instant First = Instant.FromUtc(2024, 1, 1, 0, 0);
    private static readonly Instant Last = Instant.FromUtc(2031, 1, 1, 0, 0);

    /// <summary>Every zone whose clock changes between 2024 and 2030, and three that keep theirs.</summary>
    private static readonly DateTimeZone[] Zones =
    [
        .. DateTimeZoneProviders.Tzdb.Ids.Select(TimetableSamples.Zone).Where(z => z.GetZoneInterval(First) is { HasEnd: true } now && now.End < Last),
        .. new[] { "Asia/Kolkata", "Asia/Kathmandu", "Pacific/Kiritimati" }.Select(TimetableSamples.Zone),
    ];

    /// <summary>On threads of their own, so that tests beside it find the pool free.</summary>
    [Fact]
    public Task Random_timetables_have_the_same_openings()
    {
        var threads = Environment.ProcessorCount;
        return Task.WhenAll(Enumerable.Range(0, threads).Select(first => Task.Factory.StartNew(
            () =>
            {
                for (var i = first; i < Cases; i += threads)
                    Compare(i);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
    }

    /// <summary>Each case by its own number, so that one that fails can be looked at alone.</summary>
    private static void Compare(int number)
    {
        var random = new Random(number);
        var (timetable, visit, window, now) = Case(random, Zones[number % Zones.Length]);
        (timetable, var slow) = WithEveryYear(random, timetable, window);

        var listed = OpeningRules.List(timetable, visit, window, now);

        var expected = SlowOracle.Starts(slow, visit, window, now).Order().ToArray();
        Assert.True(expected.SequenceEqual(listed.Select(o => (o.Start, o.LocationId)).Order()), $"case {number}");
        Assert.True(listed.Zip(listed.Skip(1)).All(pair => pair.First.Start <= pair.Second.Start), $"order of case {number}");
        Assert.All(listed, o => Assert.Equal(Duration.FromMinutes(visit.Minutes), o.End - o.Start));
    }

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

    [Fact]
    public void What_is_in_the_way_is_there_exactly_when_a_start_is_not_offered()
    {
        var random = new Random(78);
        for (var i = 0; i < 2000; i++)
        {
            var (timetable, visit, window, now) = Case(random, Zones[random.Next(Zones.Length)]);
            var place = timetable.Workplaces[random.Next(timetable.Workplaces.Count)];
            var here = visit with { LocationIds = [place.LocationId] };
            for (var at = window.From; at < window.Until; at += Duration.FromMinutes(15))
            {
                var reasons = Reasons.For(timetable, here, place.LocationId, at, now);
                var free = OpeningRules.Judge(timetable, here, at, now) == Verdict.Free;
                Assert.NotEmpty(reasons);
                Assert.True(free == reasons.All(r => r.Kind is ReasonKind.WeeklyHours or ReasonKind.ExtraHours), $"case {i} at {at}");
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
            Pick(random, 0, 0, 5, 15, 30), Pick(random, 0, 0, 5, 10, 15), random.Next(3) == 0 ? random.Next(1, 4) : null, [], [],
            random.Next(4) == 0 ? random.Next(1, 5) : null, Pick(random, 0, 0, 15, 45));

        var window = new Stretch(middle - Duration.FromHours(random.Next(2, 14)), middle + Duration.FromHours(random.Next(2, 14)));
        var claims = Some(random, 4, () => Claim(random, rules, middle));
        var busy = Some(random, 2, () => new OutsideTime(Stretch.Of(Near(random, middle) + Duration.FromMinutes(random.Next(5)), random.Next(1, 200))));
        var now = window.From - Duration.FromMinutes(random.Next(0, 3 * 1440));
        return (rules with { Claims = claims, OutsideBusy = busy },
            new Visit(Pick(random, 15, 30, 37, 45, 50, 60, 75, 90, 180), random.Next(5) == 0 ? [TimetableSamples.Studio] : [TimetableSamples.Studio, TimetableSamples.Annex], Services[random.Next(2)]),
            window, now);
    }

    /// <summary>
    /// In some cases time off that comes back every year, begun up to nine years ago: the engine has it as far as it touches the window, as the service
    /// reads it; the oracle all of it, worked out day by day of the calendar.
    /// </summary>
    private static (Timetable Engine, Timetable Oracle) WithEveryYear(Random random, Timetable timetable, Stretch window)
    {
        if (random.Next(3) > 0)
            return (timetable, timetable);
        var (engine, oracle) = (new List<Workplace>(), new List<Workplace>());
        foreach (var place in timetable.Workplaces)
        {
            var near = window.From.InZone(place.Zone).LocalDateTime.PlusMinutes(5 * random.Next(-300, 300));
            var from = random.Next(8) == 0 ? new LocalDate(2020, 2, 27).PlusDays(random.Next(4)) + near.TimeOfDay : near.PlusYears(-random.Next(10));
            var range = new LocalRange(from, random.Next(2) == 0 ? from.PlusMinutes(5 * random.Next(1, 600)) : from.Date.PlusDays(random.Next(1, 4)).AtMidnight());
            var (first, last) = ((window.From - Duration.FromDays(8)).InUtc().Date, (window.Until + Duration.FromDays(8)).InUtc().Date);
            engine.Add(place with { TimeOff = [.. place.TimeOff, .. range.EveryYear(first, last)] });
            oracle.Add(place with { TimeOff = [.. place.TimeOff, .. SlowOracle.EveryYear(range)] });
        }

        return (timetable with { Workplaces = engine }, timetable with { Workplaces = oracle });
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
            weekly.AddRange(Some(random, 2, () => Weekly(random, day, middle.InUtc().Date)));
        return new Workplace(id, zone, weekly, Some(random, 1, () => LocalAround(random, zone, middle)), Some(random, 1, () => LocalAround(random, zone, middle)));
    }

    /// <summary>A few hours are for one service alone, and a few begin or end to hold around the clock change.</summary>
    private static WeeklyRange Weekly(Random random, IsoDayOfWeek day, LocalDate middle) => new(day, Clock(random), Clock(random))
    {
        OnlyFor = random.Next(6) == 0 ? [Services[random.Next(2)]] : null,
        Since = random.Next(8) == 0 ? middle.PlusDays(random.Next(-2, 3)) : null,
        Before = random.Next(8) == 0 ? middle.PlusDays(random.Next(-2, 3)) : null,
    };

    /// <summary>Most claims lie around the clock change, some earlier or later in the week.</summary>
    private static ClaimedTime Claim(Random random, Timetable rules, Instant middle)
    {
        var start = Near(random, middle) + Duration.FromDays(random.Next(3) == 0 ? random.Next(-5, 6) : 0);
        var claim = TimetableSamples.Claim(rules, start, Pick(random, 30, 45, 60, 90));
        return claim with { LocationId = random.Next(2) == 0 ? TimetableSamples.Studio : TimetableSamples.Annex };
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
