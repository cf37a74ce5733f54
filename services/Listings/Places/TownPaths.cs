namespace Listings.Places;

/// <summary>The stable names of towns in addresses: country, region where there is one, town, as in <c>us/co/denver</c> and <c>ch/zh/zurich</c>.</summary>
internal static class TownPaths
{
    /// <summary>By GeoNames number. Of namesakes in one region the largest has the bare name, the others have their number after it; a town that has a path keeps it.</summary>
    /// <param name="regions">By area (<c>US.CO</c>), the word that stands for it.</param>
    /// <param name="known">Paths given before.</param>
    public static Dictionary<int, string> Of(IEnumerable<PlaceRow> places, IReadOnlyDictionary<string, string> regions, IReadOnlyDictionary<int, string> known)
    {
        var paths = new Dictionary<int, string>();
        var taken = new HashSet<string>(known.Values, StringComparer.Ordinal);
        foreach (var place in places.OrderByDescending(p => p.Population).ThenBy(p => p.Id))
        {
            var area = string.Join('/', new[] { place.Country.ToLowerInvariant(), regions.GetValueOrDefault($"{place.Country}.{place.Admin1}") }.Where(part => !string.IsNullOrEmpty(part)));
            if (known.TryGetValue(place.Id, out var path) && path[..path.LastIndexOf('/')] == area)
            {
                paths.Add(place.Id, path);
                continue;
            }

            var name = new[] { place.Name, place.Ascii }.Select(Spelling.Slug).FirstOrDefault(slug => slug.Length > 0) ?? "place";
            path = $"{area}/{name}";
            paths.Add(place.Id, taken.Add(path) ? path : $"{path}-{place.Id}");
        }

        return paths;
    }
}
