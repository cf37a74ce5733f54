using Listings.Search;
using Xunit;

namespace Listings.Tests.Search;

/// <summary>By the bounds of branches, leaves and spots a search passes by who cannot be on the page: none of them may promise more than is found when somebody looks.</summary>
public sealed class SearchBoundsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 30, TimeSpan.Zero);

    private readonly SpotDirectory directory = new();
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
    [InlineData("price", null, null, null)]
    [InlineData("price", 5, null, "homeVisit")]
    [InlineData("price", null, null, "online")]
    public void Nobody_comes_before_what_their_branch_their_leaf_and_their_row_say(string sort, int? days, string? partOfDay, string? format)
    {
        var query = new SearchPractitioners.Query(Currency: "USD", Sort: sort, AvailableWithinDays: days, TimeOfDay: partOfDay is null ? null : [partOfDay], Format: format is null ? null : [format]);
        // Clocks go on, and then comes somebody who walks through pages by an earlier one; nor does it matter that many have changed.
        foreach (var hours in (int[])[0, 1, 7, 30])
            Assert.True(HowManyAreBound(query, Now.AddHours(hours)) > 0 || format == "online", $"No bound helps {hours} hours later.");
        HowManyAreBound(query, Now.AddHours(2));
        Change(practitioners.Take(700));
        HowManyAreBound(query, Now.AddHours(31));
        HowManyAreBound(query, Now);
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

    private void Change(IEnumerable<Practitioner> some)
    {
        var change = new SpotChange(root, directory);
        foreach (var practitioner in some)
        {
            var said = crowd.Openings(practitioner);
            spots.Write(practitioner.Id, 0, Card.Of(practitioner), new Openings(said.NoticeMinutes, said.Visits));
            change.Replace(practitioner.Id, spots);
        }

        change.Publish(tree => root = tree);
    }
}
