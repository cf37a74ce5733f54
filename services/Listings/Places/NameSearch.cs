namespace Listings.Places;

/// <summary>Places by name: whole, begun, or mistyped.</summary>
internal static class NameSearch
{
    private const int LongestTyped = 80;
    private const int MostAreas = 3;

    /// <summary>An alias counts less than a name, so that "York" is York before it is Toronto, which once was called so.</summary>
    private const double AliasWeight = 0.75;

    /// <summary>Above any other score.</summary>
    private const double First = 1_000;

    /// <summary>Places of that name, and those whose name begins with it: large ones first, and those of whose name more has been typed.</summary>
    /// <param name="name">In plain spelling.</param>
    /// <param name="within">Regions or countries that narrow it, in plain spelling, whole or begun.</param>
    /// <param name="wholeFirst">Whether any whole name comes before all that only begin so.</param>
    public static IReadOnlyList<Found> Begun(KnownPlaces places, string name, IReadOnlyList<string> within, int limit, bool wholeFirst) =>
        name.Length <= LongestTyped && Areas(places, within) is { } areas ? Best(places, name, [places.Names.Begun(name)], areas, limit, wholeFirst) : [];

    /// <summary>Places that may be meant when none, or too few, have that name: those one typing error away; in long names two errors, when one finds nothing.</summary>
    /// <inheritdoc cref="Begun"/>
    public static IReadOnlyList<Found> Alike(KnownPlaces places, string name, IReadOnlyList<string> within, int limit)
    {
        if (name.Length is < Mistyped.ShortestWithOneError or > LongestTyped || Areas(places, within) is not { } areas)
            return [];
        var once = Best(places, name, Mistyped.In(places.Names, name, 1), areas, limit, wholeFirst: false);
        return once.Count > 0 || name.Length < Mistyped.ShortestWithTwoErrors ? once : Best(places, name, Mistyped.In(places.Names, name, 2), areas, limit, wholeFirst: false);
    }

    /// <summary>For each qualifier the areas it may mean; null when one means none.</summary>
    private static List<IReadOnlySet<string>>? Areas(KnownPlaces places, IReadOnlyList<string> within)
    {
        var areas = within.Take(MostAreas).Select(places.AreasCalled).ToList();
        return areas.Any(a => a.Count == 0) ? null : areas;
    }

    private static List<Found> Best(
        KnownPlaces places, string name, IReadOnlyList<(int From, int To)> ranges, List<IReadOnlySet<string>> areas, int limit, bool wholeFirst)
    {
        var best = new List<(double Score, int Place)>(limit + 1);
        var whole = new HashSet<int>();
        foreach (var (from, to) in ranges)
        {
            for (var i = from; i < to; i++)
            {
                // A few letters begin thousands of names: where nobody is large enough, nobody needs to be looked at.
                if (best.Count == limit && i % KnownPlaces.BlockSize == 0 && places.HeaviestFrom(i) < best[^1].Score)
                {
                    i += KnownPlaces.BlockSize - 1;
                    continue;
                }

                var (place, alias) = KnownPlaces.Owner(places.Names.OwnerOf(i));
                var score = places.WeightOf(place) * (alias ? AliasWeight : 1);
                var isWhole = places.Names.LengthOf(i) == name.Length && places.Names[i].SequenceEqual(name);
                if (!isWhole && best.Count == limit && score < best[^1].Score)
                    continue;
                if (areas.Count > 0 && !areas.TrueForAll(a => places.IsIn(place, a)))
                    continue;
                if (isWhole)
                    whole.Add(place);
                score = isWhole ? score + (wholeFirst ? First : 0) : score * (0.7 + (0.3 * Math.Min(1, name.Length / (double)places.Names.LengthOf(i))));
                Add(best, score, place, limit);
            }
        }

        return best.ConvertAll(b => new Found(places.At(b.Place), whole.Contains(b.Place)));
    }

    /// <summary>Keeps the best, each place once; of equals the one with the smaller number.</summary>
    private static void Add(List<(double Score, int Place)> best, double score, int place, int limit)
    {
        var known = best.FindIndex(b => b.Place == place);
        if (known >= 0 && best[known].Score >= score)
            return;
        if (known >= 0)
            best.RemoveAt(known);
        var at = best.FindIndex(b => b.Score < score || (b.Score == score && b.Place > place));
        best.Insert(at < 0 ? best.Count : at, (score, place));
        if (best.Count > limit)
            best.RemoveAt(limit);
    }
}
