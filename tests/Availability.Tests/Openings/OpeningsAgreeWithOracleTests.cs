using NodaTime;
using Xunit;
using static Availability.Tests.RandomTimetables;

namespace Availability.Tests;

/// <summary>Random timetables around clock changes: the engine against the minute-by-minute oracle, and what is offered against what is accepted.</summary>
public sealed class OpeningsAgreeWithOracleTests
{
    private const int Cases = 100_000;

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
        var everyYear = EveryYear(random, timetable, window);

        var listed = OpeningRules.List(timetable.With(everyYear, range => AsRead(range, window)), visit, window, now);

        var expected = SlowOracle.Starts(timetable.With(everyYear, SlowOracle.EveryYear), visit, window, now).Order().ToArray();
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
            var place = timetable.Workplaces[random.Next(timetable.Workplaces.Length)];
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
}
