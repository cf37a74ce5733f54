using Listings.Search;

namespace Listings.Landing;

/// <summary>What a published practitioner is counted under. Trainings count whether or not they have lapsed: the search says who holds one today.</summary>
/// <param name="Towns">Paths, as <c>us/co/denver</c>.</param>
/// <param name="Areas">The countries and regions around.</param>
/// <param name="Topics"><c>specialties/sleep</c>, the wider ones too; <c>lineages/upledger</c>.</param>
internal sealed record LandingPerson(
    Guid Id, string Slug, bool Invented, DateTimeOffset PublishedAt, IReadOnlyList<string> Towns, IReadOnlyList<string> Areas, IReadOnlyList<string> Topics)
{
    public const string Specialties = "specialties/";
    public const string Lineages = "lineages/";

    public static LandingPerson Of(Practitioner practitioner, Card card, LandingPlaces places)
    {
        var listing = practitioner.Published!;
        string[] towns = [.. listing.Locations.Select(places.TownOf).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        string[] areas =
        [
            .. listing.Locations.Select(l => l.Country.ToLowerInvariant()).Concat(towns.Select(town => town[..town.LastIndexOf('/')])).Distinct().Order(StringComparer.Ordinal),
        ];
        string[] topics = [.. card.Specialties.Select(code => Specialties + code), .. card.Holdings.Select(h => h.Lineage).Distinct().Select(code => Lineages + code)];
        return new(practitioner.Id, practitioner.Slug!, practitioner.Demo, practitioner.PublishedAt ?? practitioner.ChangedAt, towns, areas, topics);
    }

    public bool IsAlike(LandingPerson other) =>
        (Id, Slug, Invented, PublishedAt) == (other.Id, other.Slug, other.Invented, other.PublishedAt)
        && Towns.SequenceEqual(other.Towns) && Areas.SequenceEqual(other.Areas) && Topics.SequenceEqual(other.Topics);

    /// <summary>Where the practitioner counts, and as what; in a region or country without regard to what they do.</summary>
    public IEnumerable<(string Place, string Topic)> Counted() =>
        Areas.Concat(Towns).Append("").Select(place => (place, "")).Concat(Topics.SelectMany(topic => Towns.Append("").Select(town => (town, topic))));
}
