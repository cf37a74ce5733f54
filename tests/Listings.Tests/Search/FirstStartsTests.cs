using Listings.Search;
using Platform;
using Xunit;

namespace Listings.Tests.Search;

public sealed class FirstStartsTests
{
    [Theory]
    [InlineData("2026-11-23T09:00:30Z")]
    [InlineData("2027-03-13T09:00:30Z")]
    [InlineData("2027-10-13T09:00:30Z")]
    public void The_first_start_of_each_part_of_each_day_comes_back_as_it_was_told(string at)
    {
        var crowd = new Crowd(11, DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));
        var (packed, starts, compared) = (new PackedWriter(), new FirstStarts(), 0);
        foreach (var practitioner in crowd.Practitioners(60))
        {
            var zones = practitioner.Published!.Locations.ToDictionary(l => l.Id!.Value, l => Zones.Get(l.TimeZone!));
            foreach (var visit in crowd.Openings(practitioner).Visits)
            {
                packed.Clear();
                starts.Write(packed, visit, zones[visit.LocationId]);
                var from = Days.Of(visit.From);
                foreach (var (day, part) in from day in Enumerable.Range(0, 64) from part in Enumerable.Range(0, 3) select (day, part))
                {
                    var begin = zones[visit.LocationId].AtStartOfDay(NodaTime.LocalDate.FromDateOnly(visit.From.AddDays(day)));
                    var minutes = visit.Days!.Where(d => (d.Days >> day & 1) != 0).SelectMany(d => d.Minutes).Where(m => SearchWindow.PartOf((begin.PlusMinutes(m).Hour * 60) + begin.PlusMinutes(m).Minute) == part);
                    var first = minutes.DefaultIfEmpty(FirstStarts.Unknown).Min();
                    var isFree = ((part == 0 ? visit.Mornings : part == 1 ? visit.Afternoons : visit.Evenings) >> day & 1) != 0;
                    Assert.Equal(isFree, first != FirstStarts.Unknown);
                    if (!isFree)
                        continue;
                    Assert.Equal(first, FirstStarts.Of(new(packed.Bytes), part, from + day, from));
                    compared++;
                }
            }
        }

        Assert.True(compared > 500, $"Only {compared} were compared.");
    }
}
