namespace Listings.Search;

/// <summary>What of a published practitioner is searched, and how it is laid out: pure, so that one practitioner and a million come out the same.</summary>
public static class SearchEntries
{
    /// <summary>The lineage number of the row that stands for whichever lineage; the others are one above their bit.</summary>
    public const short AnyLineage = 0;

    /// <summary>The trainings that stand in a lineage, with what is known of each.</summary>
    public static IReadOnlyList<Holding> Holdings(Practitioner practitioner) =>
    [
        .. practitioner.Published!.Trainings
            .Select(t => (Training: t, Lineage: Taxonomy.Current.LineageOf(t.Issuer)))
            .Where(t => t.Lineage is not null)
            .Select(t => new Holding(
                t.Lineage!, t.Training.Issuer, t.Training.Level, practitioner.EvidenceOf(t.Training)?.State ?? EvidenceState.SelfDeclared, t.Training.From, t.Training.To)),
    ];

    public static Card CardOf(Practitioner practitioner)
    {
        var listing = practitioner.Published!;
        return new(
            practitioner.Slug!, listing.Name!, listing.Headline ?? "", practitioner.Demo, Holdings(practitioner), Taxonomy.Current.WithParents(listing.Specialties),
            [.. listing.Locations.SelectMany(location => FormatsAt(listing, location)).Distinct().Order()], listing.Languages, listing.PractisingSince);
    }

    /// <summary>Null while the location has no point.</summary>
    public static LocationCard? CardOf(Listing listing, Location location)
    {
        if (location is not { Lat: { } lat, Lon: { } lon, TimeZone: { } zone, Id: { } id })
            return null;
        if (location.Approximate)
            (lat, lon) = Globe.Blur(lat, lon);
        var offered = listing.Services.Where(s => s.IsAt(location)).ToList();
        return new(
            new(id, location.Name, location.Locality, location.Region, location.Country, lat, lon, location.Approximate, zone),
            Cheapest(offered.Where(s => !s.Introductory)), Cheapest(offered.Where(s => s.Introductory)));
    }

    public static IReadOnlyList<VisitFormat> FormatsAt(Listing listing, Location location) =>
        [.. listing.Services.Where(s => s.IsAt(location)).SelectMany(s => s.Formats).Intersect(location.Formats).Order()];

    /// <summary>
    /// The spans of days over which the same credentials are held, without gaps, from <paramref name="first"/> to the end of time: a search
    /// of any day finds exactly one of them.
    /// </summary>
    /// <param name="first">Nobody will search as of an earlier day.</param>
    public static IEnumerable<Span> Spans(IReadOnlyList<Holding> holdings, DateOnly first)
    {
        var starts = holdings.Select(h => h.From).Concat(holdings.Where(h => h.To is not null && h.To < DateOnly.MaxValue).Select(h => h.To!.Value.AddDays(1)))
            .Where(day => day > first).Append(first).Distinct().Order().ToList();
        for (var i = 0; i < starts.Count; i++)
        {
            var held = holdings.Where(h => h.HoldsOn(starts[i])).ToList();
            yield return new(
                i == 0 ? DateOnly.MinValue : starts[i], i + 1 < starts.Count ? starts[i + 1].AddDays(-1) : DateOnly.MaxValue,
                [.. held.Select(h => h.Lineage).Distinct()],
                [.. held.Where(h => h.Evidence >= EvidenceState.DocumentSeen).Select(h => h.Lineage).Distinct()],
                [.. held.Select(h => h.Level).OfType<string>().Distinct()]);
        }
    }

    private static PriceFrom? Cheapest(IEnumerable<Offering> offered) =>
        offered.OrderBy(s => s.Price.Amount).ThenBy(s => s.Minutes).Select(s => new PriceFrom(s.Price.Amount, s.Price.Currency, s.Minutes)).FirstOrDefault();
}

/// <summary>Days, both included, over which credentials do not change.</summary>
/// <param name="Evidenced">The lineages in which a training is evidenced.</param>
public sealed record Span(
    DateOnly From, DateOnly Until, IReadOnlyList<string> Lineages, IReadOnlyList<string> Evidenced, IReadOnlyList<string> Levels);
