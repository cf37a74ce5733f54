using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Platform;

namespace Listings.Landing;

/// <summary>Web asks where each site map of landing pages begins, without reading the pages.</summary>
public static class ReadPageStarts
{
    /// <param name="Items">For each map but the first what <see cref="ReadPages"/> is to be asked after.</param>
    public sealed record Response(IReadOnlyList<string> Items);

    public static void Map(IEndpointRouteBuilder landing) => landing.MapGet("/pages/starts", Handle);

    /// <param name="of">How many a map holds, 1 to 50,000.</param>
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(ListingsDb db, CancellationToken ct, bool demo = false, int of = 50_000)
    {
        var check = new Check();
        check.Between("of", of, 1, 50_000);
        if (check.Failed(out var problem))
            return problem;
        await using var command = new NpgsqlCommand(
            $"""
            SELECT place || ' ' || topic
            FROM (
                SELECT place, topic, row_number() OVER (ORDER BY place, topic) AS n, count(*) OVER () AS pages FROM landing_counts c
                WHERE {ReadPages.Worthwhile("$1", "$2", "$3")}) pages
            WHERE n % $4 = 0 AND n < pages ORDER BY n
            """, await db.Connection(ct))
        { Parameters = { new() { Value = demo }, new() { Value = LandingCounts.Fewest }, new() { Value = LandingPerson.Specialties }, new() { Value = of } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var starts = new List<string>();
        while (await reader.ReadAsync(ct))
            starts.Add(reader.GetString(0));
        return TypedResults.Ok(new Response(starts));
    }
}
