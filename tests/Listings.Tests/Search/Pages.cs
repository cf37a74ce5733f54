using Listings.Search;
using Platform;

namespace Listings.Tests.Search;

/// <summary>A search walked through as a caller does: the cursor of one answer leads to the next.</summary>
internal static class Pages
{
    private static readonly Cursors Cursors = new(new(new byte[32], new byte[32], null!));

    public static List<Hit> All(SearchIndex index, Wanted wanted) => [.. Of(() => index.Root, wanted).SelectMany(page => page.Hits)];

    /// <param name="root">Asked anew for every page.</param>
    public static IEnumerable<FoundPage> Of(Func<Node> root, Wanted wanted)
    {
        string? cursor = null;
        do
        {
            Position? after = null;
            if (cursor is not null && !Cursors.TryOpen(cursor, "", out after))
                throw new InvalidOperationException("This cursor is not one of ours.");
            var page = FoundPage.Find([root()], new SearchFilter(wanted), wanted, after);
            yield return page;
            cursor = page.Next is null ? null : Cursors.Seal(page.Next, "");
        }
        while (cursor is not null);
    }
}
