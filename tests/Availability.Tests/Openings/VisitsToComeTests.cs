using System.Globalization;
using Contracts;
using NodaTime;
using Platform;
using Xunit;

namespace Availability.Tests;

public sealed class VisitsToComeTests
{
    [Theory]
    [InlineData("America/Denver", "2027-03-01", "2027-03-14", 1, 4)]
    [InlineData("America/Denver", "2027-10-20", "2027-11-07", 0, 4)]
    [InlineData("Atlantic/Azores", "2027-03-01", "2027-03-28", 23, 2)]
    [InlineData("Atlantic/Azores", "2027-10-01", "2027-10-31", 23, 2)]
    [InlineData("America/Santiago", "2027-08-20", "2027-09-05", 23, 3)]
    [InlineData("America/Santiago", "2027-03-20", "2027-04-03", 22, 2)]
    [InlineData("America/Havana", "2027-10-20", "2027-11-07", 0, 3)]
    [InlineData("Australia/Lord_Howe", "2027-03-20", "2027-04-04", 0, 3)]
    public void All_starts_are_told_by_days_also_where_clocks_are_changed(string name, string begin, string changed, int from, int to)
    {
        var zone = Zones.Get(name);
        var (first, now) = (Date(begin), Date(begin).AtMidnight().InUtc().ToInstant() + Duration.FromHours(12));
        var place = new Workplace(Guid.CreateVersion7(), zone, [.. Enumerable.Range(1, 7).Select(d => new WeeklyRange((IsoDayOfWeek)d, new(from, 0), new(to, 0)))], [], []);
        var timetable = new Timetable([place], 15, 0, 60, 0, 0, null, [], []);
        var window = Stretch.Of(now, 66 * 24 * 60);

        var told = VisitsToCome.Openings(new LocationTime(timetable, place, default, window, now), 30, first);

        var openings = OpeningRules.List(timetable, new Visit(30, [place.LocationId]), window, now).Select(o => DateTimeOffset.FromUnixTimeSeconds(o.StartSecond));
        Assert.Equal(openings, Starts(told, name));
        var odd = told.Days!.Single(d => (d.Days >> Period.DaysBetween(first, Date(changed)) & 1) != 0);
        Assert.True(told.Days!.Count >= 2 && odd.Minutes.Count > 0);
    }

    /// <summary>As whoever hears of them reads them.</summary>
    internal static IEnumerable<DateTimeOffset> Starts(VisitOpenings visit, string zone) =>
        from day in Enumerable.Range(0, 64)
        from together in visit.Days!
        where (together.Days >> day & 1) != 0
        from minutes in together.Minutes
        select (LocalDate.FromDateOnly(visit.From.AddDays(day)).AtStartOfDayInZone(Zones.Get(zone)).ToInstant() + Duration.FromMinutes(minutes)).ToDateTimeOffset();

    private static LocalDate Date(string date) => LocalDate.FromDateOnly(DateOnly.Parse(date, CultureInfo.InvariantCulture));
}
