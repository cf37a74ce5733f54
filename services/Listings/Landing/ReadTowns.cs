using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using NpgsqlTypes;
using Platform;

namespace Listings.Landing;

/// <summary>Web lists the towns with at least three practitioners: the nearest ones, or those with most people.</summary>
public static class ReadTowns
{
    /// <summary>Where few have a town nearby, not every place on Earth is looked at for them.</summary>
    private const int FarthestKm = 500;

    private const string Point = "ST_SetSRID(ST_MakePoint($6, $7), 4326)::geography";

    public sealed record Response(IReadOnlyList<Town> Items);

    /// <param name="Path">As in <c>us/co/denver</c>.</param>
    /// <param name="Region">The customary abbreviation, or the name; null where there are none.</param>
    /// <param name="Lat">WGS 84 degrees.</param>
    public sealed record Town(string Path, string Name, string? Region, string Country, double Lat, double Lon, int People);

    public static void Map(IEndpointRouteBuilder landing) => landing.MapGet("/towns", Handle);

    /// <param name="demo">Invented practitioners count too.</param>
    /// <param name="within">A country or region: <c>us</c>, <c>us/co</c>.</param>
    /// <param name="specialty">Counts, and asks for, people with this experience.</param>
    /// <param name="lineage">Counts, and asks for, people trained in it.</param>
    /// <param name="near"><c>lat,lon</c>: the nearest come first, none from farther than 500 km; else those with most people.</param>
    /// <param name="limit">1 to 500.</param>
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        ListingsDb db, CancellationToken ct, bool demo = false, string? within = null, string? specialty = null, string? lineage = null, string? near = null, int limit = 20)
    {
        var check = new Check();
        check.Between("limit", limit, 1, 500);
        check.That("lineage", specialty is null || lineage is null, "A specialty or a lineage, please.");
        var point = near?.Split(',').Select(part => double.TryParse(part, System.Globalization.CultureInfo.InvariantCulture, out var degrees) ? degrees : double.NaN).ToArray();
        check.That("near", point is null or [>= -90 and <= 90, >= -180 and <= 180], "Latitude and longitude, please.");
        if (check.Failed(out var problem))
            return problem;

        var topic = specialty is not null ? LandingPerson.Specialties + specialty : lineage is not null ? LandingPerson.Lineages + lineage : "";
        await using var command = new NpgsqlCommand(
            $"""
            SELECT path, name, coalesce(region_code, region), country, ST_Y(position::geometry), ST_X(position::geometry), counted
            FROM (SELECT place, {LandingCounts.People("$1")} AS counted FROM landing_counts WHERE topic = $2 AND ($3 = '' OR place LIKE $3 || '/%')) c
            JOIN places p ON p.path = c.place AND p.path <> ''
            WHERE counted >= $4 {(point is null ? "ORDER BY counted DESC, path" : $"AND ST_DWithin(position, {Point}, {FarthestKm * 1_000}) ORDER BY position <-> {Point}")}
            LIMIT $5
            """, await db.Connection(ct))
        {
            Parameters =
            {
                new() { Value = demo }, new() { Value = topic }, new() { Value = within ?? "", NpgsqlDbType = NpgsqlDbType.Text }, new() { Value = LandingCounts.Fewest },
                new() { Value = limit },
            },
        };
        if (point is not null)
        {
            command.Parameters.Add(new() { Value = point[1] });
            command.Parameters.Add(new() { Value = point[0] });
        }

        await using var reader = await command.ExecuteReaderAsync(ct);
        var towns = new List<Town>();
        while (await reader.ReadAsync(ct))
        {
            towns.Add(new(
                reader.GetString(0), reader.GetString(1), reader.OrNull<string>(2), reader.GetString(3), reader.GetDouble(4), reader.GetDouble(5), reader.GetInt32(6)));
        }

        return TypedResults.Ok(new Response(towns));
    }
}
