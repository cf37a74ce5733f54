using System.Globalization;
using Contracts;
using Listings.Search;
using NodaTime;
using Platform;
using Xunit;

namespace Listings.Tests.Search;

public sealed class FreeDaysTests
{
    private static readonly Register<Week> NoRoom = new(most: 0);

    [Theory]
    [InlineData("2026-11-23T09:00:30Z")]
    [InlineData("2027-03-13T09:00:30Z")]
    [InlineData("2027-10-13T09:00:30Z")]
    public void Days_and_the_first_start_of_each_part_of_them_come_back_as_they_were_told(string at)
    {
        var compared = 0;
        foreach (var (visit, zone) in Told(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)))
        {
            foreach (var weeks in (Register<Week>[])[Register.Weeks, NoRoom])
            {
                var days = Written(visit, zone, weeks);
                var from = Days.Of(visit.From);
                Assert.Equal((from, visit.Mornings, visit.Afternoons, visit.Evenings), (days.From, days[0], days[1], days[2]));
                foreach (var (day, part) in Enumerable.Range(0, 64).SelectMany(day => Enumerable.Range(0, 3), (day, part) => (day, part)))
                {
                    if ((days[part] >> day & 1) == 0)
                        continue;
                    var begin = zone.AtStartOfDay(LocalDate.FromDateOnly(visit.From.AddDays(day)));
                    Assert.Equal(
                        visit.Days!.Where(d => (d.Days >> day & 1) != 0).SelectMany(d => d.Minutes).Where(m => SearchWindow.PartOf((begin.PlusMinutes(m).Hour * 60) + begin.PlusMinutes(m).Minute) == part).Min(),
                        days.First(part, from + day));
                    compared++;
                }
            }
        }

        Assert.True(compared > 1_000, $"Only {compared} were compared.");
    }

    [Fact]
    public void Days_come_back_when_it_was_not_told_when_visits_begin()
    {
        foreach (var (visit, zone) in Told(DateTimeOffset.Parse("2026-11-23T09:00:30Z", CultureInfo.InvariantCulture)))
        {
            var days = Written(visit with { Days = null }, zone, Register.Weeks);
            Assert.Equal((visit.Mornings, visit.Afternoons, visit.Evenings), (days[0], days[1], days[2]));
            for (var bit = 0; bit < 64; bit++)
            {
                if ((days[1] >> bit & 1) != 0)
                    Assert.Equal(Week.Unknown, days.First(1, days.From + bit));
            }
        }
    }

    [Fact]
    public void A_usual_week_with_a_time_taken_takes_few_bytes()
    {
        var minutes = (ulong day, params int[] at) => new DayStarts(day, at);
        var (all, taken) = (ulong.MaxValue >> 4, 1UL << 9);
        var visit = new VisitOpenings(Guid.Empty, Guid.Empty, new DateOnly(2026, 11, 23), all, all & ~(1UL << 10), 0, [], [minutes(all & ~taken & ~(1UL << 10), 540, 720), minutes(taken, 600, 720), minutes(1UL << 10, 540)]);
        var packed = new PackedWriter();
        new FreeDaysWriter(Register.Weeks).Write(packed, visit, DateTimeZone.Utc);
        Assert.InRange(packed.Length, 6, 12);
    }

    private static IEnumerable<(VisitOpenings Visit, DateTimeZone Zone)> Told(DateTimeOffset at)
    {
        var crowd = new Crowd(11, at);
        foreach (var practitioner in crowd.Practitioners(60))
        {
            var zones = practitioner.Published!.Locations.ToDictionary(l => l.Id!.Value, l => Zones.Get(l.TimeZone!));
            foreach (var visit in crowd.Openings(practitioner).Visits)
                yield return (visit, zones[visit.LocationId]);
        }
    }

    private static FreeDays Written(VisitOpenings visit, DateTimeZone zone, Register<Week> weeks)
    {
        var packed = new PackedWriter();
        new FreeDaysWriter(weeks).Write(packed, visit, zone);
        return new(packed.Bytes.ToArray());
    }
}
