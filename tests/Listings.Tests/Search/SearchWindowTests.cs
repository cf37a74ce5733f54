using Listings.Search;
using Platform;
using Xunit;

namespace Listings.Tests.Search;

public sealed class SearchWindowTests
{
    /// <summary>Around a night in which clocks are changed: at two in the morning, by half an hour, by two hours, at midnight.</summary>
    [Theory]
    [InlineData("America/Denver", "2026-11-01")]
    [InlineData("America/Denver", "2027-03-14")]
    [InlineData("Australia/Lord_Howe", "2026-10-04")]
    [InlineData("Antarctica/Troll", "2027-03-28")]
    [InlineData("Antarctica/Troll", "2026-10-25")]
    [InlineData("Africa/Cairo", "2027-04-30")]
    public void A_window_begins_with_its_first_day(string name, string changed)
    {
        var zone = Register.Zones.NumberOf(name);
        for (var hours = -30; hours <= 30; hours += 5)
        {
            var now = DateTimeOffset.Parse($"{changed}T00:00Z", System.Globalization.CultureInfo.InvariantCulture).AddHours(hours);
            foreach (var weekdays in (int[])[127, 0b0100000, 0b1000000])
            {
                var (window, clocks) = (new SearchWindow(null, null, 3, SearchWindow.AllParts, weekdays), new LocalClocks(now));
                var (begin, first) = (clocks.BeginOf(window, zone), First(window, clocks, name));
                Assert.True(first is null ? begin > clocks.Now : first - begin is >= 0 and < 10, $"{window} of {now:O} begins {begin}, not {first}.");
            }
        }
    }

    /// <summary>Minute by minute, ten at a time: the first that lies in the window.</summary>
    private static uint? First(SearchWindow window, LocalClocks clocks, string zone)
    {
        for (var minute = (clocks.Now / 10 * 10) - (26 * 60); minute < clocks.Now + (5 * SearchWindow.DayMinutes); minute += 10)
        {
            var local = Zones.ToLocal(Days.InstantOf(minute), zone).DateTime;
            if (window.Has(Days.Of(DateOnly.FromDateTime(local)), SearchWindow.PartOf((int)local.TimeOfDay.TotalMinutes), clocks.Today(Register.Zones.NumberOf(zone))))
                return minute;
        }

        return null;
    }
}
