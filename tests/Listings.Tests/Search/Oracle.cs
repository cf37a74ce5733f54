using System.Globalization;
using System.Runtime.CompilerServices;
using Contracts;
using Listings.Search;
using NodaTime;
using Platform;

namespace Listings.Tests.Search;

/// <summary>The search as one would do it by hand: look at everybody, one after the other. It shares nothing with the real one but the words.</summary>
/// <param name="kilometres">From the query's place to a location, by PostGIS; none without a place.</param>
internal sealed class Oracle(
    IReadOnlyList<Practitioner> practitioners, IReadOnlyDictionary<Guid, OpeningsChanged> openings, IReadOnlyDictionary<Guid, double>? kilometres, DateTimeOffset now)
{
    private const int Shown = 3;

    /// <summary>All starts that were told of a visit, each with its local time, in order.</summary>
    private static readonly ConditionalWeakTable<VisitOpenings, IReadOnlyList<(DateTimeOffset At, DateTime Local)>> Told = [];

    private readonly DateOnly today = DateOnly.FromDateTime(now.UtcDateTime);

    /// <param name="Key">What the search sorts by, when that is not the distance; null comes last.</param>
    public sealed record Match(Guid Id, Guid LocationId, double? Kilometres, long? Key);

    /// <summary>In the order asked for, each at their best location.</summary>
    public IReadOnlyList<Match> Search(SearchPractitioners.Query query)
    {
        var byDistance = query.Sort is null && query.Lat is not null;
        var found = practitioners.Where(p => Fits(p, query)).Select(p => Places(p, query).OrderBy(m => m.Key ?? long.MaxValue).ThenBy(m => m.Kilometres).FirstOrDefault()).OfType<Match>();
        return byDistance ? [.. found.OrderBy(m => m.Kilometres).ThenBy(m => m.Id, ById)] : [.. found.OrderBy(m => m.Key ?? long.MaxValue).ThenBy(m => m.Id, ById)];
    }

    /// <summary>From the first digit on, as their text reads.</summary>
    public static Comparer<Guid> ById { get; } = Comparer<Guid>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()));

    public int Count(SearchPractitioners.Query query) => practitioners.Count(p => Fits(p, query) && Places(p, query).Any());

    /// <summary>The times at which somebody who was found at a location is shown, and for which visit, at a moment after the search's own.</summary>
    public IReadOnlyList<(DateTimeOffset At, Guid ServiceId)> Times(SearchPractitioners.Query query, Practitioner p, Guid locationId, DateTimeOffset moment)
    {
        var location = p.Published!.Locations.Single(l => l.Id == locationId);
        double? km = query.Lat is null ? null : kilometres![locationId];
        var (said, here, window) = (openings[p.Id], Zones.ToLocal(now, location.TimeZone!), WindowOf(query));
        return
        [
            .. p.Published.Services.OrderByDescending(s => (s.FirstVisit ? 2 : 0) + (s.ForWhom?.MaxAgeMonths is null ? 1 : 0)).Where(s => s.IsAt(location) && Look(p, s, location, km, query).Suits)
                .SelectMany(s => said.Visits.Where(v => v.LocationId == locationId && v.ServiceId == s.Id)
                    .SelectMany(v => window is null ? All(v, location).Take(12) : All(v, location)).Where(t => t.At >= moment.AddMinutes(said.NoticeMinutes) && InWindow(t.Local, here.Date, window)).Select(t => (t.At, s.Id!.Value)))
                .OrderBy(t => t.At).DistinctBy(t => t.At).Take(Shown),
        ];
    }

    private bool Fits(Practitioner p, SearchPractitioners.Query query)
    {
        var listing = p.Published!;
        var held = listing.Trainings.Where(t => t.From <= today && (t.To is null || today <= t.To)).ToList();
        var lineages = query.Lineage ?? [];
        var inLineage = held.Where(t => lineages.Length == 0 || lineages.Contains(Taxonomy.Current.LineageOf(t.Issuer))).ToList();
        return (lineages.Length == 0 || inLineage.Count > 0)
            && (query.Verified != true || inLineage.Any(t => p.Evidence.Any(e => e.CredentialId == t.Id && e.State != EvidenceState.SelfDeclared)))
            && (query.Level is null || held.Any(t => Includes(t.Level!, query.Level)))
            && (query.Specialty ?? []).All(asked => listing.Specialties.Any(s => s == asked || (asked == "pelvic-health" && s is "tailbone" or "prolapse")))
            && (query.Population ?? []).All(listing.Populations.Contains)
            && Any(query.Language, listing.Languages)
            && Any(query.Licence, listing.Licences.Where(l => l.Expires is null || l.Expires >= today).Select(l => l.Code))
            && Any(query.Approach, [listing.Approach!])
            && Any(query.Gender, [listing.Gender!])
            && (query.SlidingScale != true || listing.SlidingScale)
            && (query.AcceptsNew != true || listing.AcceptsNew);
    }

    private static bool Any(string[]? asked, IEnumerable<string> has) => asked is null || asked.Intersect(has).Any();

    private IEnumerable<Match> Places(Practitioner p, SearchPractitioners.Query query)
    {
        foreach (var location in p.Published!.Locations)
        {
            double? km = query.Lat is null ? null : kilometres![location.Id!.Value];
            if ((query.Bbox is null && km > (query.RadiusKm ?? 40)) || (query.Bbox is not null && !InBox(query.Bbox, location)) || !(query.Access ?? []).All(location.Access.Contains))
                continue;
            var visits = p.Published.Services.Where(s => s.IsAt(location)).Select(s => Look(p, s, location, km, query)).ToList();
            var asksOfVisits = query.MaxPrice is not null || query.Minutes is not null || query.AvailableFrom is not null || query.AvailableTo is not null
                || query.AvailableWithinDays is not null || query.TimeOfDay is not null || query.Weekday is not null;
            if (asksOfVisits ? !visits.Any(v => v.Fits) : query.Format is not null && !visits.Any(v => v.HasFormat))
                continue;
            var fitting = visits.Where(v => v.Fits).ToList();
            yield return new(p.Id, location.Id!.Value, km, query.Sort switch
            {
                "price" => fitting.Where(v => v.Currency == query.Currency).Min(v => (long?)v.Price),
                "rating" => null,
                "soonest" => fitting.Min(v => v.Soonest?.ToUnixTimeSeconds()),
                _ => query.Lat is null ? fitting.Min(v => v.Soonest?.ToUnixTimeSeconds()) : null,
            });
        }
    }

    private sealed record Looked(bool HasFormat, bool Suits, bool Fits, DateTimeOffset? Soonest, long Price, string Currency);

    private Looked Look(Practitioner p, Offering service, Location location, double? km, SearchPractitioners.Query query)
    {
        var formats = service.Formats.Intersect(location.Formats).Where(f => query.Format is null || (f != VisitFormat.HomeVisit || km is null || km <= location.TravelRadiusKm) && query.Format.Contains(Name(f)));
        var counts = service.Formats.Any(f => f != VisitFormat.Online) || query.Minutes is not null || (query.Format ?? []).Contains("online");
        var hasFormat = formats.Any();
        var window = WindowOf(query);
        var soonest = Soonest(p, service, location, window);
        var suits = counts && hasFormat && (query.Minutes is null || service.Minutes == query.Minutes)
            && (query.MaxPrice is null || (service.Price.Currency == query.Currency && service.Price.Amount <= query.MaxPrice));
        return new(hasFormat, suits, suits && (window is null || soonest is not null), soonest, service.Price.Amount, service.Price.Currency);
    }

    private static SearchPractitioners.Query? WindowOf(SearchPractitioners.Query query) =>
        query is { AvailableFrom: null, AvailableTo: null, AvailableWithinDays: null, TimeOfDay: null, Weekday: null } ? null : query;

    /// <summary>Start by start of the first twelve; then the first of each part of the days after them.</summary>
    private DateTimeOffset? Soonest(Practitioner p, Offering service, Location location, SearchPractitioners.Query? window)
    {
        var said = openings[p.Id];
        if (said.Visits.FirstOrDefault(v => v.LocationId == location.Id && v.ServiceId == service.Id) is not { Starts.Count: > 0 } times)
            return null;
        var here = Zones.ToLocal(now, location.TimeZone!);
        var all = All(times, location);
        var (_, last) = all[times.Starts.Count - 1];
        var part = (last.Date, Part(last));
        for (var i = 0; i < all.Count; i++)
        {
            var (at, local) = all[i];
            if (i >= times.Starts.Count)
            {
                if ((local.Date, Part(local)) == part)
                    continue;
                part = (local.Date, Part(local));
            }

            if (at >= now.AddMinutes(said.NoticeMinutes) && InWindow(local, here.Date, window))
                return at;
        }

        return null;
    }

    private static IReadOnlyList<(DateTimeOffset At, DateTime Local)> All(VisitOpenings times, Location location) => Told.GetValue(times, _ =>
    {
        var zone = Zones.Get(location.TimeZone!);
        return
        [
            .. from together in times.Days!
               from day in Enumerable.Range(0, 64)
               where (together.Days >> day & 1) != 0
               from minutes in together.Minutes
               let at = (zone.AtStartOfDay(LocalDate.FromDateOnly(times.From.AddDays(day))) + Duration.FromMinutes(minutes)).ToDateTimeOffset()
               orderby at
               select (at.ToUniversalTime(), at.DateTime),
        ];
    });

    private static string Part(DateTime local) => local.Hour < 12 ? "morning" : local.Hour < 17 ? "afternoon" : "evening";

    private static bool InWindow(DateTime local, DateTime here, SearchPractitioners.Query? window)
    {
        if (window is null)
            return true;
        var from = window.AvailableFrom is null ? here : DateTime.Parse(window.AvailableFrom, CultureInfo.InvariantCulture);
        var to = window.AvailableTo is not null ? DateTime.Parse(window.AvailableTo, CultureInfo.InvariantCulture) : from.AddDays(window.AvailableWithinDays ?? 30);
        return local.Date >= from && local.Date <= to
            && (window.TimeOfDay is null || window.TimeOfDay.Contains(Part(local)))
            && (window.Weekday is null || window.Weekday.Contains($"{local.DayOfWeek}".ToLowerInvariant()));
    }

    private static bool InBox(string bbox, Location location)
    {
        var (lat, lon) = location.Approximate ? Globe.Blur(location.Lat!.Value, location.Lon!.Value) : (location.Lat!.Value, location.Lon!.Value);
        var sides = bbox.Split(',').Select(side => double.Parse(side, CultureInfo.InvariantCulture)).ToArray();
        return lat >= sides[1] && lat <= sides[3] && (sides[0] <= sides[2] ? lon >= sides[0] && lon <= sides[2] : lon >= sides[0] || lon <= sides[2]);
    }

    private static string Name(VisitFormat format) => char.ToLowerInvariant($"{format}"[0]) + $"{format}"[1..];

    /// <summary>Written out anew: of the levels in <see cref="Crowd"/>, only Upledger's build on each other.</summary>
    private static bool Includes(string held, string asked) => held == asked || (held, asked) switch
    {
        ("upledger:cs2" or "upledger:ser1" or "upledger:cst-t" or "upledger:cst-d", "upledger:cs1") => true,
        ("upledger:ser1" or "upledger:cst-t" or "upledger:cst-d", "upledger:cs2") => true,
        ("upledger:cst-d", "upledger:cst-t" or "upledger:ser1") => true,
        _ => false,
    };
}
