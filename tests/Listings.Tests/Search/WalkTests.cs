using Listings.Search;
using Listings.Words;
using Xunit;

namespace Listings.Tests.Search;

/// <summary>All pages of a search over a hundred thousand practitioners, one after the other.</summary>
public sealed class WalkTests(HundredThousand all) : IClassFixture<HundredThousand>
{

    /// <summary>A caller's largest page, of which there are a thousand. Where a page has to look at the visits of all who come before it, fewer have to do.</summary>
    private const int Page = 100, LargePage = 10_000;

    /// <summary>The whole world, so that all are found.</summary>
    private static readonly SearchPractitioners.Query World = new(Bbox: "-180,-90,180,90", Currency: "USD");

    private readonly Random dice = new(8);

    [Theory]
    [InlineData("soonest")]
    [InlineData("price")]
    [InlineData("rating")]
    public void Pages_together_are_everybody_once_and_in_order(string sort)
    {
        var query = World with { Sort = sort, Limit = LargePage };
        var keys = new Oracle(all.Invented, all.Said, null, HundredThousand.Now).Search(query).ToDictionary(m => m.Id, m => m.Key ?? long.MaxValue);
        AssertWalk(query, person => keys[person.Like!.Value]);
    }

    [Fact]
    public void Pages_by_distance_are_everybody_once_and_in_order() => AssertWalk(World with { Lat = 39.7, Lon = -105, Limit = Page }, Squares(39.7, -105));

    [Fact]
    public void Pages_of_those_who_are_in_a_filter_are_all_of_them()
    {
        var query = World with { Lat = 51.5, Lon = 0, Format = ["online"], Minutes = 15, Limit = LargePage };
        var found = new Oracle(all.Invented, all.Said, all.Invented.SelectMany(p => p.Published!.Locations).ToDictionary(l => l.Id!.Value, _ => 0.0), HundredThousand.Now)
            .Search(query).Select(m => m.Id).ToHashSet();
        AssertWalk(query, Squares(51.5, 0, place => place.Formats.Contains(VisitFormat.Online)), person => found.Contains(person.Like!.Value));
    }

    [Fact]
    public void Pages_by_relevance_are_all_whom_words_have_found_once_and_in_order()
    {
        var word = new Matches.Word(spare: false);
        var places = new Dictionary<(int Block, int Cost), List<byte>>();
        foreach (var person in all.Everybody.Where(p => RankOf(p) is not null))
        {
            var (block, place) = Math.DivRem(person.Number, Postings.Block);
            if (!places.TryGetValue((block, RankOf(person)!.Value), out var few))
                places[(block, RankOf(person)!.Value)] = few = [];
            few.AddRange([(byte)place, (byte)(place >> 8)]);
        }

        foreach (var ((block, cost), few) in places)
            word.Add(block, cost, [.. few], null);
        AssertWalk(World with { Q = "somebody", Sort = "relevance", Limit = LargePage }, person => RankOf(person)!.Value, person => RankOf(person) is not null, new(Matches.All([word]), null));

        static int? RankOf(HundredThousand.Person person) => person.Number % 7 is 0 ? null : person.Number % 7 / 2;
    }

    [Theory]
    [InlineData(null)]
    [InlineData("soonest")]
    public void Whoever_stays_put_is_neither_missed_nor_repeated_while_others_come_move_go_and_are_booked(string? sort)
    {
        var wanted = Read(sort is null ? World with { Lat = 39.7, Lon = -105, Limit = 1_000 } : World with { Sort = sort, Limit = 4_000 });
        var stay = all.Everybody.Where(p => p.Number % 2 == 0).Select(p => p.Id).ToHashSet();
        var quiet = Pages.Of(() => all.Latest, wanted).SelectMany(page => page.Hits).Select(h => h.Id).Where(stay.Contains).ToList();
        Assert.Equal(stay.Count, quiet.Count);

        var others = all.Everybody.Where(p => p.Number % 2 == 1).ToList();
        var seen = new List<Guid>();
        foreach (var page in Pages.Of(() => all.Latest, wanted))
        {
            seen.AddRange(page.Hits.Select(h => h.Id).Where(stay.Contains));
            all.Change(Changes(others));
            SearchLater();
        }

        Assert.Equal(quiet, seen);
    }

    private List<HundredThousand.Person> Changes(List<HundredThousand.Person> others) =>
    [
        .. Enumerable.Range(0, 30).Select(_ => others[dice.Next(others.Count)]).DistinctBy(p => p.Id).Select(person => dice.Next(4) switch
        {
            0 => person with { Like = null },
            1 => person with { Like = all.Invented[dice.Next(all.Invented.Count)].Id },
            2 => person with { IsBooked = true },
            _ => new(Guid.CreateVersion7(), all.Everybody.Count + dice.Next(1_000_000), person.Like),
        }),
    ];

    /// <summary>Somebody else, by a clock that is ahead of the walk's, notes who cannot be free as soon any more.</summary>
    private void SearchLater()
    {
        var later = Read(World with { Sort = "soonest", Limit = Page }, HundredThousand.Now.AddHours(7));
        Assert.Equal(Page, FoundPage.Find([all.Latest], new SearchFilter(later), later, null).Hits.Count);
    }

    private void AssertWalk(SearchPractitioners.Query query, Func<HundredThousand.Person, long> keyOf, Func<HundredThousand.Person, bool>? isFound = null, FoundByWords? words = null)
    {
        var expected = all.Everybody.Where(isFound ?? (_ => true)).Select(p => (Key: keyOf(p), p.Id)).Order().Select(p => p.Id).ToList();
        Assert.True(expected.Count > all.Everybody.Count / 4, $"Only {expected.Count} are to be found.");
        var seen = new List<Guid>();
        foreach (var page in Pages.Of(() => all.Root, Read(query) with { Words = words }))
        {
            Assert.Equal((1_000, true), (page.Total, page.TotalIsLowerBound));
            Assert.True(page.Next is null || page.Hits.Count == query.Limit);
            seen.AddRange(page.Hits.Select(h => h.Id));
        }

        Assert.Equal(expected, seen);
    }

    private static Wanted Read(SearchPractitioners.Query query, DateTimeOffset? now = null)
    {
        // Larger pages than a caller may ask for are taken all the same.
        var wanted = Wanted.Read(query with { Limit = null }, now ?? HundredThousand.Now, out var problem);
        Assert.Null(problem);
        return wanted! with { Limit = query.Limit!.Value };
    }

    /// <summary>Of everybody's distance: to the nearest of their places. That squares order like kilometres is shown elsewhere.</summary>
    private Func<HundredThousand.Person, long> Squares(double lat, double lon, Func<CardPlace, bool>? counts = null)
    {
        var from = Point.At(Globe.At(lat, lon));
        var squares = all.Invented.ToDictionary(p => p.Id, p => Card.Of(p).Places.Where(counts ?? (_ => true)).Select(place => Square(from, Point.At(Globe.At(place.Location.Lat, place.Location.Lon)))).DefaultIfEmpty().Min());
        return person => squares[person.Like!.Value];
    }

    private static long Square(Point a, Point b) => ((long)(a.X - b.X) * (a.X - b.X)) + ((long)(a.Y - b.Y) * (a.Y - b.Y)) + ((long)(a.Z - b.Z) * (a.Z - b.Z));
}
