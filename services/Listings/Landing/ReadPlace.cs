using Listings.Places;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Listings.Landing;

/// <summary>Web shows a town, region or country by the path in its address, whether many practise there, few or none.</summary>
public static class ReadPlace
{
    private const int Longest = 200;

    /// <param name="Path">The one by which the place is to be known, whatever was asked for.</param>
    /// <param name="Name">Of a country: its code.</param>
    /// <param name="Lat">WGS 84 degrees; null for regions and countries.</param>
    /// <param name="Specialties">People by code, in towns only.</param>
    /// <param name="Lineages">The same.</param>
    public sealed record Response(
        string Path, PlaceKind Kind, string Name, string? Region, string Country, double? Lat, double? Lon, int People,
        IReadOnlyDictionary<string, int> Specialties, IReadOnlyDictionary<string, int> Lineages);

    public static void Map(IEndpointRouteBuilder landing) => landing.MapGet("/places/{**path}", Handle);

    /// <param name="path">As in <c>us/co/denver</c>; <c>US/Colorado/Denver</c> and <c>us/denver</c> are understood as well.</param>
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(string path, ListingsDb db, CancellationToken ct, bool demo = false)
    {
        string[] parts = path.Length > Longest ? [] : [.. path.Split('/').Select(Spelling.Slug)];
        if (parts is not { Length: >= 1 and <= 3 } || parts.Any(part => part.Length == 0))
            return Problems.NotFound;
        var connection = await db.Connection(ct);
        if (await Find(connection, parts, ct) is not { } place)
            return Problems.NotFound;

        var (people, specialties, lineages) = await LandingCounts.Read(connection, place.Path, demo, ct);
        return TypedResults.Ok(place with { People = people, Specialties = specialties, Lineages = lineages });
    }

    /// <summary>The town of that path; else the region or country; else the largest town of that name in the country, and in the region if one is named.</summary>
    private static async Task<Response?> Find(NpgsqlConnection connection, string[] parts, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT * FROM (
                SELECT 0 AS kind, path, name, coalesce(region_code, region), country, ST_Y(position::geometry), ST_X(position::geometry), 0 AS guess, population FROM places WHERE path = $1 AND path <> ''
                UNION ALL
                (SELECT CASE WHEN $1 = lower(country) THEN 2 ELSE 1 END, $1, CASE WHEN $1 = lower(country) THEN country ELSE region END, CASE WHEN $1 <> lower(country) THEN coalesce(region_code, region) END,
                    country, NULL, NULL, 1, 0
                FROM places WHERE path > $1 || '/' AND path < $1 || '0' LIMIT 1)
                UNION ALL
                (SELECT 0, p.path, p.name, coalesce(p.region_code, p.region), p.country, ST_Y(p.position::geometry), ST_X(p.position::geometry), 2, p.population
                FROM place_names n JOIN places p ON p.id = n.place_id AND p.path <> ''
                WHERE n.name = replace($3, '-', ' ') AND n.country = upper($2)
                    AND ($4 = '' OR EXISTS (SELECT FROM regions r WHERE r.area = n.area AND r.name = replace($4, '-', ' ')))
                ORDER BY p.population DESC LIMIT 1)) found
            ORDER BY guess, population DESC LIMIT 1
            """, connection)
        {
            Parameters =
            {
                new() { Value = string.Join('/', parts) }, new() { Value = parts[0] }, new() { Value = parts.Length > 1 ? parts[^1] : "" }, new() { Value = parts.Length > 2 ? parts[1] : "" },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new(
                reader.GetString(1), (PlaceKind)reader.GetInt32(0), reader.GetString(2), reader.OrNull<string>(3), reader.GetString(4),
                reader.OrNull<double?>(5), reader.OrNull<double?>(6), 0, new Dictionary<string, int>(), new Dictionary<string, int>())
            : null;
    }
}

/// <summary>How large a place is.</summary>
public enum PlaceKind
{
    Town,
    Region,
    Country,
}
