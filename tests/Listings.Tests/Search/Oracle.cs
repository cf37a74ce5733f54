using Contracts;
using Listings.Search;

namespace Listings.Tests.Search;

/// <summary>The search as one would do it by hand: look at everybody, one after the other. It shares nothing with the real one but the words.</summary>
/// <param name="kilometres">From the query's place to a location, by PostGIS.</param>
internal sealed class Oracle(
    IReadOnlyList<Practitioner> practitioners, IReadOnlyDictionary<Guid, OpeningsChanged> openings, IReadOnlyDictionary<Guid, double> kilometres, DateTimeOffset now)
{
    private readonly DateOnly today = DateOnly.FromDateTime(now.UtcDateTime);

    public sealed record Match(Guid Id, Guid LocationId, double? Kilometres, DateTimeOffset? NextAt);

    /// <summary>In the order asked for.</summary>
    public IReadOnlyList<Match> Search(SearchPractitioners.Query query)
    {
        var soonest = query.Sort == "soonest" || query.Lat is null;
        var found = practitioners.Where(p => Fits(p, query))
            .Select(p => Places(p, query).OrderBy(m => soonest ? m.NextAt ?? DateTimeOffset.MaxValue : default).ThenBy(m => soonest ? 0 : m.Kilometres).ThenBy(m => m.LocationId, Db).FirstOrDefault())
            .OfType<Match>();
        return soonest ? [.. found.OrderBy(m => m.NextAt ?? DateTimeOffset.MaxValue).ThenBy(m => m.Id, Db)] : [.. found.OrderBy(m => m.Kilometres).ThenBy(m => m.Id, Db)];
    }

    /// <summary>PostgreSQL compares ids from the first byte on, as their text does.</summary>
    public static Comparer<Guid> Db { get; } = Comparer<Guid>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()));

    public int Count(SearchPractitioners.Query query) => practitioners.Count(p => Fits(p, query) && Places(p, query).Any());

    private bool Fits(Practitioner p, SearchPractitioners.Query query)
    {
        var held = p.Published!.Trainings.Where(t => t.From <= today && (t.To is null || today <= t.To)).ToList();
        var lineages = query.Lineage ?? [];
        var inLineage = held.Where(t => lineages.Length == 0 || lineages.Contains(Taxonomy.Current.LineageOf(t.Issuer))).ToList();
        return (lineages.Length == 0 || inLineage.Count > 0)
            && (query.Verified != true || inLineage.Any(t => p.Evidence.Any(e => e.CredentialId == t.Id && e.State != EvidenceState.SelfDeclared)))
            && (query.Level is null || held.Any(t => Includes(t.Level!, query.Level)))
            && (query.Specialty ?? []).All(asked => p.Published.Specialties.Any(s => s == asked || (asked == "pelvic-health" && s is "tailbone" or "prolapse")))
            && (query.Language is null || query.Language.Intersect(p.Published.Languages).Any());
    }

    private IEnumerable<Match> Places(Practitioner p, SearchPractitioners.Query query)
    {
        foreach (var location in p.Published!.Locations)
        {
            double? km = query.Lat is null ? null : kilometres[location.Id!.Value];
            if (km > (query.RadiusKm ?? 40))
                continue;
            var formats = location.Formats.Where(f => f != VisitFormat.HomeVisit || km is null || km <= location.TravelRadiusKm).Select(f => char.ToLowerInvariant($"{f}"[0]) + $"{f}"[1..]);
            if (query.Format is not null && !query.Format.Intersect(formats).Any())
                continue;
            var said = openings[p.Id];
            var starts = said.Locations.Where(l => l.LocationId == location.Id).SelectMany(l => l.Starts).Where(s => s >= now.AddMinutes(said.NoticeMinutes)).Order().ToList();
            DateTimeOffset? next = starts.Count == 0 ? null : starts[0];
            if (query.AvailableWithinDays is { } days && !(next <= now.AddDays(days)))
                continue;
            yield return new(p.Id, location.Id!.Value, km, next);
        }
    }

    /// <summary>Written out anew: of the levels in <see cref="Crowd"/>, only Upledger's build on each other.</summary>
    private static bool Includes(string held, string asked) => held == asked || (held, asked) switch
    {
        ("upledger:cs2" or "upledger:ser1" or "upledger:cst-t" or "upledger:cst-d", "upledger:cs1") => true,
        ("upledger:ser1" or "upledger:cst-t" or "upledger:cst-d", "upledger:cs2") => true,
        ("upledger:cst-d", "upledger:cst-t" or "upledger:ser1") => true,
        _ => false,
    };
}
