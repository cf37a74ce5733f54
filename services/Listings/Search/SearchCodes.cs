using System.Collections.Concurrent;
using Npgsql;

namespace Listings.Search;

/// <summary>
/// The bits that stand for codes in the search's rows. The numbers lie in the database and never change, so every process may remember
/// those it has read.
/// </summary>
public static class SearchCodes
{
    public const string Lineage = "lineage";
    public const string Level = "level";
    public const string Specialty = "specialty";
    public const string Language = "language";

    /// <summary>A bit that no row has set.</summary>
    public const int Nobody = 62;

    /// <summary>Databases are told apart, since a test process uses many.</summary>
    private static readonly ConcurrentDictionary<string, ConcurrentDictionary<(string Kind, string Code), int>> Known = new();

    /// <summary>The bits of <paramref name="codes"/>; <see cref="Nobody"/> for a code that nobody has used yet.</summary>
    public static async Task<IReadOnlyList<int>> Numbers(NpgsqlConnection connection, string kind, IReadOnlyList<string> codes, CancellationToken ct)
    {
        var known = KnownIn(connection);
        if (codes.Any(code => !known.ContainsKey((kind, code))))
            await Read(connection, known, ct);
        return [.. codes.Select(code => known.GetValueOrDefault((kind, code), Nobody))];
    }

    /// <summary>All codes of a kind that have been used, with their bits.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> All(NpgsqlConnection connection, string kind, CancellationToken ct)
    {
        var known = KnownIn(connection);
        await Read(connection, known, ct);
        return known.Where(k => k.Key.Kind == kind).ToDictionary(k => k.Key.Code, k => k.Value);
    }

    /// <summary>The bits of <paramref name="codes"/>, given now to those that have none.</summary>
    /// <exception cref="PostgresException">A kind has more than 62 codes.</exception>
    public static async Task<IReadOnlyDictionary<string, int>> Assign(NpgsqlConnection connection, string kind, IReadOnlyCollection<string> codes, CancellationToken ct)
    {
        var known = KnownIn(connection);
        if (codes.Any(code => !known.ContainsKey((kind, code))))
        {
            // Two listings with new codes, published at once, must not be given the same number.
            await connection.Execute("LOCK TABLE search_codes IN SHARE ROW EXCLUSIVE MODE", ct);
            await using var insert = new NpgsqlCommand(
                """
                INSERT INTO search_codes (kind, code, number)
                SELECT $1, asked.code, coalesce((SELECT max(number) FROM search_codes WHERE kind = $1), -1) + row_number() OVER (ORDER BY asked.code)
                FROM unnest($2) asked (code)
                WHERE NOT EXISTS (SELECT FROM search_codes s WHERE s.kind = $1 AND s.code = asked.code)
                """, connection)
            { Parameters = { new() { Value = kind }, new() { Value = codes.Distinct().ToArray() } } };
            await insert.ExecuteNonQueryAsync(ct);
        }

        // Not remembered here: the transaction may not commit.
        await using var read = new NpgsqlCommand("SELECT code, number FROM search_codes WHERE kind = $1", connection) { Parameters = { new() { Value = kind } } };
        await using var reader = await read.ExecuteReaderAsync(ct);
        var numbers = new Dictionary<string, int>();
        while (await reader.ReadAsync(ct))
            numbers.Add(reader.GetString(0), reader.GetInt32(1));
        return numbers;
    }

    private static ConcurrentDictionary<(string Kind, string Code), int> KnownIn(NpgsqlConnection connection) =>
        Known.GetOrAdd($"{connection.Host}:{connection.Port}/{connection.Database}", _ => new());

    private static async Task Read(NpgsqlConnection connection, ConcurrentDictionary<(string, string), int> known, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT kind, code, number FROM search_codes", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            known[(reader.GetString(0), reader.GetString(1))] = reader.GetInt32(2);
    }
}
