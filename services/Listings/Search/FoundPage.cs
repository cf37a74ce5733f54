namespace Listings.Search;

/// <summary>Who is on one page of a search, how many it finds in all, and where the next page begins.</summary>
internal sealed record FoundPage(List<Hit> Hits, int Total, bool TotalIsLowerBound, Position? Next)
{
    private const int ExactUpTo = 1_000;

    /// <param name="parts">Of one tree, where to look.</param>
    /// <param name="after">Where the page before ended; null for the first.</param>
    public static FoundPage Find(IReadOnlyList<Node> parts, SearchFilter filter, Wanted wanted, Position? after)
    {
        // One more than is shown, to know whether there is a next page.
        var run = new SearchRun(filter, wanted.Limit + 1, after, after is null ? ExactUpTo : -1);
        var hits = run.Find(parts);
        var (total, more) = after is not null ? (after.Total, after.TotalIsLowerBound) : (Math.Min(run.Count, ExactUpTo), run.Count > ExactUpTo);
        if (hits.Count <= wanted.Limit)
            return new(hits, total, more, null);

        hits.RemoveAt(wanted.Limit);
        // To the minute, as starts are: the same answer to the same question has the same tag.
        return new(hits, total, more, new(hits[^1].Key, hits[^1].Id, total, more, wanted.Currency, Days.InstantOf(filter.Clocks.Now)));
    }
}
