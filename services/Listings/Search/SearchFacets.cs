using Npgsql;

namespace Listings.Search;

/// <summary>Counts, for every value of every filter, whom a search would find with that value instead of those chosen in the same filter.</summary>
internal static class SearchFacets
{
    /// <summary>Rows read at most; 10,000 matching practitioners have fewer.</summary>
    private const int Most = 40_000;

    public static async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>>> Count(NpgsqlConnection connection, Wanted wanted, Masks masks, CancellationToken ct)
    {
        var lineages = await SearchCodes.All(connection, SearchCodes.Lineage, ct);
        var levels = await SearchCodes.All(connection, SearchCodes.Level, ct);
        // Rows of whichever lineage, so that the other lineages can be counted too.
        var all = masks.Lineage == SearchEntries.AnyLineage ? masks : masks with { Lineage = SearchEntries.AnyLineage, Lineages = 1L << (masks.Lineage - 1) };
        var lineage = new Facet("lineage", lineages);
        var level = new Facet("level", LevelsAtLeast(levels));
        var specialty = new Facet("specialty", await SearchCodes.All(connection, SearchCodes.Specialty, ct));
        var language = new Facet("language", await SearchCodes.All(connection, SearchCodes.Language, ct));
        var format = new Facet("format", new Dictionary<string, int> { ["inPerson"] = 0, ["homeVisit"] = 1, ["online"] = 2 });

        foreach (var row in await Read(connection, wanted, all, ct))
        {
            var passesSpecialty = (row.Specialties & all.Specialties) == all.Specialties;
            var asked = all.Lineages == 0 ? long.MaxValue : all.Lineages;
            // An evidenced training belongs to a lineage: the two filters are judged together.
            var passesLineage = (all.Lineages == 0 || (row.Lineages & all.Lineages) != 0) && (!wanted.Verified || (row.Evidenced & asked) != 0);
            var passesLevel = wanted.Level is null || (row.Levels & all.Levels) != 0;
            var passesLanguage = wanted.Languages.Count == 0 || (row.Languages & all.Languages) != 0;
            var passesFormat = wanted.Formats.Count == 0 || (row.Formats & all.Formats) != 0;

            if (passesSpecialty && passesLevel && passesLanguage && passesFormat)
                lineage.Add(row, wanted.Verified ? row.Lineages & row.Evidenced : row.Lineages);
            if (passesSpecialty && passesLineage && passesLanguage && passesFormat)
                level.Add(row, row.Levels);
            if (passesLineage && passesLevel && passesLanguage && passesFormat)
                specialty.Add(row, row.Specialties);
            if (passesSpecialty && passesLineage && passesLevel && passesFormat)
                language.Add(row, row.Languages);
            if (passesSpecialty && passesLineage && passesLevel && passesLanguage)
                format.Add(row, row.Formats);
        }

        return new[] { lineage, level, specialty, language, format }.ToDictionary(f => f.Name, f => (IReadOnlyDictionary<string, int>)f.Counts());
    }

    /// <summary>For each level the bits of itself and its higher steps.</summary>
    private static Dictionary<string, long> LevelsAtLeast(IReadOnlyDictionary<string, int> numbers) =>
        Taxonomy.Current.Lineages.SelectMany(l => l.Issuers).SelectMany(i => i.Credentials).SelectMany(c => c.LevelsOrItself()).Select(l => l.Code).ToDictionary(
            code => code, code => Taxonomy.Current.AtLeast(code).Aggregate(0L, (bits, higher) => numbers.TryGetValue(higher, out var number) ? bits | (1L << number) : bits));

    private static async Task<List<Row>> Read(NpgsqlConnection connection, Wanted wanted, Masks masks, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(SearchSql.Nearly(wanted), connection);
        SearchSql.Bind(command.Parameters, wanted, masks, Most);
        await command.PrepareAsync(ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<Row>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(new(
                reader.GetGuid(0), reader.GetBoolean(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6), reader.GetInt64(7)));
        }

        return rows;
    }

    private readonly record struct Row(Guid Id, bool HasOthers, long Specialties, long Lineages, long Levels, long Languages, long Evidenced, long Formats);

    /// <summary>A value counts when any of its bits is there, and once per practitioner however many locations have it.</summary>
    private sealed class Facet(string name, IReadOnlyDictionary<string, long> values)
    {
        private readonly int[] counts = new int[values.Count];
        private readonly KeyValuePair<string, long>[] values = [.. values];
        private readonly HashSet<(Guid, int)> seen = [];

        public Facet(string name, IReadOnlyDictionary<string, int> numbers)
            : this(name, numbers.ToDictionary(n => n.Key, n => 1L << n.Value))
        {
        }

        public string Name => name;

        public void Add(Row row, long bits)
        {
            for (var i = 0; i < values.Length; i++)
            {
                if ((bits & values[i].Value) != 0 && (!row.HasOthers || seen.Add((row.Id, i))))
                    counts[i]++;
            }
        }

        public Dictionary<string, int> Counts() =>
            Enumerable.Range(0, values.Length).Where(i => counts[i] > 0).OrderByDescending(i => counts[i]).ThenBy(i => values[i].Key, StringComparer.Ordinal)
                .ToDictionary(i => values[i].Key, i => counts[i]);
    }
}
