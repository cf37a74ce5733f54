using NodaTime;
using NodaTime.Text;
using Xunit;

namespace Availability.Tests;

public sealed class LocalRangeTests
{
    [Theory]
    [InlineData("2026-12-24 00:00", "2026-12-27 00:00", 2030, "2030-12-24 00:00", "2030-12-27 00:00")]
    [InlineData("2026-12-30 00:00", "2027-01-03 00:00", 2028, "2028-12-30 00:00", "2029-01-03 00:00")]
    [InlineData("2028-02-29 00:00", "2028-03-01 00:00", 2029, "2029-02-28 00:00", "2029-03-01 00:00")]
    [InlineData("2028-02-29 00:00", "2028-03-01 00:00", 2032, "2032-02-29 00:00", "2032-03-01 00:00")]
    [InlineData("2028-02-28 00:00", "2028-02-29 00:00", 2029, "2029-02-28 00:00", "2029-03-01 00:00")]
    [InlineData("2027-02-28 00:00", "2027-03-01 00:00", 2028, "2028-02-28 00:00", "2028-02-29 00:00")]
    [InlineData("2028-02-27 00:00", "2028-03-02 00:00", 2029, "2029-02-27 00:00", "2029-03-02 00:00")]
    [InlineData("2028-02-29 10:00", "2028-02-29 12:00", 2029, "2029-02-28 10:00", "2029-02-28 12:00")]
    [InlineData("2028-02-28 12:00", "2028-02-29 10:00", 2029, "2029-02-28 12:00", "2029-03-01 10:00")]
    [InlineData("2028-02-29 20:00", "2028-03-01 02:00", 2029, "2029-02-28 20:00", "2029-03-01 02:00")]
    public void A_stretch_comes_back_every_year(string from, string to, int year, string thenFrom, string thenTo)
    {
        var range = TimetableSamples.Range(from, to);
        var then = TimetableSamples.Range(thenFrom, thenTo);
        Assert.Equal([then], range.EveryYear(then.From.Date, then.From.Date));
        Assert.Equal([then], range.EveryYear(then.To.PlusMinutes(-1).Date, then.To.PlusMinutes(-1).Date));
        Assert.Empty(range.EveryYear(new LocalDate(range.From.Year - 1, 1, 1), range.From.Date.PlusDays(-1)));
        Assert.DoesNotContain(then, range.EveryYear(new LocalDate(year, 6, 1), new LocalDate(year, 6, 30)));
    }

    [Fact]
    public void No_year_is_left_out_and_only_the_missing_day_is_missing()
    {
        var first = new LocalDate(2027, 1, 1);
        for (var day = first; day.Year < 2029; day = day.PlusDays(1))
        {
            var range = new LocalRange(day.At(new LocalTime(18, 0)), day.PlusDays(2).At(new LocalTime(9, 0)));
            var years = range.EveryYear(new LocalDate(2020, 1, 1), new LocalDate(2040, 12, 31)).ToList();
            Assert.Equal(Enumerable.Range(day.Year, 2041 - day.Year), years.Select(y => y.From.Year));
            Assert.All(years, y => Assert.True(Period.Between(y.From, y.To, PeriodUnits.Hours).Hours is 15 or 39 or 63, LocalDatePattern.Iso.Format(day)));
        }
    }
}
