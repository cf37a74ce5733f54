using Contracts;
using Listings.Search;
using Xunit;

namespace Listings.Tests.Search;

public sealed class VisitsTests
{
    private static readonly Card Somebody = new Crowd(51, DateTimeOffset.UnixEpoch.AddYears(56)).Practitioners(50).Select(Card.Of).First(c => c.Places.Count > 0 && c.Places[0].Visits.Count(v => !v.Introductory) > 1);

    /// <summary>Clocks are changed in Denver before the first start that can be booked, close to midnight: by today's clock that is another day.</summary>
    [Theory]
    [InlineData("2027-03-13T12:00Z", "2027-03-15T06:25Z", false)]
    [InlineData("2027-03-13T12:00Z", "2027-03-15T06:30Z", true)]
    [InlineData("2026-10-31T12:00Z", "2026-11-02T06:25Z", false)]
    [InlineData("2026-10-31T12:00Z", "2026-11-02T06:30Z", true)]
    public void Where_clocks_are_changed_a_start_counts_from_the_minute_on_at_which_it_can_be_booked(string at, string begins, bool isFree)
    {
        var (now, start) = (Instant(at), Instant(begins));
        var local = Platform.Zones.ToLocal(start, "America/Denver").DateTime;
        var from = DateOnly.FromDateTime(now.UtcDateTime);
        var day = 1UL << (DateOnly.FromDateTime(local).DayNumber - from.DayNumber);
        var (mornings, evenings) = local.Hour < 12 ? (day, 0UL) : (0UL, day);
        var packed = Written((2 * 24 * 60) - (5 * 60) - 30, (from, mornings, 0, evenings, [start])).PackedOf(0);
        var wish = new VisitWish(0, 0, -1, null, new SearchWindow(null, null, 5, SearchWindow.AllParts, SearchWindow.AllWeekdays));
        Assert.Equal(isFree, Visits.Find(packed, wish, ~Packed.IntroductoryMark, new(now), wantsSoonest: false).Formats != 0);
    }

    [Fact]
    public void Visits_of_which_other_days_were_told_are_read_with_their_own()
    {
        var from = new DateOnly(2026, 11, 23);
        var start = Instant("2026-11-24T20:00Z");
        var reader = new VisitsReader(Written(0, (from, 0, 2, 0, [start]), (from.AddDays(1), 0, 2, 0, [start.AddDays(1)])).PackedOf(0));
        Assert.True(reader.Next(out var first));
        Assert.True(reader.Next(out var second));
        Assert.Equal((Days.Of(from), Days.Of(from) + 1, 2UL, 2UL), (first.Free.From, second.Free.From, first.Free[1], second.Free[1]));
    }

    /// <summary>Somebody's place in Denver, with so many visits.</summary>
    private static SpotWriter Written(int notice, params (DateOnly From, ulong Mornings, ulong Afternoons, ulong Evenings, DateTimeOffset[] Starts)[] told)
    {
        var place = Somebody.Places[0] with { Location = Somebody.Places[0].Location with { TimeZone = "America/Denver" }, Visits = [.. Somebody.Places[0].Visits.Where(v => !v.Introductory).Take(told.Length)] };
        var visits = told.Select((t, i) => new VisitOpenings(place.Location.Id, place.Visits[i].Id, t.From, t.Mornings, t.Afternoons, t.Evenings, t.Starts));
        var spots = new SpotWriter();
        spots.Write(Guid.CreateVersion7(), 0, Somebody with { Places = [place] }, new Openings(notice, [.. visits]));
        return spots;
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
