using System.Globalization;
using Availability;
using NodaTime;

namespace Benchmarks;

/// <summary>
/// The openings of one practitioner over sixty days from rules in memory, one thread: weekly hours with a lunch break on five days, forty
/// appointments, a holiday, and a clock change in between. Limits: 10 µs, and 20 ns for each time found. And which of 10,000 have an hour free within
/// a week, in many zones and mostly booked. Limit: 50 ms.
/// </summary>
internal static class OpeningsEngine
{
    /// <summary>Short rounds, so that half of them are left alone by whatever else the machine does.</summary>
    private const int Times = 100, Rounds = 1000;

    private static readonly string[] Zones = ["America/Denver", "America/New_York", "America/Toronto", "Europe/London", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca"];

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
            var rounds = InRounds(() => OpeningRules.List(timetable, visit, window, now));
            var median = rounds[rounds.Length / 2];
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"60 days, a start each {interval} minutes: {median:0.0} µs for {slots} openings = {median * 1000 / slots:0.0} ns each; best round {rounds[0]:0.0} µs, worst {rounds[^1]:0.0} µs"));
        }

        var one = Practice(zone, now, 30);
        var at = Instant.FromUtc(2026, 11, 10, 16, 0);
        var judged = InRounds(() => OpeningRules.Judge(one, new Visit(60, [one.Workplaces[0].LocationId]), at, now));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"judging one start: {judged[judged.Length / 2]:0.0} µs"));

        var directory = Enumerable.Range(0, 10_000).Select(i => Booked(DateTimeZoneProviders.Tzdb[Zones[i % Zones.Length]], now, i)).ToArray();
        var week = Stretch.Of(now, 7 * 24 * 60);
        var free = 0;
        var looks = Enumerable.Range(0, 20).Select(_ => Microseconds(() => free = directory.Count(t => new LocationTime(t, t.Workplaces[0], Guid.Empty, week, now).Starts(60).Size > 0), 1) / 1000).Order().ToArray();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"who is free this week: {free} of {directory.Length} in {looks[looks.Length / 2]:0.0} ms (limit 50 ms), best {looks[0]:0.0} ms, worst {looks[^1]:0.0} ms"));
        return Task.CompletedTask;
    }

    /// <summary>Somebody whose next two weeks are booked but for a few hours, and of every seventh all of them.</summary>
    private static Timetable Booked(DateTimeZone zone, Instant now, int number)
    {
        var practice = Practice(zone, now, 30) with { MaxPerDay = null };
        var all = OpeningRules.List(practice with { Claims = [] }, new Visit(60, [practice.Workplaces[0].LocationId]), Stretch.Of(now, 14 * 24 * 60), now);
        var claims = all.Where((_, i) => i % 3 == 0 && (number % 7 == 0 || (i + number) % 5 > 0)).Select(o => new ClaimedTime(o.Start.InZone(zone).Date, practice.Busy(o.Start, 60), o.LocationId));
        return practice with { Claims = [.. claims] };
    }

    private static Timetable Practice(DateTimeZone zone, Instant now, int interval)
    {
        IsoDayOfWeek[] days = [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];
        WeeklyRange[] weekly = [.. days.SelectMany(d => new WeeklyRange[] { new(d, new(9, 0), new(12, 30)), new(d, new(13, 30), new(18, 0)) })];
        var holiday = new LocalRange(new(2026, 11, 25, 0, 0), new(2026, 11, 29, 0, 0));
        var rules = new Timetable([new Workplace(Guid.CreateVersion7(), zone, weekly, [], [holiday])], interval, 12 * 60, 60, 0, 15, 6, [], []);
        // One visit on most days, at times that the rules offer.
        var claims = Enumerable.Range(1, 40).Select(i => now + Duration.FromHours((24 * i) + (i % 7))).Select(s => new ClaimedTime(s.InZone(zone).Date, rules.Busy(s, 60)));
        return rules with { Claims = [.. claims] };
    }

    private static double[] InRounds(Action work) => [.. Enumerable.Range(0, Rounds).Select(_ => Microseconds(work)).Order()];

    private static double Microseconds(Action work, int times = Times)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < times; i++)
            work();
        return TimeProvider.System.GetElapsedTime(started).TotalMicroseconds / times;
    }
}
