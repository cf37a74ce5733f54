using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Listings.Landing;

/// <summary>Web asks how many people there are, in all the world, for each specialty and lineage.</summary>
public static class ReadTopics
{
    public record Response(int People, IReadOnlyDictionary<string, int> Specialties, IReadOnlyDictionary<string, int> Lineages);

    public static void Map(IEndpointRouteBuilder landing) => landing.MapGet("/topics", Handle);

    public static async Task<Ok<Response>> Handle(ListingsDb db, HttpContext http, CancellationToken ct, bool demo = false)
    {
        await using var command = new NpgsqlCommand(
            "SELECT topic, people + CASE WHEN $1 THEN invented ELSE 0 END AS counted FROM landing_counts WHERE place = '' ORDER BY counted DESC, topic", await db.Connection(ct))
        { Parameters = { new() { Value = demo } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var counts = new Dictionary<string, int>();
        while (await reader.ReadAsync(ct))
            counts.Add(reader.GetString(0), reader.GetInt32(1));

        http.Response.Headers.CacheControl = LandingCounts.Caching;
        return TypedResults.Ok(new Response(counts.GetValueOrDefault(""), LandingPerson.Of(counts, LandingPerson.Specialties), LandingPerson.Of(counts, LandingPerson.Lineages)));
    }
}
