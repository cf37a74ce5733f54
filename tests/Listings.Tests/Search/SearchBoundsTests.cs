using Listings.Search;
using Xunit;

namespace Listings.Tests.Search;

/// <summary>By the bounds of branches, leaves and spots a search passes by who cannot be on the page: none of them may promise more than is found when somebody looks.</summary>
public sealed class SearchBoundsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 30, TimeSpan.Zero);

    private SpotDirectory directory = new();
    private readonly SpotWriter spots = new();
    private readonly IReadOnlyList<Practitioner> practitioners;
    private readonly Crowd crowd = new(31, Now);
    private Node root = new();

    public SearchBoundsTests()
    {
        practitioners = crowd.Practitioners(1_500);
        Change(practitioners);
    }

    [Theory]
    [InlineData("soonest", null, null, null)]
    [InlineData("soonest", 5, null, null)]
    [InlineData("soonest", 5, "evening", null)]
    [InlineData("soonest", null, null, "online")]
    [InlineData("soonest", 20, null, null, null, "saturday")]
    [InlineData("price", null, null, null)]
    [InlineData("price", 5, null, "homeVisit")]
    [InlineData("price", null, null, "online")]
    [InlineData("price", null, null, null, 15)]
    public void Nobody_comes_before_what_their_branch_their_leaf_and_their_row_say(string sort, int? days, string? partOfDay, string? format, int? minutes = null, string? weekday = null)
    {
        var query = new SearchPractitioners.Query(
            Currency: "USD", Sort: sort, AvailableWithinDays: days, TimeOfDay: partOfDay is null ? null : [partOfDay], Format: format is null ? null : [format], Minutes: minutes,
            Weekday: weekday is null ? null : [weekday]);
        // Clocks go on, and then comes somebody who walks through pages by an earlier one; nor does it matter that many have changed.
        foreach (var hours in (int[])[0, 1, 7, 30])
            Assert.True(HowManyAreBound(query, Now.AddHours(hours)) > 0 || format == "online" || minutes is not null, $"No bound helps {hours} hours later.");
        HowManyAreBound(query, Now.AddHours(2));
        Change(practitioners.Take(700));
        foreach (var hours in (int[])[0, 31, 0])
            HowManyAreBound(query, Now.AddHours(hours));
    }

    [Fact]
    public void A_part_of_the_tree_promises_no_less_than_those_below_it_allow()
    {
        AssertTight(root);
        // What a clock that is ahead has noted is not told.
        HowManyAreBound(new(Sort: "soonest"), Now.AddHours(30));
        // Whoever was the soonest, the cheapest or the farthest out is somewhere else now, or gone.
        Change(practitioners.Take(700));
        Change(practitioners.Skip(700).Take(300), withdrawn: true);
        AssertTight(root);

        (root, directory) = (new(), new());
        Change(practitioners.Take(40));
        Assert.True(root.IsLeaf);
        AssertTight(root);
        Assert.Equal(-1, root.Zone);
        Change(practitioners.Take(40), withdrawn: true);
        AssertTight(root);
    }

    private static IReadOnlyList<(Spot Spot, Row Row, int Zone)> AssertTight(Node node)
    {
        IReadOnlyList<(Spot Spot, Row Row, int Zone)> all = node.IsLeaf
            ? [.. Enumerable.Range(0, node.Count).Select(i => (node.Spots[i], node.Columns.Row(i, Visits.FirstTold(node.PackedOf(i))), new VisitsReader(node.PackedOf(i)).Zone))]
            : [.. AssertTight(node.Low!), .. AssertTight(node.High!)];
        var (box, any) = (new Box(), new Bits());
        foreach (var (spot, row, _) in all)
        {
            box.Add(Point.Of(spot));
            any.Add(row.Bits);
        }

        Assert.Equal((all.Count, box), (node.Count, node.Box));
        Assert.True(((ReadOnlySpan<ulong>)any).SequenceEqual(node.Any));
        Assert.Equal(all.Select(s => s.Row.Soonest).DefaultIfEmpty(uint.MaxValue).Min(), node.Soonest);
        Assert.Equal(all.Select(s => s.Row.Cheapest).DefaultIfEmpty(ushort.MaxValue).Min(), node.Cheapest);
        if (node.Cheapest != ushort.MaxValue)
            Assert.Equal(all.Where(s => s.Row.Cheapest == node.Cheapest).Min(s => s.Spot.Id), node.CheapestId);
        if (node.IsLeaf)
            Assert.Equal(all.Select(s => s.Zone).Distinct().ToList() is [var zone] ? zone : -1, node.Zone);
        return all;
    }

    private int HowManyAreBound(SearchPractitioners.Query query, DateTimeOffset now)
    {
        var (found, exact) = Below(root, new SearchFilter(Wanted.Read(query, now, out _)!), default);
        Assert.True(found > 200, $"Only {found} were found.");
        return exact;
    }

    /// <summary>How many are found below a node, and how many of them at the very key that their row promises.</summary>
    private static (int Found, int Exact) Below(Node node, SearchFilter filter, Rank above)
    {
        var least = filter.Least(node) is var own && own.CompareTo(above) > 0 ? own : above;
        if (!node.IsLeaf)
        {
            var (low, high) = (Below(node.Low!, filter, least), Below(node.High!, filter, least));
            return (low.Found + high.Found, low.Exact + high.Exact);
        }

        var (found, exact) = (0, 0);
        for (var i = 0; i < node.Count; i++)
        {
            if (!filter.PassesVisits(node, i, 0, out var visits))
                continue;
            var (key, promised) = (filter.KeyOf(node, i, 0, visits), Math.Max(filter.LeastKey(node, i), filter.LeastKeyThere(node, i)));
            Assert.False(filter.Misses(node), "Somebody is in a part of the tree where nobody should be.");
            Assert.True(least.CompareTo(new(key, node.Spots[i].Id)) <= 0, $"{key} is found, and {least} promised by branches");
            Assert.True(promised <= key, $"{key} is found, and {promised} promised by the row");
            found++;
            exact += key == promised ? 1 : 0;
        }

        return (found, exact);
    }

    private void Change(IEnumerable<Practitioner> some, bool withdrawn = false)
    {
        var change = new SpotChange(root, directory);
        foreach (var practitioner in some)
        {
            var said = crowd.Openings(practitioner);
            spots.Write(practitioner.Id, 0, withdrawn ? null : Card.Of(practitioner), new Openings(said.NoticeMinutes, said.Visits));
            change.Replace(practitioner.Id, spots);
        }

        change.Publish(tree => root = tree);
    }
}
