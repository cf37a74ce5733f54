using System.Globalization;
using Availability;
using NodaTime;

namespace Benchmarks;

/// <summary>
/// The openings of one practitioner over sixty days from rules in memory, one thread: weekly hours with a lunch break on five days, forty
/// appointments, a holiday, and a clock change in between. Limits: 10 µs, and 20 ns for each time found.
/// </summary>
internal static class OpeningsEngine
{
    private const int Times = 2000;

    public static Task Measure()
    {
        var zone = DateTimeZoneProviders.Tzdb["America/Denver"];
        var now = Instant.FromUtc(2026, 10, 5, 15, 0);
        var window = Stretch.Of(now, 60 * 24 * 60);
        foreach (var interval in new[] { 60, 30, 15 })
        {
            var timetable = Practice(zone, now, interval);
            var visit = new Visit(60, [timetable.Workplaces[0].LocationId]);
            var slots = OpeningRules.List(timetable, visit, window, now).Count;
            var rounds = Enumerable.Range(0, 40).Select(_ => Microseconds(() => OpeningRules.List(timetable, visit, window, now))).Order().ToArray();
            var median = rounds[rounds.Length / 2];
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"60 days, a start each {interval} minutes: {median:0.0} µs for {slots} openings = {median * 1000 / slots:0.0} ns each; best round {rounds[0]:0.0} µs, worst {rounds[^1]:0.0} µs"));
        }

        var one = Practice(zone, now, 30);
        var at = Instant.FromUtc(2026, 11, 10, 16, 0);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"judging one start: {Microseconds(() => OpeningRules.Judge(one, new Visit(60, [one.Workplaces[0].LocationId]), at, now)):0.0} µs"));
        return Task.CompletedTask;
    }

    private static Timetable Practice(DateTimeZone zone, Instant now, int interval)
    {
        IsoDayOfWeek[] days = [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];
        var weekly = days.SelectMany(d => new WeeklyRange[] { new(d, new(9, 0), new(12, 30)), new(d, new(13, 30), new(18, 0)) }).ToList();
        var holiday = new LocalRange(new(2026, 11, 25, 0, 0), new(2026, 11, 29, 0, 0));
        var rules = new Timetable([new Workplace(Guid.CreateVersion7(), zone, weekly, [], [holiday])], interval, 12 * 60, 60, 0, 15, 6, [], []);
        // One visit on most days, at times that the rules offer.
        var claims = Enumerable.Range(1, 40).Select(i => now + Duration.FromHours((24 * i) + (i % 7))).Select(s => new ClaimedTime(s.InZone(zone).Date, rules.Busy(s, 60)));
        return rules with { Claims = [.. claims] };
    }

    private static double Microseconds(Action work)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < Times; i++)
            work();
        return TimeProvider.System.GetElapsedTime(started).TotalMicroseconds / Times;
    }
}
