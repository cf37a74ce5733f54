using Listings.Search;
using Xunit;

namespace Listings.Tests.Search;

/// <summary>Whoever is looked up by id is found in the tree that is shown, while it is being changed and when that fails.</summary>
public sealed class SpotChangeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private readonly SpotDirectory directory = new();
    private readonly SpotWriter spots = new();
    private readonly Dictionary<Guid, Card> cards = new Crowd(21, Now).Practitioners(2_000).ToDictionary(p => p.Id, Card.Of);
    private Node root = new();

    [Fact]
    public void Everybody_is_found_in_every_moment_of_a_change()
    {
        Change(cards.Keys.Take(1_000)).Publish(tree => root = tree);
        Everybody(1_000);

        var change = Change(cards.Keys.Take(500), cardOf: id => cards[id] with { Places = cards.Values.First(c => c.Slug != cards[id].Slug).Places });
        Add(change, cards.Keys.Skip(1_000));
        Everybody(1_000);
        change.Publish(tree =>
        {
            Everybody(1_000);
            root = tree;
            Everybody(2_000);
        });
        Everybody(2_000);
    }

    [Fact]
    public void A_change_that_is_given_up_leaves_no_trace()
    {
        Change(cards.Keys.Take(1_000)).Publish(tree => root = tree);
        // Leaves are divided, people moved; and nothing of it is ever shown.
        _ = Change(cards.Keys.Skip(500));
        Everybody(1_000);

        Change(cards.Keys, cardOf: id => cards[id] with { Places = [.. cards[id].Places.Take(1)] }).Publish(tree => root = tree);
        Everybody(2_000);
        Assert.Equal(cards.Values.Count(c => c.Places.Count > 0), root.Count);
        Assert.All(cards.Keys, id => Assert.All(directory.LeavesOf([id], root), leaf => Assert.True(leaf.Has(id))));
    }

    [Fact]
    public void Whoever_has_the_hash_of_somebody_who_goes_is_still_found()
    {
        Change(cards.Keys).Publish(tree => root = tree);
        var (stays, at) = cards.First(c => c.Value.Places.Count == 1);
        byte[] bytes = stays.ToByteArray();
        var goes = new Guid([.. bytes[8..], .. bytes[..8]]);
        Assert.Equal(stays.GetHashCode(), goes.GetHashCode());
        // Somewhere else, so that one is noted in a leaf where the other is not.
        var elsewhere = cards.Values.First(c => c.Places.Count == 1 && Math.Abs(c.Places[0].Location.Lat - at.Places[0].Location.Lat) > 20);
        Change([goes], cardOf: _ => elsewhere).Publish(tree => root = tree);
        Assert.Equal(2, directory.LeavesOf([stays], root).Count());

        spots.Clear();
        var change = new SpotChange(root, directory);
        change.Replace(goes, spots);
        change.Publish(tree => root = tree);
        Assert.True(Assert.Single(directory.LeavesOf([stays], root)).Has(stays));
    }

    private SpotChange Change(IEnumerable<Guid> ids, Func<Guid, Card>? cardOf = null)
    {
        var change = new SpotChange(root, directory);
        Add(change, ids, cardOf);
        return change;
    }

    private void Add(SpotChange change, IEnumerable<Guid> ids, Func<Guid, Card>? cardOf = null)
    {
        foreach (var id in ids)
        {
            spots.Write(id, 0, cardOf?.Invoke(id) ?? cards[id], null);
            change.Replace(id, spots);
        }
    }

    /// <summary>The first so many are where the directory says.</summary>
    private void Everybody(int count)
    {
        foreach (var (id, card) in cards.Take(count))
            Assert.True(card.Places.Count == 0 || directory.LeavesOf([id], root).Any(leaf => leaf.Has(id)));
    }
}
