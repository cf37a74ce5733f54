using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Platform;

namespace Listings.Landing;

/// <summary>Web asks where each site map of profiles begins, without reading the profiles.</summary>
public static class ReadPeopleStarts
{
    /// <param name="Items">For each map the id that <see cref="ReadPeople"/> is to be asked after; all zeros for the first.</param>
    public sealed record Response(IReadOnlyList<Guid> Items);

    public static void Map(IEndpointRouteBuilder landing) => landing.MapGet("/people/starts", Handle);

    /// <param name="of">How many a map holds, 1 to 50,000.</param>
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        ListingsDb db, CancellationToken ct, bool demo = false, int of = 50_000)
    {
        var check = new Check();
        check.Between("of", of, 1, 50_000);
        if (check.Failed(out var problem))
            return problem;
        await using var command = new NpgsqlCommand(
            """
            SELECT coalesce(before, '00000000-0000-0000-0000-000000000000')
            FROM (
                SELECT lag(practitioner_id) OVER (ORDER BY practitioner_id) AS before, row_number() OVER (ORDER BY practitioner_id) AS n, practitioner_id
                FROM landing_people WHERE $1 OR NOT invented) people
            WHERE n % $2 = 1 % $2 ORDER BY n
            """, await db.Connection(ct))
        { Parameters = { new() { Value = demo }, new() { Value = of } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var starts = new List<Guid>();
        while (await reader.ReadAsync(ct))
            starts.Add(reader.GetGuid(0));

        return TypedResults.Ok(new Response(starts));
    }
}
