using Npgsql;

namespace Listings.Search;

/// <summary>A search's filters as bit sets; an empty one filters nothing.</summary>
/// <param name="Lineage">The rows to read: those of the one lineage asked for, else those that stand for whichever.</param>
/// <param name="Lineages">Several lineages, any of which will do.</param>
/// <param name="Levels">The level asked for and the higher steps of its issuer.</param>
/// <param name="Evidenced">The lineages in one of which a training must be evidenced.</param>
internal sealed record Masks(short Lineage, long Lineages, long Levels, long Specialties, long Formats, long Languages, long Evidenced)
{
    private const long All = long.MaxValue;

    public static async Task<Masks> Of(Wanted wanted, NpgsqlConnection connection, CancellationToken ct)
    {
        var lineages = await SearchCodes.Numbers(connection, SearchCodes.Lineage, wanted.Lineages, ct);
        var levels = await SearchCodes.Numbers(connection, SearchCodes.Level, wanted.Level is null ? [] : Taxonomy.Current.AtLeast(wanted.Level), ct);
        var specialties = await SearchCodes.Numbers(connection, SearchCodes.Specialty, wanted.Specialties, ct);
        var languages = await SearchCodes.Numbers(connection, SearchCodes.Language, wanted.Languages, ct);
        return new(
            lineages is [var one] ? (short)(one + 1) : SearchEntries.AnyLineage, lineages.Count > 1 ? Bits(lineages) : 0, Bits(levels), Bits(specialties),
            Bits(wanted.Formats.Select(f => (int)f)), Bits(languages), !wanted.Verified ? 0 : lineages.Count > 0 ? Bits(lineages) : All);
    }

    private static long Bits(IEnumerable<int> numbers) => numbers.Aggregate(0L, (bits, number) => bits | (1L << number));
}
