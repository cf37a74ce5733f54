using Microsoft.AspNetCore.Http.HttpResults;

namespace Listings.Landing;

/// <summary>Web asks how many people there are, in all the world, for each specialty and lineage.</summary>
public static class ReadTopics
{
    public sealed record Response(int People, IReadOnlyDictionary<string, int> Specialties, IReadOnlyDictionary<string, int> Lineages);

    public static void Map(IEndpointRouteBuilder landing) => landing.MapGet("/topics", Handle);

    public static async Task<Ok<Response>> Handle(ListingsDb db, CancellationToken ct, bool demo = false)
    {
        var (people, specialties, lineages) = await LandingCounts.Read(await db.Connection(ct), "", demo, ct);
        return TypedResults.Ok(new Response(people, specialties, lineages));
    }
}
