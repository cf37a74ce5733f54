using NodaTime;

namespace Availability.Tests;

/// <summary>Timetables around clock changes, the same for the same number, so that a case that fails can be looked at alone.</summary>
internal static class RandomTimetables
{
    private static readonly Guid[] Services = [Guid.Parse("01980000-0000-7000-8000-00000000000a"), Guid.Parse("01980000-0000-7000-8000-00000000000b")];

    private static readonly Instant First = Instant.FromUtc(2024, 1, 1, 0, 0);
    private static readonly Instant Last = Instant.FromUtc(2031, 1, 1, 0, 0);

    /// <summary>Every zone whose clock changes between 2024 and 2030, and three that keep theirs.</summary>
    public static readonly DateTimeZone[] Zones =
    [
        .. DateTimeZoneProviders.Tzdb.Ids.Select(TimetableSamples.Zone).Where(z => z.GetZoneInterval(First) is { HasEnd: true } now && now.End < Last),
        .. new[] { "Asia/Kolkata", "Asia/Kathmandu", "Pacific/Kiritimati" }.Select(TimetableSamples.Zone),
    ];

    /// <summary>One or two locations, up to three ranges a day, all rules varied, seen over the hours around a clock change if the zone has one.</summary>
    public static (Timetable Timetable, Visit Visit, Stretch Window, Instant Now) Case(Random random, DateTimeZone zone)
    {
        var middle = Middle(random, zone);
        var places = new List<Workplace> { Place(random, TimetableSamples.Studio, zone, middle) };
        if (random.Next(4) == 0)
            places.Add(Place(random, TimetableSamples.Annex, Zones[random.Next(Zones.Length)], middle));

        var rules = new Timetable(
            [.. places], Pick(random, 5, 10, 15, 20, 30, 45, 60, 75, 90), Pick(random, 0, 0, 60, 1440), Pick(random, 0, 1, 2, 30, 90),
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

    /// <summary>In some cases time off at each location that comes back every year, begun up to nine years ago.</summary>
    public static List<(Guid LocationId, LocalRange Range)> EveryYear(Random random, Timetable timetable, Stretch window)
    {
        if (random.Next(3) > 0)
            return [];
        var found = new List<(Guid, LocalRange)>();
        foreach (var place in timetable.Workplaces)
        {
            var near = window.From.InZone(place.Zone).LocalDateTime.PlusMinutes(5 * random.Next(-300, 300));
            var from = random.Next(8) == 0 ? new LocalDate(2020, 2, 27).PlusDays(random.Next(4)) + near.TimeOfDay : near.PlusYears(-random.Next(10));
            found.Add((place.LocationId, new LocalRange(from, random.Next(2) == 0 ? from.PlusMinutes(5 * random.Next(1, 600)) : from.Date.PlusDays(random.Next(1, 4)).AtMidnight())));
        }

        return found;
    }

    /// <summary>The same with such time off, unfolded into its years.</summary>
    public static Timetable With(this Timetable timetable, List<(Guid LocationId, LocalRange Range)> everyYear, Func<LocalRange, IEnumerable<LocalRange>> unfold) => timetable with
    {
        Workplaces = [.. timetable.Workplaces.Select(p => p with { TimeOff = [.. p.TimeOff, .. everyYear.Where(e => e.LocationId == p.LocationId).SelectMany(e => unfold(e.Range))] })],
    };

    /// <summary>As the service reads it: as far as it touches the window.</summary>
    public static IEnumerable<LocalRange> AsRead(LocalRange range, Stretch window) =>
        range.EveryYear((window.From - Duration.FromDays(8)).InUtc().Date, (window.Until + Duration.FromDays(8)).InUtc().Date);

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
        return new Workplace(id, zone, [.. weekly], Some(random, 1, () => LocalAround(random, zone, middle)), Some(random, 1, () => LocalAround(random, zone, middle)));
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

    private static T[] Some<T>(Random random, int most, Func<T> make) => [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => make())];
}
