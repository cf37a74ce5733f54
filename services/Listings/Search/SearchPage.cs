using Platform;

namespace Listings.Search;

/// <summary>One page of results, with where the next one begins.</summary>
internal sealed record SearchPage(IReadOnlyList<SearchPractitioners.Item> Items, int Total, bool TotalIsLowerBound, Position? Next)
{
    private const int ShownOpenings = 3;

    /// <param name="now">By which starts that are shown can still be booked; the search's own moment may be that of its first page.</param>
    public static async Task<SearchPage> Read(
        SearchIndex index, SearchFilter filter, Wanted wanted, Position? after, DateTimeOffset now, IServiceScopeFactory scopes, CancellationToken ct)
    {
        var found = FoundPage.Find(index.PartsFor(filter), filter, wanted, after);
        var cards = await index.Cards.Read(found.Hits.ConvertAll(h => h.Id), scopes, ct);
        var clocks = wanted.Now == now ? filter.Clocks : new LocalClocks(now);
        var items = found.Hits.Select(hit => cards.TryGetValue(hit.Id, out var card) ? Show(hit, card, filter, wanted, clocks) : null).OfType<SearchPractitioners.Item>();
        return new([.. items], found.Total, found.TotalIsLowerBound, found.Next);
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

        return best is { } here ? Show(here, card, filter, wanted, filter.Clocks) : null;
    }

    /// <summary>What whoever practises nearest to the search's place is paid in.</summary>
    public static string CurrencyNear(SearchIndex index, Wanted wanted)
    {
        var anybody = new Wanted { Lat = wanted.Lat, Lon = wanted.Lon, Order = SearchOrder.Distance, Limit = 1, Now = wanted.Now };
        return new SearchRun(new SearchFilter(anybody), 1, null, -1).Find([index.Root]) is [var nearest] ? Register.Currencies[new VisitsReader(nearest.Leaf.PackedOf(nearest.Index)).Currency] : "";
    }

    /// <summary>Null when the location has been taken away in this very moment.</summary>
    private static SearchPractitioners.Item? Show(in Hit hit, Card card, SearchFilter filter, Wanted wanted, LocalClocks clocks)
    {
        ref readonly var spot = ref hit.Leaf.Spots[hit.Index];
        var tag = spot.Tag;
        if (card.Places.FirstOrDefault(p => SpotWriter.TagOf(p.Location.Id) == tag) is not { } place)
            return null;
        var packed = hit.Leaf.PackedOf(hit.Index);
        var formats = filter.AskedFormats == 0 ? ~Packed.IntroductoryMark : filter.FormatsOf(hit.Leaf, hit.Index, hit.Square) & filter.AskedFormats;
        return new(
            hit.Id, card.Slug, card.Name, card.Headline, null, card.Demo, filter.Area.HasPoint ? Math.Round(Globe.Kilometres(Math.Sqrt(hit.Square) / 100), 1) : null, place.Location,
            card.LineagesOn(wanted.Today), card.Specialties, card.Formats, card.Languages, card.PractisingSince, Visits.Cheapest(packed, filter.Visits, formats), null,
            Openings(packed, place, filter.Visits, formats, clocks));
    }

    /// <summary>
    /// The first starts that can still be booked at this moment, in the location's own time: those that were asked for, or the next of all when
    /// what was asked for lies further ahead than is known to the minute. None in the moment in which the visits have changed.
    /// </summary>
    private static List<SearchPractitioners.Opening> Openings(ReadOnlySpan<byte> packed, CardPlace place, in VisitWish wish, int formats, LocalClocks clocks)
    {
        if (new VisitsReader(packed).Check != SpotWriter.CheckOf(place.Visits))
            return [];
        var starts = Visits.Starts(packed, wish, formats, clocks, inWindow: true);
        if (starts.Count == 0 && wish.Window is not null)
            starts = Visits.Starts(packed, wish, formats, clocks, inWindow: false);
        var zone = Zones.Get(place.Location.TimeZone);
        return
        [
            .. starts.DistinctBy(s => s.Minute).Take(ShownOpenings)
                .Select(s => new SearchPractitioners.Opening(Zones.ToLocal(Days.InstantOf(s.Minute), zone), place.Visits[s.Visit].Id, place.Location.Id)),
        ];
    }
}
