using Listings.Search;
using Xunit;

namespace Listings.Tests.Search;

public sealed class FoundPageTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 30, TimeSpan.Zero);
    private static readonly Wanted Anybody = new() { Currency = "USD", Order = SearchOrder.Rating, Limit = 20, Now = Now };

    [Theory]
    [InlineData(20, 20, false, false)]
    [InlineData(21, 21, false, true)]
    [InlineData(1_000, 1_000, false, true)]
    [InlineData(1_001, 1_000, true, true)]
    public void The_total_is_exact_up_to_a_thousand_and_there_is_a_next_page_while_somebody_is_left(int practitioners, int total, bool isLowerBound, bool goesOn)
    {
        var page = Find(Anybody, Cards(practitioners));
        Assert.Equal((20, total, isLowerBound, goesOn), (page.Hits.Count, page.Total, page.TotalIsLowerBound, page.Next is not null));
    }

    [Fact]
    public void The_next_page_goes_on_behind_the_last_that_was_shown_by_the_currency_and_the_minute_of_the_first()
    {
        var page = Find(Anybody, Cards(30));
        Assert.Equal(new Position(0, page.Hits[^1].Id, 30, false, "USD", Now.AddSeconds(30)), page.Next);
    }

    [Fact]
    public void Of_two_rooms_that_are_alike_the_same_one_is_shown_whichever_was_read_first()
    {
        var card = Cards(1)[0];
        var place = card.Places[0];
        var other = place with { Location = place.Location with { Id = Guid.CreateVersion7() } };
        uint Shown(params CardPlace[] places) => Find(Anybody, [card with { Places = places }]).Hits.Select(h => h.Leaf.Spots[h.Index].Tag).Single();
        Assert.Equal(Shown(place, other), Shown(other, place));
    }

    private static IReadOnlyList<Card> Cards(int count) => [.. new Crowd(41, Now).Practitioners(2 * count).Select(Card.Of).Where(c => c.Places.Count > 0).Take(count)];

    private static FoundPage Find(Wanted wanted, IReadOnlyList<Card> cards)
    {
        var (root, spots) = (new Node(), new SpotWriter());
        var change = new SpotChange(root, new SpotDirectory());
        foreach (var (i, card) in cards.Index())
        {
            var id = Guid.CreateVersion7();
            spots.Write(id, i, card, null);
            change.Replace(id, spots);
        }

        change.Publish(tree => root = tree);
        return FoundPage.Find([root], new SearchFilter(wanted), wanted, null);
    }
}
