using System.Globalization;
using Npgsql;

namespace Listings.Search;

/// <summary>A practitioner's rows of <c>search_entries</c>, as lines for <c>COPY</c>.</summary>
internal static class EntryLines
{
    /// <param name="nextAt">The next bookable start by location.</param>
    public static IEnumerable<string> Of(Practitioner practitioner, SearchNumbers numbers, Dictionary<Guid, DateTime> nextAt)
    {
        var listing = practitioner.Published!;
        var spots = listing.Locations
            .Select(location => (Location: location, SearchEntries.CardOf(listing, location)?.Location)).Where(l => l.Item2 is not null)
            .Select(l => (l.Location, Shown: l.Item2!)).ToList();
        var specialties = numbers.Specialties(Taxonomy.Current.WithParents(listing.Specialties));
        var languages = numbers.Languages(listing.Languages);

        foreach (var span in SearchEntries.Spans(SearchEntries.Holdings(practitioner), DateOnly.FromDateTime(practitioner.ChangedAt.UtcDateTime)))
        {
            var keys = span.Lineages.Select(l => (short)(numbers.Lineage(l) + 1)).Prepend(SearchEntries.AnyLineage).ToList();
            foreach (var (location, shown) in spots)
            {
                var next = nextAt.TryGetValue(shown.Id, out var at) ? at.ToString("O", CultureInfo.InvariantCulture) : "infinity";
                var formats = SearchEntries.FormatsAt(listing, location).Aggregate(0L, (bits, format) => bits | (1L << (int)format));
                foreach (var key in keys)
                {
                    yield return string.Join('\t',
                        practitioner.Id, shown.Id, key.ToString(CultureInfo.InvariantCulture), Day(span.From), Day(span.Until), Globe.At(shown.Lat, shown.Lon).ToCube(),
                        Text(specialties), Text(numbers.Levels(span.Levels)), Text(numbers.Lineages(span.Lineages)), Text(numbers.Lineages(span.Evidenced)), Text(languages),
                        Text(formats), Text((location.TravelRadiusKm ?? 0) * 1000L), spots.Count > 1 ? "t" : "f", next) + "\n";
                }
            }
        }
    }

    private static string Day(DateOnly day) =>
        day == DateOnly.MinValue ? "-infinity" : day == DateOnly.MaxValue ? "infinity" : day.ToString("O", CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Bit sets for the codes of some practitioners.</summary>
internal sealed class SearchNumbers
{
    private readonly IReadOnlyDictionary<string, int> lineages;
    private readonly IReadOnlyDictionary<string, int> levels;
    private readonly IReadOnlyDictionary<string, int> specialties;
    private readonly IReadOnlyDictionary<string, int> languages;

    private SearchNumbers(
        IReadOnlyDictionary<string, int> lineages, IReadOnlyDictionary<string, int> levels, IReadOnlyDictionary<string, int> specialties, IReadOnlyDictionary<string, int> languages) =>
        (this.lineages, this.levels, this.specialties, this.languages) = (lineages, levels, specialties, languages);

    public static async Task<SearchNumbers> For(NpgsqlConnection connection, List<Practitioner> practitioners, CancellationToken ct)
    {
        var holdings = practitioners.SelectMany(SearchEntries.Holdings).ToList();
        return new(
            await SearchCodes.Assign(connection, SearchCodes.Lineage, [.. holdings.Select(h => h.Lineage).Distinct()], ct),
            await SearchCodes.Assign(connection, SearchCodes.Level, [.. holdings.Select(h => h.Level).OfType<string>().Distinct()], ct),
            await SearchCodes.Assign(connection, SearchCodes.Specialty, [.. Taxonomy.Current.WithParents(practitioners.SelectMany(p => p.Published!.Specialties).Distinct())], ct),
            await SearchCodes.Assign(connection, SearchCodes.Language, [.. practitioners.SelectMany(p => p.Published!.Languages).Distinct()], ct));
    }

    public int Lineage(string code) => lineages[code];

    public long Lineages(IEnumerable<string> codes) => Bits(lineages, codes);

    public long Levels(IEnumerable<string> codes) => Bits(levels, codes);

    public long Specialties(IEnumerable<string> codes) => Bits(specialties, codes);

    public long Languages(IEnumerable<string> codes) => Bits(languages, codes);

    private static long Bits(IReadOnlyDictionary<string, int> numbers, IEnumerable<string> codes) =>
        codes.Aggregate(0L, (bits, code) => bits | (1L << numbers[code]));
}
