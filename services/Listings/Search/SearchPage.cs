namespace Listings.Search;

/// <summary>One page of results, with where the next one begins.</summary>
internal sealed record SearchPage(IReadOnlyList<SearchPractitioners.Item> Items, int Total, bool TotalIsLowerBound, Position? Next)
{
    /// <param name="now">By which starts that are shown can still be booked; the search's own moment may be that of its first page.</param>
    public static async Task<SearchPage> Read(
        SearchIndex index, SearchFilter filter, Wanted wanted, Position? after, DateTimeOffset now, IServiceScopeFactory scopes, CancellationToken ct)
    {
        var found = FoundPage.Find(index.PartsFor(filter), filter, wanted, after);
        var cards = await index.Cards.Read(found.Hits.ConvertAll(h => h.Id), scopes, ct);
        var openings = new ShownOpenings(filter, wanted.Now == now ? filter.Clocks : new LocalClocks(now));
        var shown = new List<Shown>(found.Hits.Count);
        foreach (var hit in found.Hits)
        {
            // Missing is who has left, or whose location was taken away, in this very moment.
            if (cards.TryGetValue(hit.Id, out var card) && PlaceOf(hit, card) is { } place)
                shown.Add(new(hit, card, place, openings.Next(hit, place)));
        }

        var told = await index.Told.Read([.. shown.Where(s => s.Next.MayBeOthers).Select(s => s.Hit.Id)], scopes, ct);
        var items = shown.ConvertAll(s => Show(s, s.Next.MayBeOthers && told.TryGetValue(s.Hit.Id, out var all) ? openings.OfAll(s.Hit, s.Place, all.Read()) : s.Next.Starts, filter, wanted));
        return new(items, found.Total, found.TotalIsLowerBound, found.Next);
    }

    /// <summary>One practitioner as a search without wishes shows them, at the location where they are free soonest; null while search does not know them.</summary>
    public static SearchPractitioners.Item? Of(SearchIndex index, Guid id, Card card, DateTimeOffset now)
    {
        var wanted = new Wanted { Order = SearchOrder.Soonest, Limit = 1, Now = now };
        var filter = new SearchFilter(wanted);
        Hit? best = null;
        foreach (var leaf in index.LeavesOf([id]))
        {
            for (var i = 0; i < leaf.Count; i++)
            {
                ref readonly var spot = ref leaf.Spots[i];
                if (spot.Id != id || !filter.PassesVisits(leaf, i, 0, out var found))
                    continue;
                var hit = new Hit(filter.KeyOf(leaf, i, 0, found), 0, id, leaf, i);
                if (best is not { } other || hit.Beats(other))
                    best = hit;
            }
        }

        if (best is not { } here || PlaceOf(here, card) is not { } place)
            return null;
        var next = new ShownOpenings(filter, filter.Clocks).Next(here, place);
        return Show(new(here, card, place, next), next.Starts, filter, wanted);
    }

    /// <summary>What whoever practises nearest to the search's place is paid in.</summary>
    public static string CurrencyNear(SearchIndex index, Wanted wanted)
    {
        var anybody = new Wanted { Lat = wanted.Lat, Lon = wanted.Lon, Order = SearchOrder.Distance, Limit = 1, Now = wanted.Now };
        return new SearchRun(new SearchFilter(anybody), 1, null, -1).Find([index.Root]) is [var nearest] ? Register.Currencies[new VisitsReader(nearest.Leaf.PackedOf(nearest.Index)).Currency] : "";
    }

    /// <summary>Null when the location has been taken away in this very moment.</summary>
    private static CardPlace? PlaceOf(in Hit hit, Card card)
    {
        var tag = hit.Leaf.Spots[hit.Index].Tag;
        return card.Places.FirstOrDefault(p => SpotWriter.TagOf(p.Location.Id) == tag);
    }

    private static SearchPractitioners.Item Show(Shown shown, List<(uint Minute, int Visit)> starts, SearchFilter filter, Wanted wanted)
    {
        var (hit, card, place, _) = shown;
        return new(
            hit.Id, card.Slug, card.Name, card.Headline, null, card.Demo, filter.Area.HasPoint ? Math.Round(Globe.Kilometres(Math.Sqrt(hit.Square) / 100), 1) : null, place.Location,
            card.LineagesOn(wanted.Today), card.Specialties, card.Formats, card.Languages, card.PractisingSince,
            Visits.Cheapest(hit.Leaf.PackedOf(hit.Index), filter.Visits, filter.WantedFormats(hit)), null, ShownOpenings.Show(starts, place));
    }

    /// <summary>Somebody found, and where.</summary>
    private sealed record Shown(Hit Hit, Card Card, CardPlace Place, (List<(uint Minute, int Visit)> Starts, bool MayBeOthers) Next);
}
